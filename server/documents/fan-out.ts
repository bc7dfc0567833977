// From the replica to this node's connections: updates are gathered for a moment, merged once, framed once, sent to all.

import * as Y from 'yjs'
import { syncType } from '../../shared/wire/yjs-messages.ts'
import type { Metrics } from '../base/metrics.ts'
import { Frame, syncMessage } from './frame.ts'

/** Someone who wants a document's updates. Must not throw. */
export interface Receiver {
  deliver(frame: Frame): void
}

/** No window is longer, however slow the sockets: what people see stays within a blink. */
const maxWindowMs = 50

/**
 * A window lasts as many times as long as one takes to send, so that sending takes at most about a fifth of the
 * loop and a node that has little to do sends at once.
 */
const windowPerCost = 4

/** How much the last window counts in what one is expected to take: one that was held up by something else alone must not make all wait. */
const costWeight = 0.2

/** INVARIANT: every pushed update reaches every receiver that was there when its window closed, but the one it came from alone. */
export class FanOut {
  readonly #projectId: string
  readonly #metrics: Metrics
  readonly #receivers = new Set<Receiver>()
  #updates: Uint8Array[] = []
  /** The one source of the whole window, or null once there are two: a merged window is cheaper sent to all than taken apart. */
  #source: object | null | undefined
  #isScheduled = false
  #costMs = 0
  #closedAtMs = 0

  constructor(projectId: string, metrics: Metrics) {
    this.#projectId = projectId
    this.#metrics = metrics
  }

  add(receiver: Receiver): void {
    this.#receivers.add(receiver)
  }

  remove(receiver: Receiver): void {
    this.#receivers.delete(receiver)
  }

  /** Queues an update that `source` has already, if it is given. */
  push(update: Uint8Array, source: object | undefined): void {
    this.#source = this.#updates.length === 0 || this.#source === source ? (source ?? null) : null
    this.#updates.push(update)
    if (this.#isScheduled) return
    this.#isScheduled = true
    const waitMs = Math.min(maxWindowMs, this.#costMs * windowPerCost) - (performance.now() - this.#closedAtMs)
    if (waitMs >= 1) setTimeout(() => this.#close(), waitMs)
    else setImmediate(() => this.#close())
  }

  /** Sends what is queued now: what comes next must not reach anyone before it. */
  flush(): void {
    if (this.#updates.length > 0) this.#close()
  }

  #close(): void {
    const startMs = performance.now()
    const updates = this.#updates
    const source = this.#source
    this.#updates = []
    this.#isScheduled = false
    const first = updates[0]
    if (!first || this.#receivers.size === 0) return
    const frame = new Frame(this.#projectId, syncMessage(syncType.update, updates.length === 1 ? first : Y.mergeUpdates(updates)))
    for (const receiver of this.#receivers) if (receiver !== source) receiver.deliver(frame)
    this.#metrics.fanOutWindows.inc()
    this.#metrics.fanOutUpdates.inc(updates.length)
    this.#metrics.fanOutBytes.inc(frame.message.byteLength * this.#receivers.size)
    this.#closedAtMs = performance.now()
    this.#costMs += (this.#closedAtMs - startMs - this.#costMs) * costWeight
  }
}
