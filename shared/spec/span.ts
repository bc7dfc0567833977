// A range of text.

/** A range of UTF-16 units, `to` behind the last. */
export interface Span {
  readonly from: number
  readonly to: number
}
