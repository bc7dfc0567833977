// A document's socket in memory: keeps what it was given, and is as slow as its test says.

import type { AppError } from '../../shared/errors.ts'
import type { ServerEvents } from '../../shared/wire/events.ts'
import type { CloseReason } from '../../shared/wire/protocol.ts'
import type { Frame } from '../../server/documents/frame.ts'
import type { Transport } from '../../server/documents/transport.ts'

export class MemoryTransport implements Transport {
  readonly door = 'yjs'
  takesChunks = false
  takesOwnEdits = true
  /** Bytes that the client has not taken; set by the test, or grown by `send` while `isStalled`. */
  bufferedBytes = 0
  isStalled = false
  readonly messages: Uint8Array[] = []
  readonly events: { name: string; event: unknown }[] = []
  readonly refusals: AppError[] = []
  readonly pausesMs: number[] = []
  closedWith: CloseReason | undefined
  /** Told each message as it is sent. */
  onMessage: (message: Uint8Array) => void = () => undefined
  onClose: (reason: CloseReason) => void = () => undefined

  send({ message }: Frame): void {
    if (this.closedWith) return
    this.messages.push(message)
    if (this.isStalled) this.bufferedBytes += message.byteLength
    this.onMessage(message)
  }

  sendEvent<Name extends keyof ServerEvents>(name: Name, event: Parameters<ServerEvents[Name]>[0]): void {
    this.events.push({ name, event })
  }

  pauseReading(durationMs: number): void {
    this.pausesMs.push(durationMs)
  }

  refuse(error: AppError): void {
    this.refusals.push(error)
  }

  close(reason: CloseReason): void {
    if (this.closedWith) return
    this.closedWith = reason
    this.onClose(reason)
  }
}
