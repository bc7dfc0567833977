// The other nodes: who of them is alive, and each open document shared with those that have it open too.

import { randomUUID } from 'node:crypto'
import type { Bus } from '../base/bus.ts'
import type { Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { OpenDocument } from './open-document.ts'
import { PeerConfirmations } from './peer-confirmations.ts'
import { PeerLink } from './peer-link.ts'
import type { UpdateLog } from './update-log.ts'

export interface PeerRelayOptions {
  bus: Bus
  updateLog: UpdateLog
  metrics: Metrics
  /** Told that a document may have been replaced by another node. */
  onLaterEpoch: (projectId: string, epoch: number) => void
  timing?: Partial<PeerTiming>
}

export interface PeerTiming {
  heartbeatMs: number
  /** A node that says nothing for so long is gone, and its people with it. */
  silentMs: number
  compareMs: number
  sweepMs: number
  /** How long a node gathers what it has committed before it says so. */
  confirmMs: number
  /** A document is opened without the others when the bus is not there by then, or when they do not give what it lacks. */
  readyWithinMs: number
}

const usualTiming: PeerTiming = {
  heartbeatMs: 1_000,
  silentMs: 4_000,
  compareMs: 10_000,
  sweepMs: 1_000,
  confirmMs: 200,
  readyWithinMs: 1_000,
}
const nodesChannel = 'nodes'
const goodbye = '-'

/** Links are spread over this share of the time, so that a thousand documents are not compared in one moment. */
const jitter = 0.5

/** One on each node; on one node alone nothing is ever heard. */
export class PeerRelay implements Service {
  readonly name = 'peer-relay'
  readonly node = randomUUID()
  readonly #options: PeerRelayOptions
  readonly #timing: PeerTiming
  readonly #confirmations: PeerConfirmations
  readonly #links = new Map<string, { link: PeerLink; nextCompareMs: number }>()
  /** When each other node was heard last. */
  readonly #heard = new Map<string, number>()
  /** Nodes that fell silent without a goodbye: what they do not say is not known to be lost, so the bus tells of no gap when they go on. */
  readonly #silent = new Set<string>()
  #timers: ReturnType<typeof setInterval>[] = []
  #stopListening: (() => void)[] = []

  constructor(options: PeerRelayOptions) {
    this.#options = options
    this.#timing = { ...usualTiming, ...options.timing }
    this.#confirmations = new PeerConfirmations({
      node: this.node,
      bus: options.bus,
      gatherMs: this.#timing.confirmMs,
      onConfirmed: (node, { projectId, epoch, seq }) => this.#links.get(projectId)?.link.takeCommitted(node, epoch, seq),
    })
  }

  start(): void {
    const { bus } = this.#options
    const subscription = bus.subscribe(nodesChannel, (bytes) => this.#hearNode(Buffer.from(bytes).toString()))
    this.#stopListening = [() => subscription.unsubscribe(), bus.onGap(() => this.#compareAll())]
    this.#confirmations.start()
    const beat = () => bus.publish(nodesChannel, Buffer.from(this.node))
    beat()
    this.#timers = [setInterval(beat, this.#timing.heartbeatMs), setInterval(() => this.#sweep(), this.#timing.sweepMs)]
  }

  /** This node may be the last that holds what a dead one told of: it is logged before the log is flushed. */
  drain(): void {
    for (const { link } of this.#links.values()) link.sweep(Number.POSITIVE_INFINITY, () => true)
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    // Before the goodbye, at which the others log what they take for lost.
    this.#confirmations.stop()
    for (const { link } of this.#links.values()) link.close()
    this.#links.clear()
    this.#options.bus.publish(nodesChannel, Buffer.from(goodbye + this.node))
    for (const stop of this.#stopListening) stop()
  }

  /** Listens to a document that is about to be loaded; resolves when others are heard, or are not to be had. */
  async open(projectId: string): Promise<void> {
    this.close(projectId)
    const link = new PeerLink({
      node: this.node,
      projectId,
      onHeard: (node) => this.#hear(node),
      onCommitted: (id, epoch, seq) => this.#confirmations.add({ projectId: id, epoch, seq }),
      ...this.#options,
    })
    this.#links.set(projectId, { link, nextCompareMs: this.#nextCompareMs() })
    if (this.#options.bus.isConnected) await within(link.ready, this.#timing.readyWithinMs)
  }

  /** Shares it, now that it is loaded. */
  attach(document: OpenDocument): void {
    this.#links.get(document.projectId)?.link.attach(document)
  }

  /**
   * Resolves when a document that was just shared has all that its words build on, or nobody gives it in time. A node that died may have
   * told others of words that nobody has committed yet: whoever reads the document now would see nothing of what was written behind them.
   */
  async untilWhole({ live }: OpenDocument): Promise<void> {
    if (!live.hasGap || !this.#options.bus.isConnected) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const stopListening = live.onUpdate(() => {
      if (!live.hasGap) resolve()
    })
    await within(promise, this.#timing.readyWithinMs)
    stopListening()
  }

  close(projectId: string): void {
    this.#links.get(projectId)?.link.close()
    this.#links.delete(projectId)
  }

  #hearNode(text: string): void {
    if (!text.startsWith(goodbye)) {
      this.#hear(text)
      return
    }
    this.#heard.delete(text.slice(goodbye.length))
    this.#silent.delete(text.slice(goodbye.length))
  }

  #hear(node: string): void {
    this.#heard.set(node, performance.now())
    // It was only slow: its people were taken away here, and it has not been told to name them again.
    if (this.#silent.delete(node)) this.#compareAll()
  }

  #compareAll(): void {
    for (const { link } of this.#links.values()) link.compare(true)
  }

  #sweep(): void {
    const nowMs = performance.now()
    for (const [node, atMs] of this.#heard) {
      if (nowMs - atMs <= this.#timing.silentMs) continue
      this.#heard.delete(node)
      this.#silent.add(node)
    }
    const isAlive = (node: string) => this.#heard.has(node)
    for (const entry of this.#links.values()) {
      entry.link.sweep(nowMs, isAlive)
      if (nowMs < entry.nextCompareMs) continue
      entry.nextCompareMs = this.#nextCompareMs()
      entry.link.compare(false)
    }
  }

  #nextCompareMs(): number {
    return performance.now() + this.#timing.compareMs * (1 - jitter / 2 + jitter * Math.random())
  }
}

async function within(promise: Promise<void>, durationMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, durationMs)
  })
  await Promise.race([promise, late])
  clearTimeout(timer)
}
