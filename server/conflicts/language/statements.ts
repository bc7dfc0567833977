// Cuts a text into sentences, and sentences into statements of one verb each.

import { modals, negations } from '../lexicons/grammar-words.ts'
import { isVerb } from './lexicon.ts'
import type { Token } from './tagger.ts'
import { readVerbGroup, type VerbGroup } from './verb-group.ts'
import { findVerbStart } from './verb-start.ts'

const sentenceEnds: ReadonlySet<string> = new Set(['.', ';', '!', '?'])

/** The sentences of a text. */
export function splitSentences(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [[]]
  for (const [at, token] of tokens.entries()) {
    // The full stop of "v.10.0" ends nothing.
    const isLabel = token.text === ':' && !sentences.at(-1)?.some((word) => modals.has(word.text))
    if (isLabel || (sentenceEnds.has(token.text) && tokens[at + 1]?.from !== token.to)) sentences.push([])
    else sentences.at(-1)?.push(token)
  }
  return sentences.filter((sentence) => sentence.some((token) => token.pos !== 'PUNCT'))
}

/** Cuts at a conjunction between two modals: "shall do this, and it must not do that". */
export function splitAtModals(tokens: readonly Token[]): Token[][] {
  const places = tokens.flatMap((token, at) =>
    modals.has(token.text) && token.pos !== 'NOUN' && !['who', 'that', 'which'].includes(tokens[at - 1]?.text ?? '') ? [at] : [],
  )
  const cuts: number[] = []
  for (const [index, place] of places.entries()) {
    const previous = places[index - 1]
    if (previous === undefined) continue
    for (let at = place - 1; at > previous + 1; at -= 1) {
      if (tokens[at]?.pos === 'CCONJ') {
        cuts.push(at)
        break
      }
    }
  }
  const parts: Token[][] = []
  let from = 0
  for (const cut of cuts) {
    parts.push(tokens.slice(from, cut))
    from = cut + 1
  }
  parts.push(tokens.slice(from))
  return parts
}

/** Where a second verb begins that shares subject and modal: "shall detect a loss and reconnect". */
function secondVerb(tokens: readonly Token[], from: number, isPassive: boolean): number | undefined {
  for (let at = from; at < tokens.length - 1; at += 1) {
    if (tokens[at]?.pos !== 'CCONJ') continue
    let next = at + 1
    while (tokens[next]?.pos === 'ADV') next += 1
    const word = tokens[next]
    if (word === undefined || word.pos !== 'VERB' || !isVerb(word.lemma)) continue
    const fits = isPassive ? /(ed|en|t)$/.test(word.text) : word.text === word.lemma
    const follows = tokens[next + 1]
    if (fits && (follows === undefined || follows.pos !== 'NOUN' || !isPassive)) return at
  }
  return undefined
}

/** A verb with its words; `isSecond` when it shares its subject with the one before. */
export interface Statement {
  readonly tokens: readonly Token[]
  readonly group: VerbGroup
  readonly isSecond: boolean
}

/** The statements of a part of a sentence: one, or two that share their subject. */
export function statementsOf(tokens: readonly Token[]): Statement[] {
  const start = findVerbStart(tokens)
  if (start === -1)
    return [
      {
        tokens,
        group: {
          verb: undefined,
          subject: [],
          actor: undefined,
          isPassive: false,
          isNegated: tokens.some((token) => negations.has(token.text)),
          force: 'state',
          hasOnly: false,
          adverbs: [],
          next: 0,
        },
        isSecond: false,
      },
    ]
  const group = readVerbGroup(tokens, start)
  const cut = secondVerb(tokens, group.next, group.isPassive)
  if (cut === undefined) return [{ tokens, group, isSecond: false }]
  let at = cut + 1
  const adverbs: Token[] = []
  for (let token = tokens[at]; token !== undefined && token.pos === 'ADV'; token = tokens[at]) {
    adverbs.push(token)
    at += 1
  }
  const verb = tokens[at]
  const isShared = cut === group.next
  const first = isShared ? tokens.filter((_, index) => index < cut || index > at) : tokens.slice(0, cut)
  const second: VerbGroup = { ...group, verb, adverbs: [...group.adverbs, ...adverbs], next: at + 1 }
  return [
    { tokens: first, group, isSecond: false },
    { tokens, group: second, isSecond: true },
  ]
}
