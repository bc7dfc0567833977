// What a rule reports: items that cannot all hold, the words in each that show it, and why.

/** What is wrong. */
export type FindingKind = 'contradiction' | 'inconsistency' | 'dependency' | 'redundancy'
/** What it is about. */
export type FindingDomain = 'technology' | 'requirement' | 'timeline' | 'resource'
export type FindingSeverity = 'low' | 'medium' | 'high' | 'critical'

/** The families of rules; each one is a file of `rules/`. */
export type RuleName =
  | 'quantity'
  | 'frequency'
  | 'polarity'
  | 'permission'
  | 'exclusive-choice'
  | 'substitution'
  | 'scope'
  | 'schedule'
  | 'capacity'
  | 'chain'
  | 'same-key'
  | 'duplicate'
  | 'subsumed'
  | 'existence'
  | 'control'

/** A stretch of an item's text, in UTF-16 code units. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What a rule found between two statements. */
export interface Clash {
  readonly rule: RuleName
  readonly kind: FindingKind
  readonly domain: FindingDomain
  readonly severity: FindingSeverity
  readonly wordsA: readonly Span[]
  readonly wordsB: readonly Span[]
  readonly why: string
  /** The words that clash, in base form: the part of the identity that outlives a rephrasing around them. */
  readonly slots: readonly string[]
}

/** An item's part in a finding. */
export interface FindingItem {
  readonly id: string
  /** The words that clash, as offsets in the item's text. */
  readonly words: readonly Span[]
}

/** Items that cannot all hold, or that say the same. */
export interface Finding {
  /** The same for the same items, rule and clashing words, whenever and wherever it is found. */
  readonly fingerprint: string
  readonly rule: RuleName
  readonly kind: FindingKind
  readonly domain: FindingDomain
  readonly severity: FindingSeverity
  /** Two or more, by id. */
  readonly items: readonly FindingItem[]
  readonly why: string
}
