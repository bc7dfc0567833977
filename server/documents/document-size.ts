// How large a document's encoded state is, known well enough to refuse in time and measured anew only when it matters.

import { AppError } from '../../shared/errors.ts'

/** The sum of updates overstates the state by about their headers, so the limit is only believed after measuring. */
export class DocumentSize {
  /** What the encoded state may measure. */
  readonly maxBytes: number
  readonly #measure: () => number
  #measuredBytes: number
  #grownBytes = 0

  /** `measure` encodes the whole state: tens of milliseconds at 5 MB, which is why it is called rarely. */
  constructor(maxBytes: number, measure: () => number) {
    this.maxBytes = maxBytes
    this.#measure = measure
    this.#measuredBytes = measure()
  }

  /** At most this many bytes. */
  get bytes(): number {
    return this.#measuredBytes + this.#grownBytes
  }

  /** Counts what was applied. */
  grow(bytes: number): void {
    this.#grownBytes += bytes
  }

  /** Throws AppError('too_large') for what never fits, AppError('document_full') for what does not fit now. */
  admit(bytes: number): void {
    if (bytes > this.maxBytes) throw new AppError('too_large', { details: { maxBytes: this.maxBytes } })
    if (this.bytes + bytes <= this.maxBytes) return
    // Near the limit a measurement is good for a hundredth of it: else each keystroke in a full document would encode it whole.
    if (this.#grownBytes > this.maxBytes / 100 || this.#measuredBytes + bytes > this.maxBytes) this.#remeasure()
    if (this.#measuredBytes + bytes > this.maxBytes) {
      throw new AppError('document_full', { details: { maxBytes: this.maxBytes } })
    }
  }

  #remeasure(): void {
    if (this.#grownBytes === 0) return
    this.#measuredBytes = this.#measure()
    this.#grownBytes = 0
  }
}
