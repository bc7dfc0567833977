// What the words of one item say, read when first asked for: most items of a large document are never looked at closely.

import { readClause, type Clause } from './clause.ts'
import { readConditions, type Condition, type Conditions } from './condition.ts'
import { readQuantities } from './quantities.ts'
import type { Quantity } from './quantity.ts'

/** Words behind this many units are kept and shown, but not read for their meaning: no sentence is that long. */
const maxReadUnits = 4_000

/** A text and what it says; all offsets count in `text`. */
export class Statement {
  readonly text: string
  readonly #bodyFrom: number
  #conditions: Conditions | undefined
  #quantities: readonly Quantity[] | undefined
  #clause: Clause | undefined

  constructor(text: string, bodyFrom = 0) {
    this.text = text.slice(0, maxReadUnits)
    this.#bodyFrom = Math.min(bodyFrom, this.text.length)
  }

  /** When it applies; empty for always. */
  get conditions(): readonly Condition[] {
    return this.#readConditions().conditions
  }

  /** Where the main clause starts, behind a lead-in and leading conditions. */
  get mainFrom(): number {
    return this.#readConditions().mainFrom
  }

  /** Every number with its unit, as an interval. */
  get quantities(): readonly Quantity[] {
    return (this.#quantities ??= readQuantities(this.text))
  }

  /** Who does what to what. */
  get clause(): Clause {
    return (this.#clause ??= readClause(this.text, this.mainFrom))
  }

  #readConditions(): Conditions {
    return (this.#conditions ??= readConditions(this.text, this.#bodyFrom))
  }
}

/** Reads plain words that stand in no document: a proposal, one side of a pair. `bodyFrom` is where a lead-in ends. */
export const readStatement = (text: string, bodyFrom = 0): Statement => new Statement(text, bodyFrom)
