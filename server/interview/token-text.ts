// Makes clean text of tokens: a CRLF or a surrogate pair that two tokens share is waited for.

import { cleanText } from '../../shared/spec/plain-text.ts'

/** INVARIANT: what `push` and `end` give, put together, is the clean form of all that was pushed; no part ends inside a surrogate pair. */
export class TokenText {
  #heldBack = ''

  /** The part of what was pushed that is complete. */
  push(token: string): string {
    const whole = this.#heldBack + token
    const isCut = /[\r\uD800-\uDBFF]$/.test(whole)
    this.#heldBack = isCut ? whole.slice(-1) : ''
    return cleanText(isCut ? whole.slice(0, -1) : whole)
  }

  /** What waited for a second half that never came. */
  end(): string {
    const rest = cleanText(this.#heldBack)
    this.#heldBack = ''
    return rest
  }
}
