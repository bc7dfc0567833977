// A quantity: an interval in a base unit, with what it bounds.

import type { Dimension } from '../../domain/units.ts'
import type { Span } from '../span.ts'

/** How a number bounds: `min` and `max` follow from it. */
export type Comparator = 'exactly' | 'about' | 'at_least' | 'more_than' | 'at_most' | 'less_than' | 'between'

/** What is wrong with a quantity that can be read all the same. */
export type QuantityProblem = 'reversed' | 'no_such_date' | 'out_of_range'

/** A quantity in a text; its span holds the comparing words, the numbers and the unit. */
export interface Quantity extends Span {
  readonly dimension: Dimension
  /** The base unit (`s`, `B`, `USD`), or what is counted, in the singular; empty for a bare number. */
  readonly unit: string
  /** What the rate is for: `s` for time, else a noun (`user`); null without one. */
  readonly per: string | null
  readonly comparator: Comparator
  /** In base units; infinite where there is no bound. */
  readonly min: number
  readonly max: number
  /** Whether the bound itself is out: `less than 5`. */
  readonly isMinOpen: boolean
  readonly isMaxOpen: boolean
  /** The words for what it bounds, as they stand in the text; null where none were found. */
  readonly attribute: string | null
  readonly problem: QuantityProblem | null
}

/** The bounds that `low` to `high` have under `comparator`. */
export function boundsOf(comparator: Comparator, low: number, high: number): Pick<Quantity, 'min' | 'max' | 'isMinOpen' | 'isMaxOpen'> {
  const isUp = comparator === 'at_least' || comparator === 'more_than'
  const isDown = comparator === 'at_most' || comparator === 'less_than'
  return {
    min: isDown ? -Infinity : comparator === 'more_than' ? high : low,
    max: isUp ? Infinity : comparator === 'less_than' ? low : high,
    isMinOpen: comparator === 'more_than',
    isMaxOpen: comparator === 'less_than',
  }
}
