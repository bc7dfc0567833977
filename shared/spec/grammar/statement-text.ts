// The words of one item: its id and its lead-in, and whether it only names what is nested in it or says something itself.

import { readConditions } from '../statement/condition.ts'
import { plainInline } from '../markdown/plain-inline.ts'
import { modalityOf } from '../statement/modality.ts'
import { leadingId } from './external-id.ts'
import { clauseWords, orderVerbs } from './words.ts'

const lead = /^([\p{L}\p{N}][^:\n]{0,59}?)(:\s+)(?=\S)/u
const maxLeadWords = 5

/** Words that open a clause or a step, and no key. */
const openingWord = /^(?:if|when|while|where|given|then|and|but|the following)\b/i

/** Where the `Key: ` that opens plain words ends, and the key; undefined when they open with a sentence. */
export function readLead(words: string): { readonly key: string; readonly to: number } | undefined {
  const match = lead.exec(words.slice(0, 80))
  const key = match?.[1] ?? ''
  if (match === null || key.split(' ').length > maxLeadWords || /[.!?;](?:\s|$)/.test(key)) return undefined
  // "The system shall accept: …" and "If it fails: …" go on with what they began.
  if (modalityOf(key) !== 'none' || openingWord.test(key)) return undefined
  return { key, to: match[0].length }
}

/** The first bold words of an item's source when a colon or a dash follows them: a lead-in of any length. */
const boldLead = /^(?:\*\*|__)(\S(?:[^*\n]|\*(?!\*)){0,118}?)(?:(:)\s*(?:\*\*|__)|(?:\*\*|__)\s*(:|\s[-–—](?=\s)))(?=\s)/

/** How many units of a lead-in in bold stand at the start of `words`, its colon with them; 0 without one. */
export function boldLeadLength(source: string, words: string): number {
  const match = boldLead.exec(source)
  const inner = match?.[1] ?? ''
  if (match === null) return 0
  const name = plainInline(inner, [{ from: 0, to: inner.length }]).text
  const mark = match[2] ?? match[3]?.trim() ?? ''
  if (openingWord.test(name)) return 0
  const behind = /^ ?(\S) (?=\S)/.exec(words.slice(name.length))
  return words.startsWith(name) && behind?.[1] === mark ? name.length + behind[0].length : 0
}

/** A step of a scenario. */
export type Step = 'given' | 'when' | 'then' | 'and'

const stepWord = /^(?:(GIVEN|Given)|(WHEN|When)|(THEN|Then)|(AND|And|BUT|But))\b(?=[\s,:]|$)/

/** Which step of a Given/When/Then scenario the words open with; capitals or bold make the word a step, so that an EARS `When …, the …` is none. */
export function stepOf(source: string, words: string): Step | undefined {
  const match = stepWord.exec(words)
  if (match === null) return undefined
  const isBold = /^(?:\*\*|__)/.test(source)
  const isCapital = /^[A-Z]{3,}/.test(words)
  if (!isBold && !isCapital) return undefined
  if (match[1] !== undefined) return 'given'
  if (match[2] !== undefined) return isBold || !/,\s+(?:the|then)\b/i.test(words) ? 'when' : undefined
  return match[3] === undefined ? 'and' : 'then'
}

/** Whether the words carry an obligation or a condition of their own. `afterBreak`: the item above broke off, so a condition goes on with it. */
export function standsAlone(words: string, afterBreak: boolean): boolean {
  if (leadingId(words) !== undefined) return true
  // Behind a break, what a second sentence demands only describes the first.
  if (modalityOf(afterBreak ? words.replace(/[.;]\s.*$/s, '') : words) !== 'none') return words.includes(' ')
  return !afterBreak && readConditions(words.slice(0, 1_000), 0).mainFrom > 0 && !/^(?:given|then|and|but|on|after|before)\b/i.test(words)
}

/** Whether the words break off: what is nested in them completes them. */
export const breaksOff = (words: string): boolean => /[:,]$/.test(words)

/** Whether the words only name what is nested in them: `Workspace catalog`, `Escalation actions:`. */
export function isTitle(words: string): boolean {
  if (leadingId(words) !== undefined || modalityOf(words) !== 'none') return false
  const name = words
    .replace(/:$/, '')
    .replace(/\s*\([^()]*\)$/, '')
    .trim()
  const parts = name.toLowerCase().split(/\s+/)
  const first = parts[0] ?? ''
  if (name === '' || /[.;,:!?]/.test(name) || /^(?:given|when|then|if|while|where|unless|and|but|to)$/.test(first)) return false
  if (parts.some((part) => clauseWords.has(part))) return false
  if (words.endsWith(':')) return parts.length <= 6
  return parts.length <= 4 && !orderVerbs.has(first) && !/\d/.test(name)
}

/** A clause whose verb is still to come: "The worker must not:", "Users can:", "The service shall accept:". */
export const isOpenClause = (words: string): boolean =>
  words.length <= 200 &&
  /\b(?:must|shall|should|may|can|will|cannot)(?:\s+(?:not|never|only|also))?(?:\s+(?:be\s+able\s+to|have|be|[a-z]+))?\s*:$/i.test(words) &&
  !/[.!?]\s/.test(words)

/** A short name for a thing: words of letters and digits joined by hyphens, at most 60 units. */
export function slug(words: string): string {
  const parts = words
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}]+/gu)
  let name = ''
  for (const part of parts ?? []) {
    if (name !== '' && name.length + 1 + part.length > 60) break
    name = name === '' ? part.slice(0, 60) : `${name}-${part}`
  }
  return name.toWellFormed()
}
