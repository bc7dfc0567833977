// Whether a document takes writes: always, but while its history is being replaced, and never again once it is over.

import { AppError, type ErrorCode } from '../../shared/errors.ts'

export class WriteGate {
  #holds = 0
  #ended: ErrorCode | undefined

  /** Refuses writes, as something that passes, until `lift` was called as often. */
  hold(): void {
    this.#holds++
  }

  lift(): void {
    this.#holds--
  }

  /** Refuses writes for good; the first reason stays. */
  end(code: ErrorCode): void {
    this.#ended ??= code
  }

  /** Why no write is taken now, if none is. */
  get refusal(): AppError | undefined {
    const code = this.#ended ?? (this.#holds > 0 ? 'store_unavailable' : undefined)
    return code && new AppError(code)
  }

  /** Throws the refusal, if there is one. */
  check(): void {
    const { refusal } = this
    if (refusal) throw refusal
  }
}
