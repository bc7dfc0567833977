// Puts turns of phrase into the plain order of words before a sentence is read: "under no circumstances shall X", "nobody but X".

import { modals } from '../lexicons/grammar-words.ts'
import type { Token } from './tagger.ts'

/** Phrases that deny a whole sentence. */
const denials: readonly (readonly string[])[] = [
  ['under', 'no', 'circumstances'],
  ['under', 'no', 'circumstance'],
  ['in', 'no', 'circumstances'],
  ['in', 'no', 'case'],
  ['in', 'no', 'event'],
  ['in', 'no', 'way'],
  ['at', 'no', 'time'],
  ['at', 'no', 'point'],
  ['by', 'no', 'means'],
  ['on', 'no', 'account'],
]
/** "Nobody but the owner" is only the owner. */
const nobodies: ReadonlySet<string> = new Set(['nobody', 'none', 'no-one', 'nothing'])
const exceptions: readonly (readonly string[])[] = [
  ['but'],
  ['except'],
  ['except', 'for'],
  ['other', 'than'],
  ['apart', 'from'],
  ['besides'],
]

const matches = (tokens: readonly Token[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, ahead) => tokens[at + ahead]?.text === word)

const wordLike = (token: Token, text: string, pos: Token['pos']): Token => ({ ...token, text, lemma: text, pos })

/** How many words of "nobody but" stand at `at`; 0 when there is no such thing. */
function exceptionAt(tokens: readonly Token[], at: number): number {
  const first = tokens[at]
  const isNoOne = first?.text === 'no' && tokens[at + 1]?.text === 'one'
  if (first === undefined || !(nobodies.has(first.text) || isNoOne)) return 0
  const from = at + (isNoOne ? 2 : 1)
  const phrase = exceptions.findLast((words) => matches(tokens, from, words))
  return phrase === undefined ? 0 : from + phrase.length - at
}

function withOnly(tokens: readonly Token[]): readonly Token[] {
  for (const [at, token] of tokens.entries()) {
    const length = exceptionAt(tokens, at)
    if (length > 0) return [...tokens.slice(0, at), wordLike(token, 'only', 'ADV'), ...tokens.slice(at + length)]
  }
  return tokens
}

/** "Shall an administrator read" is "an administrator shall read". */
function turnedRound(tokens: readonly Token[]): readonly Token[] {
  const [modal] = tokens
  if (modal === undefined || !modals.has(modal.text)) return tokens
  const noun = tokens.findIndex((token, at) => at > 0 && (token.pos === 'NOUN' || token.pos === 'PRON'))
  if (noun === -1) return tokens
  let end = noun + 1
  while (tokens[end]?.pos === 'NOUN') end += 1
  // A verb that is taken for a noun is the last one of the row.
  const hasVerb = tokens[end]?.pos === 'VERB' || tokens[end]?.pos === 'AUX' || tokens[end]?.text === 'be'
  if (!hasVerb && end - noun > 1) end -= 1
  const verb = tokens[end]
  if (verb === undefined) return tokens
  const rest = hasVerb ? tokens.slice(end) : [{ ...verb, pos: 'VERB' as const }, ...tokens.slice(end + 1)]
  return [...tokens.slice(1, end), modal, ...rest]
}

function withoutDenial(tokens: readonly Token[]): readonly Token[] {
  for (const [at, token] of tokens.entries()) {
    const phrase = denials.find((words) => matches(tokens, at, words))
    if (phrase === undefined) continue
    const not = wordLike(token, 'not', 'PART')
    const rest = tokens.slice(at + phrase.length)
    if (at > 0) return [...tokens.slice(0, at), not, ...rest]
    const turned = turnedRound(rest[0]?.text === ',' ? rest.slice(1) : rest)
    const modal = turned.findIndex((word) => modals.has(word.text))
    return modal === -1 ? tokens : [...turned.slice(0, modal + 1), not, ...turned.slice(modal + 1)]
  }
  return tokens
}

/** The sentence in plain order; the same one when there is nothing to turn. */
export const inPlainOrder = (tokens: readonly Token[]): readonly Token[] => withoutDenial(withOnly(tokens))
