// Sends whole messages of one project, whatever their size, in the session they were meant for.

import type { Connection, OnOutcome } from '../net/connection.ts'
import { cutMessage } from './messages.ts'

export interface SenderOptions {
  projectId: string
  connection: Connection
  ackTimeoutMs: number
}

/**
 * Larger messages go in parts of this size, well under `limits.chunkBytes`: on a slow line the answers to pings get through
 * between them, and what is lost when it drops is little.
 */
const partBytes = 256 * 1024
/** The slowest line that is still waited for: a large part gets the time it takes there, on top of the usual. */
const slowLineBytesPerMs = 16

/**
 * A session is the time from one join to the next loss. What is sent in one is never answered in another: once `close` was
 * called, outcomes of before are dropped, and whoever sent has to have put everything back by then.
 */
export class Sender {
  readonly #options: SenderOptions
  #epoch: number | null = null
  #session = 0
  #isOpen = false
  #nextTransferId = 1

  constructor(options: SenderOptions) {
    this.#options = options
  }

  open(epoch: number): void {
    this.#session++
    this.#epoch = epoch
    this.#isOpen = true
  }

  close(): void {
    this.#session++
    this.#isOpen = false
  }

  /** Sends one message; the outcome is that of its last chunk, or of the first chunk that failed. Does nothing when closed. */
  send(message: Uint8Array, onOutcome: OnOutcome = () => undefined): void {
    if (this.#isOpen) this.#sendParts(cutMessage(message, this.#nextTransferId++, partBytes), onOutcome)
  }

  /** The next part goes when the one before is acked, so that a large message never fills the line at once. */
  #sendParts(parts: Uint8Array[], onOutcome: OnOutcome): void {
    const session = this.#session
    const { projectId, connection, ackTimeoutMs } = this.#options
    const sendPart = (index: number): void => {
      const bytes = parts[index] ?? new Uint8Array(0)
      const timeoutMs = ackTimeoutMs + bytes.byteLength / slowLineBytesPerMs
      connection.sendYjs({ projectId, bytes, epoch: this.#epoch, timeoutMs }, (outcome) => {
        if (session !== this.#session) return
        if (outcome.type === 'ok' && index + 1 < parts.length) {
          sendPart(index + 1)
        } else {
          onOutcome(outcome)
        }
      })
    }
    sendPart(0)
  }
}
