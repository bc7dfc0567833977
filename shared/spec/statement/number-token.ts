// One number in a text, in digits or in words, with what stands right around it.

import { multipliers, numberWords, unitNamed, type Unit } from '../../domain/units.ts'
import type { Span } from '../span.ts'

/** A number; `unit` when one stands behind it, `spread` when it came with a `±`. */
export interface NumberToken extends Span {
  readonly value: number
  readonly unit: Unit | null
  readonly isSpread: boolean
  readonly isWord: boolean
}

const digits = String.raw`(?<sign>(?<![\p{L}\d%])[-−+]|±\s?)?(?<currency>[$€£¥]\s?|\b(?:USD|EUR|GBP|CHF)\s)?(?<whole>\d{1,3}(?<gap>[,’'\u00a0\u202f ])\d{3}(?:\k<gap>\d{3})*(?!\d)|\d+)(?<fraction>\.\d+|,\d{1,2}(?![\d,]))?(?<exponent>e[+-]?\d{1,4}(?![\p{L}\d]))?`
const word = String.raw`\b(?<word>${Object.keys(numberWords).join('|')}|half\s+an?|a\s+dozen|an?(?=\s+(?:hundred|thousand|million|billion)\b))\b`
/** What may stand between a number and the unit it counts. */
const between = String.raw`(?:(?:full|whole|business|working|calendar|consecutive|additional|further|more)\s+){0,2}`
const tokenPattern = new RegExp(`(?:${digits}|${word})`, 'giu')
const multiplierPattern = /^(?:(k|K|M|bn)(?![\p{L}\d])|\s+(hundred|thousand|million|billion|dozen)\b)/u
const unitPattern = new RegExp(
  String.raw`^(?:[\s\u00a0]*([%‰]|°C)|[\s\u00a0-]*${between}((?:[\p{L}µμ]+\/s(?![\p{L}]))|[\p{L}µμ€£]+))`,
  'iu',
)

/** All numbers of `text` that may be quantities: those that are part of a name, a version, a code or an ordinal are none. */
export function numberTokens(text: string): NumberToken[] {
  const tokens: NumberToken[] = []
  for (const match of text.matchAll(tokenPattern)) {
    const token = isPartOfName(text, match) ? undefined : readToken(text, match)
    if (token !== undefined) tokens.push(token)
  }
  return tokens
}

const namesBefore =
  /(?:\b(?:v|ver|version|versions|release|section|sections|part|annex|article|chapter|figure|table|step|phase|period|level|tier|line|page|port|iso|iec|rfc|http|https|tls|ssl|oauth|ipv|sha|aes|utf|python|node|java|php|chapter|appendix|option|priority|story|stories|requirement|scenario|question|visit|cohort|arm|role|item|row)\.?|[§#@])\s*$/i

function isPartOfName(text: string, match: RegExpExecArray): boolean {
  const { index } = match
  const before = text.slice(Math.max(0, index - 24), index)
  const after = text.slice(index + match[0].length, index + match[0].length + 12)
  if (match.groups?.['word'] !== undefined) return /[\p{L}\d]-$/u.test(before) || /^-based\b/i.test(after)
  if (/[\p{L}\p{N}_.\\/]$|[\p{L}_)\]][-−:]$|\d-\d+-$|\d:$/u.test(before)) return true
  if (/^(?:st|nd|rd|th)\b|^\.\d|^[_\\]|^\/\d|^:\d|^-\d+-|^x\b|^-based\b|^-bit\b/iu.test(after)) return true
  return namesBefore.test(before)
}

function readToken(text: string, match: RegExpExecArray): NumberToken | undefined {
  const groups = match.groups ?? {}
  let to = match.index + match[0].length
  let value = groups['word'] === undefined ? digitValue(groups) : wordValue(groups['word'])
  const multiplier = multiplierPattern.exec(text.slice(to, to + 16))
  if (multiplier !== null) {
    value *= multipliers[multiplier[1] ?? multiplier[2] ?? ''] ?? 1
    to += multiplier[0].length
  }
  const currency = groups['currency'] === undefined ? undefined : unitNamed(groups['currency'].trim())
  const behind = unitPattern.exec(text.slice(to, to + 40))
  const named = behind === null ? undefined : unitNamed(behind[1] ?? behind[2] ?? '')
  // "5 S" names a thing and "5 d" may; a single letter is a unit only right behind its number or in lower case with a blank.
  const isUnit =
    behind !== null &&
    named !== undefined &&
    currency === undefined &&
    !((behind[2] ?? '').length === 1 && /^\s|[A-Z]/.test(behind[0]) && !/^\s[sh]$/.test(behind[0]))
  if (isUnit) to += behind[0].length
  return {
    from: match.index,
    to,
    value,
    unit: currency ?? (isUnit ? named : null),
    isSpread: groups['sign']?.startsWith('±') === true,
    isWord: groups['word'] !== undefined,
  }
}

function digitValue(groups: Readonly<Record<string, string | undefined>>): number {
  const sign = groups['sign'] === '-' || groups['sign'] === '−' ? '-' : ''
  const whole = (groups['whole'] ?? '').replace(/[^\d]/g, '')
  const value = Number(`${sign}${whole}${(groups['fraction'] ?? '').replace(',', '.')}${groups['exponent'] ?? ''}`)
  // Minus nothing is nothing.
  return value === 0 ? 0 : value
}

function wordValue(word: string): number {
  const name = word.toLowerCase()
  if (name.startsWith('half')) return 0.5
  if (name.endsWith('dozen')) return 12
  return numberWords[name] ?? 1
}
