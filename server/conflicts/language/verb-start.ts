// Finds where the verb of a statement begins.

import { modals } from '../lexicons/grammar-words.ts'
import { isVerb } from './lexicon.ts'
import type { Token } from './tagger.ts'

const isFinite = (token: Token): boolean =>
  token.pos === 'AUX' || (token.pos === 'VERB' && (token.text === token.lemma || !/(ing|ed)$/.test(token.text)))

/** A verb in its base form needs a subject in the plural: "payments need"; "monitor approval" is two nouns. */
function fitsSubject(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const previous = tokens[at - 1]
  if (token === undefined || previous === undefined || token.pos === 'AUX' || token.text !== token.lemma) return true
  if (previous.pos === 'PUNCT') return previous.text === ',' || previous.text === ')'
  return previous.pos !== 'NOUN' || previous.text !== previous.lemma
}

const isNominal = (token: Token | undefined): boolean => token !== undefined && (token.pos === 'NOUN' || token.pos === 'PRON')

/** Where the verb group begins: the modal, or the first finite verb behind a noun. */
export function findVerbStart(tokens: readonly Token[]): number {
  const relative = tokens.findIndex((token) => ['who', 'that', 'which'].includes(token.text))
  const modal = tokens.findIndex(
    (token, at) => modals.has(token.text) && token.pos !== 'NOUN' && !(relative !== -1 && relative < at && at - relative <= 2),
  )
  if (modal !== -1) {
    const earlier =
      relative !== -1 && relative < modal
        ? -1
        : tokens.findIndex((token, at) => at > 0 && at < modal && token.pos === 'AUX' && isNominal(tokens[at - 1]))
    return earlier === -1 ? modal : earlier
  }
  const from = relative === -1 ? 0 : tokens.findIndex((token, at) => at > relative + 1 && (token.pos === 'AUX' || token.pos === 'VERB'))
  const auxiliary = tokens.findIndex((token, at) => at > Math.max(0, from) && token.pos === 'AUX' && tokens[at - 1]?.text !== 'to')
  const finite = tokens.findIndex(
    (token, at) =>
      at > Math.max(0, from) &&
      isFinite(token) &&
      fitsSubject(tokens, at) &&
      tokens[at - 1]?.text !== 'to' &&
      tokens.slice(0, at).some(isNominal),
  )
  const best = finite === -1 ? auxiliary : auxiliary === -1 ? finite : Math.min(finite, auxiliary)
  if (best !== -1) return best
  if (tokens[0]?.pos === 'VERB') return 0
  const mistagged = tokens.findIndex(
    (token, at) =>
      at > 0 &&
      token.text !== token.lemma &&
      token.text.endsWith('s') &&
      isVerb(token.lemma) &&
      ['DET', 'NUM', 'PRON'].includes(tokens[at + 1]?.pos ?? ''),
  )
  return mistagged
}
