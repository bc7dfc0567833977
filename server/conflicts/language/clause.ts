// What one statement of an item says: who does what to what, under which conditions.

import type { Frequency } from './frequency.ts'
import type { Quantity } from './quantities.ts'

/** What a word does in its statement. */
export type Role = 'actor' | 'verb' | 'object' | 'place' | 'manner' | 'purpose' | 'aside'

/** A word of a statement that carries meaning. */
export interface Term {
  readonly lemma: string
  readonly role: Role
  /** The preposition of its phrase, when it stands in one. */
  readonly preposition: string | undefined
  /** The noun that its phrase is about, not one that describes it. */
  readonly isHead: boolean
  /** Which phrase of the statement it stands in. */
  readonly phrase: number
  /** How much it says of what the statement is about, 0 to 1. */
  readonly weight: number
  /** Its phrase is denied: `no login`, `without approval`. */
  readonly isAbsent: boolean
  /** Its phrase is all there is: `only the administrator`, `by bank transfer only`. */
  readonly isOnly: boolean
  readonly quantifier: 'all' | 'some' | undefined
  readonly from: number
  readonly to: number
}

/** When a statement applies. */
export interface Condition {
  readonly marker: string
  readonly terms: readonly Term[]
  readonly quantities: readonly Quantity[]
  readonly isNegated: boolean
  readonly isOnly: boolean
}

/** How binding a statement is; `state` is a plain present tense, a `remark` tells what would or might be. */
export type Force = 'must' | 'should' | 'may' | 'state' | 'remark'

/** One statement of an item. */
export interface Clause {
  /** The text it was read from, in which all offsets count. */
  readonly text: string
  readonly terms: readonly Term[]
  readonly verb: Term | undefined
  readonly actors: readonly Term[]
  readonly isNegated: boolean
  readonly force: Force
  /** `only` stands by the verb: what it limits is told by what follows. */
  readonly hasOnly: boolean
  readonly isUniversal: boolean
  readonly conditions: readonly Condition[]
  readonly quantities: readonly Quantity[]
  readonly frequency: Frequency | undefined
}
