// The sending half of a connection: what a client that reads too slowly gets, and when it is given up.

import { decoding } from 'lib0'
import * as Y from 'yjs'
import { syncType } from '../../shared/wire/yjs-messages.ts'
import type { Metrics } from '../base/metrics.ts'
import { splitIntoChunks } from './chunks.ts'
import { Frame, syncMessage } from './frame.ts'
import type { Transport } from './transport.ts'

export interface ConsumerLimits {
  /** Bytes waiting in the socket past which updates are held back and merged. */
  lagBytes: number
  /** Bytes waiting, held back ones included, past which the connection is closed. */
  maxBytes: number
  /** How long a client may stay behind without reading anything, in ms. */
  stallMs: number
}

export interface ConsumerOptions {
  transport: Transport
  limits: ConsumerLimits
  metrics: Metrics
  onCaughtUp: () => void
}

const recheckMs = 50

/** Held frames are merged when there are so many: merging thousands of updates at once takes time that grows with their square. */
const maxHeldFrames = 256

/** INVARIANT: memory held for one client stays below `maxBytes` and one frame; frames held back are shared with all other receivers. */
export class Consumer {
  readonly #transport: Transport
  readonly #limits: ConsumerLimits
  readonly #metrics: Metrics
  #held: Frame[] = []
  #heldBytes = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #leastBuffered = 0
  #isStopped = false
  #hasMissed = false
  #progressAtMs = 0
  readonly #onCaughtUp: () => void

  /** `onCaughtUp` is called when the client reads again and something `offer`ed was dropped meanwhile. */
  constructor({ transport, limits, metrics, onCaughtUp }: ConsumerOptions) {
    this.#transport = transport
    this.#limits = limits
    this.#metrics = metrics
    this.#onCaughtUp = onCaughtUp
  }

  /** Bytes that the client has not taken yet, held back ones included. */
  get waitingBytes(): number {
    return this.#transport.bufferedBytes + this.#heldBytes
  }

  /** Sends an update, or holds it back while the client is behind. */
  deliver(frame: Frame): void {
    // Between giving a client up and its socket's close there may be more to say.
    if (this.#isStopped) return
    const bufferedBytes = this.#transport.bufferedBytes
    if (this.#held.length === 0 && bufferedBytes <= this.#limits.lagBytes) {
      this.#send(frame)
      return
    }
    this.#hold(frame)
    if (bufferedBytes + this.#heldBytes > this.#limits.maxBytes) this.#giveUp()
    else if (!this.#timer) this.#fallBehind(bufferedBytes)
  }

  /** Sends what a later one will replace; while the client is behind it is dropped, since only the last matters. */
  offer(frame: Frame): void {
    if (this.#isStopped) return
    const bufferedBytes = this.#transport.bufferedBytes
    if (!this.#timer && bufferedBytes <= this.#limits.lagBytes) {
      this.#transport.send(frame)
      return
    }
    this.#hasMissed = true
    if (!this.#timer) this.#fallBehind(bufferedBytes)
  }

  /**
   * Sends what is of use only in its place between the updates; to a client that is behind it is not sent at all, since updates
   * that come before it are held back.
   */
  deliverInPlace(frame: Frame): void {
    if (this.#isStopped || this.#timer || this.#transport.bufferedBytes > this.#limits.lagBytes) return
    this.#send(frame)
  }

  /** Sends an answer that the client asked for, which is never held back: one that asks without reading is closed. */
  answer(frame: Frame): void {
    if (this.#isStopped) return
    if (this.#transport.bufferedBytes > this.#limits.maxBytes) this.#giveUp()
    else this.#send(frame)
  }

  /** Drops what is held; nothing is sent any more. */
  stop(): void {
    this.#isStopped = true
    this.#catchUp()
  }

  #send(frame: Frame): void {
    if (!this.#transport.takesChunks) this.#transport.send(frame)
    else for (const part of splitIntoChunks(frame)) this.#transport.send(part)
  }

  #catchUp(): void {
    if (this.#timer) this.#metrics.laggingConnections.dec()
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#held = []
    this.#heldBytes = 0
  }

  #hold(frame: Frame): void {
    this.#held.push(frame)
    this.#heldBytes += frame.message.byteLength
    if (this.#held.length < maxHeldFrames) return
    const whole = merged(this.#held, frame.projectId)
    this.#held = [whole]
    this.#heldBytes = whole.message.byteLength
  }

  #fallBehind(bufferedBytes: number): void {
    this.#metrics.laggingConnections.inc()
    this.#leastBuffered = bufferedBytes
    this.#progressAtMs = performance.now()
    this.#timer = setInterval(() => this.#recheck(), recheckMs)
  }

  #recheck(): void {
    const bufferedBytes = this.#transport.bufferedBytes
    if (bufferedBytes <= this.#limits.lagBytes) {
      const held = this.#held
      this.#catchUp()
      const first = held[0]
      if (first) this.#send(held.length === 1 ? first : merged(held, first.projectId))
      if (this.#hasMissed) this.#onCaughtUp()
      this.#hasMissed = false
      return
    }
    if (bufferedBytes < this.#leastBuffered) {
      this.#leastBuffered = bufferedBytes
      this.#progressAtMs = performance.now()
    } else if (performance.now() - this.#progressAtMs > this.#limits.stallMs) this.#giveUp()
  }

  /** Once: the connection's end may take a while, and nothing is to be added meanwhile to what waits. */
  #giveUp(): void {
    this.stop()
    this.#metrics.slowConsumers.inc()
    this.#transport.close('slow_consumer')
  }
}

function merged(frames: readonly Frame[], projectId: string): Frame {
  return new Frame(projectId, syncMessage(syncType.update, Y.mergeUpdates(frames.map(updateOf))))
}

/** The update inside a sync message: past the two type numbers. */
function updateOf({ message }: Frame): Uint8Array {
  const decoder = decoding.createDecoder(message)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}
