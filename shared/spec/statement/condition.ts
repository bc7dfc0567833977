// When a statement applies: its EARS clauses (when, while, where, if) and `unless`, with their words.

import type { Span } from '../span.ts'

/** What kind of clause it is: `when` an event, `while` a state, `where` a feature, `if` something unwanted, `unless` an exception. */
export type ConditionKind = 'when' | 'while' | 'where' | 'if' | 'unless'

/** One clause; its span holds the word that opens it, `text` does not. */
export interface Condition extends Span {
  readonly kind: ConditionKind
  readonly text: string
}

const kindOfWord: Readonly<Record<string, ConditionKind>> = {
  when: 'when',
  whenever: 'when',
  upon: 'when',
  once: 'when',
  after: 'when',
  before: 'when',
  on: 'when',
  given: 'while',
  while: 'while',
  during: 'while',
  'as long as': 'while',
  where: 'where',
  if: 'if',
  'in case': 'if',
  'in case of': 'if',
  'provided that': 'if',
  'only if': 'if',
  'only when': 'when',
  until: 'while',
  unless: 'unless',
  'except when': 'unless',
  'except if': 'unless',
}
const leading =
  /^(?:(when|whenever|upon|once(?!\s+(?:per|an?|every|each)\b)|after|before|on|given|while|during|as long as|where|if|in case of|in case|provided that|unless|until|and|but)\s+)(?=\S)/i
const trailing =
  /\b(only if|only when|as long as|provided that|in case of|in case|except when|except if|when(?!\s+to\b)|whenever|once(?!\s+(?:per|an?|every|each|again|more)\b)|while|where|if|unless|until|upon)\s+(?=\S)/gi
/** A clause that is longer is no condition but a sentence that was read wrongly. */
const maxClauseUnits = 600

/** Conditions of a statement in order, and where its main clause starts. */
export interface Conditions {
  readonly conditions: readonly Condition[]
  readonly mainFrom: number
}

/** Reads the conditions of the first sentence behind `bodyFrom`, where a lead-in ends. */
export function readConditions(text: string, bodyFrom: number): Conditions {
  const conditions: Condition[] = []
  let at = bodyFrom
  for (let word = leading.exec(text.slice(at, at + 40)); word !== null; word = leading.exec(text.slice(at, at + 40))) {
    const end = clauseEnd(text, at + word[0].length)
    if (end === undefined) break
    const name = (word[1] ?? '').toLowerCase()
    const kind = kindOfWord[name] ?? conditions.at(-1)?.kind
    if (kind === undefined) break
    conditions.push({ kind, from: at, to: end.to, text: text.slice(at + word[0].length, end.to) })
    at = end.next
  }
  const mainFrom = at
  trailing.lastIndex = mainFrom
  const sentenceTo = sentenceEnd(text, mainFrom)
  for (let word = trailing.exec(text); word !== null && word.index < sentenceTo; word = trailing.exec(text)) {
    const kind = kindOfWord[(word[1] ?? '').toLowerCase()]
    if (kind === undefined || word.index === mainFrom || isRelative(text, word.index, word[1] ?? '')) continue
    const to = trailingEnd(text, word.index + word[0].length, sentenceTo)
    conditions.push({ kind, from: word.index, to, text: text.slice(word.index + word[0].length, to) })
    trailing.lastIndex = to
  }
  return { conditions, mainFrom }
}

/** A leading clause ends at the comma or `then` before the main clause, which shows itself by a subject and a modal or by an order. */
function clauseEnd(text: string, from: number): { to: number; next: number } | undefined {
  const limit = Math.min(text.length, from + maxClauseUnits, sentenceEnd(text, from))
  const clause = text.slice(from, limit)
  const then = /[,;:]?\s*\b(?:then)\b\s*,?\s*/i.exec(clause)
  const comma = mainClauseComma(clause)
  const lineEnd = clause.indexOf('\n')
  const first = Math.min(then?.index ?? Infinity, comma ?? Infinity, lineEnd < 0 ? Infinity : lineEnd)
  if (first === Infinity || first === 0) return undefined
  if (then !== null && then.index === first) return { to: from + first, next: from + first + then[0].length }
  const gap = /^[,\s]+/.exec(clause.slice(first))?.[0].length ?? 1
  return { to: from + first, next: from + first + gap }
}

const capitalStart = /^,\s+\p{Lu}/u
const mainClauseStart =
  /^,\s+(?:then\s+)?(?:(?:the|a|an|all|any|each|every|no|it|they|he|she|we|you|users?|this|that|these|those|only|its|their)\b|(?:[^\s,]+\s+){0,5}?(?:must|shall|should|may|will|can|cannot|is|are)\b|(?:when|while|where|if|unless)\b|[a-z]+\s+(?:the|a|an)\b)/iu

function mainClauseComma(clause: string): number | undefined {
  let last: number | undefined
  for (let at = clause.indexOf(','); at >= 0; at = clause.indexOf(',', at + 1)) {
    last = at
    // Commas in a list come before a main clause that has its modal further on.
    if (
      (mainClauseStart.test(clause.slice(at, at + 120)) || capitalStart.test(clause.slice(at, at + 6))) &&
      !/^,\s+(?:and|or)\b/i.test(clause.slice(at, at + 6))
    )
      return at
  }
  return last
}

function sentenceEnd(text: string, from: number): number {
  const pattern = /[.!?](?=\s+[\p{Lu}"“(]|\s*$)/gu
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}

function trailingEnd(text: string, from: number, sentenceTo: number): number {
  const stop = text.slice(from, sentenceTo).search(/[,;\n]|\s[–—]\s/u)
  return Math.min(sentenceTo, stop < 0 ? sentenceTo : from + stop)
}

/** "a screen where …", "the moment when …" describe a noun; "and when" goes on with what was said. */
function isRelative(text: string, at: number, word: string): boolean {
  return word.toLowerCase() === 'where' && /\b(?:a|an|the|any|each)\s+[\p{L}-]+\s+$/u.test(text.slice(Math.max(0, at - 40), at))
}
