// One open document as this node shares it with the others: what was typed here goes out, what was typed there comes in.

import type { Bus, BusSubscription } from '../base/bus.ts'
import type { Metrics } from '../base/metrics.ts'
import { decodeAwareness, encodeAwareness } from './awareness-update.ts'
import { digestOf } from './digest.ts'
import type { OpenDocument } from './open-document.ts'
import { decodePeerMessage, encodePeerMessage, type PeerMessage } from './peer-message.ts'
import type { Origin } from './inbound-update.ts'
import type { UpdateLog } from './update-log.ts'

export interface PeerLinkOptions {
  node: string
  projectId: string
  bus: Bus
  updateLog: UpdateLog
  metrics: Metrics
  /** Told that another node is in a later epoch: ours may be over. */
  onLaterEpoch: (projectId: string, epoch: number) => void
  /** Told that all updates of this link up to `seq` are committed. */
  onCommitted: (projectId: string, epoch: number, seq: number) => void
  /** Told that a node lives: it has just said something. */
  onHeard: (node: string) => void
}

/** After so long without a word of its own a node says again how far it came: who missed the last ones finds out by it. */
const quietMs = 500

/** What compares and what repairs can be lost too: after a gap replicas are compared again in each of so many sweeps. */
const sweepsAfterGap = 3

/** A difference that shows again and again (a gap that nobody can fill) is looked at no more often than this. */
const exchangeSpacingMs = 200

type Body<Message = PeerMessage> = Message extends PeerMessage ? Omit<Message, 'node' | 'epoch'> : never

/**
 * INVARIANTS: what another node tells of is shown at once and never acked here as if it were committed. Whatever the bus drops, doubles or
 * reorders, replicas that hear each other again become equal.
 */
export class PeerLink {
  readonly #options: PeerLinkOptions
  readonly #subscription: BusSubscription
  /** The number of the last update that came of each node; 0 before the first. */
  readonly #lastSeqs = new Map<string, number>()
  #document: OpenDocument | undefined
  #waiting: ((document: OpenDocument) => void)[] = []
  /** Begins above what an earlier link of this node had reached, which the others still know. */
  #seq = Date.now() * 1_000
  #isConfirming = false
  #stopListening: () => void = () => undefined
  #digest: { revision: number; digest: Uint8Array } | undefined
  #exchangeTimer: ReturnType<typeof setTimeout> | undefined
  #exchangedAtMs = 0
  #revision = 0
  #committedSeq = this.#seq
  /** When this node last told of words of its own; undefined once it has said again how far it came. */
  #toldAtMs: number | undefined
  #sweepsToCompare = 0

  /** Listens from now on; what comes before `attach` waits for the document. */
  constructor(options: PeerLinkOptions) {
    this.#options = options
    this.#subscription = options.bus.subscribe(channelOf(options.projectId), (bytes) =>
      this.#whenAttached((document) => this.#receive(document, bytes)),
    )
  }

  /** Resolves once what others say is heard. */
  get ready(): Promise<void> {
    return this.#subscription.ready
  }

  /** Shares the document, which was loaded after `ready`: so what others committed before is in it, and what they say since is heard. */
  attach(document: OpenDocument): void {
    this.#document = document
    this.#stopListening = document.live.onUpdate((update, origin) => this.#onUpdate(update, origin))
    document.presence.share({
      cursors: (entries) => this.#send({ type: 'cursors', awareness: encodeAwareness(entries) }),
      people: (people) => this.#send({ type: 'people', people }),
    })
    for (const hear of this.#waiting.splice(0)) hear(document)
    this.#sayDigest(true)
  }

  /** A node has committed all that it told of up to `seq`. */
  takeCommitted(node: string, epoch: number, seq: number): void {
    this.#whenAttached(({ live }) => {
      if (epoch !== live.epoch) return
      live.unconfirmed.confirm(node, seq)
      if (seq <= (this.#lastSeqs.get(node) ?? 0)) return
      // The last that it told of never came.
      this.#lastSeqs.set(node, seq)
      this.#onGap()
    })
  }

  /** Compares with everybody: now and then, and when messages may have been lost. */
  compare(wantsPresence: boolean): void {
    if (this.#document) this.#sayDigest(wantsPresence)
  }

  /** Logs what nodes have not confirmed in time, or never will since they are gone; repeats what may have been lost. */
  sweep(nowMs: number, isAlive: (node: string) => boolean): void {
    const document = this.#document
    if (!document) return
    const overdue = document.live.unconfirmed.takeOverdue(nowMs, (node) => !isAlive(node))
    for (const { update, authorId } of overdue) document.live.logForPeer(update, authorId)
    if (overdue.length > 0) this.#options.metrics.relayAdopted.inc(overdue.length)
    for (const node of this.#lastSeqs.keys()) {
      if (isAlive(node)) continue
      document.presence.dropNode(node)
      this.#lastSeqs.delete(node)
    }
    if (this.#toldAtMs !== undefined && nowMs - this.#toldAtMs >= quietMs && this.#committedSeq === this.#seq) {
      this.#toldAtMs = undefined
      this.#options.onCommitted(document.projectId, document.live.epoch, this.#committedSeq)
    }
    if (this.#sweepsToCompare === 0) return
    this.#sweepsToCompare--
    this.#sayDigest(false)
  }

  close(): void {
    clearTimeout(this.#exchangeTimer)
    this.#stopListening()
    if (this.#document) this.#send({ type: 'people', people: [] })
    this.#document = undefined
    this.#waiting = []
    this.#subscription.unsubscribe()
  }

  #whenAttached(hear: (document: OpenDocument) => void): void {
    if (this.#document) hear(this.#document)
    else this.#waiting.push(hear)
  }

  #onUpdate(update: Uint8Array, { isOnBehalf, isFromPeer, userId, authors, itemSource }: Origin): void {
    this.#revision++
    if (isFromPeer === true) return
    this.#send({ type: 'update', seq: ++this.#seq, update, by: { userId, authors, itemSource, isOnBehalf } })
    this.#options.metrics.relaySent.inc()
    this.#toldAtMs = performance.now()
    if (this.#isConfirming) return
    this.#isConfirming = true
    // It is given to the log at the end of this turn.
    setImmediate(() => this.#confirm(this.#seq))
  }

  #confirm(seq: number): void {
    this.#options.updateLog.afterPending(this.#options.projectId, (refusal) => {
      this.#isConfirming = false
      // Who hears nothing logs it themselves.
      if (refusal || !this.#document) return
      this.#committedSeq = seq
      this.#options.onCommitted(this.#options.projectId, this.#document.live.epoch, seq)
      if (this.#seq === seq) return
      this.#isConfirming = true
      setImmediate(() => this.#confirm(this.#seq))
    })
  }

  #receive(document: OpenDocument, bytes: Uint8Array): void {
    const message = decodePeerMessage(bytes)
    if (!message) return
    this.#options.onHeard(message.node)
    if (message.epoch !== document.live.epoch) {
      if (message.epoch > document.live.epoch) this.#options.onLaterEpoch(document.projectId, document.live.epoch)
      return
    }
    // Also of one that only reads: when it is gone its people must go.
    if (!this.#lastSeqs.has(message.node)) this.#lastSeqs.set(message.node, 0)
    this.#options.metrics.relayReceived.inc({ type: message.type })
    try {
      this.#handle(document, message)
    } catch {
      // What another node says wrongly, a later version's perhaps, must not end this one: it is as if it had not come.
      this.#onGap()
    }
  }

  #handle(document: OpenDocument, message: PeerMessage): void {
    switch (message.type) {
      case 'update':
        return this.#takeUpdate(document, message)
      case 'digest':
        return this.#takeDigest(document, message)
      case 'state':
        return this.#takeState(document, message)
      case 'cursors':
        return document.presence.takeRemote(message.node, decodeAwareness(message.awareness))
      case 'people':
        return document.presence.takePeople(message.node, message.people)
    }
  }

  #takeUpdate(document: OpenDocument, { node, seq, by, update }: PeerMessage & { type: 'update' }): void {
    const lastSeq = this.#lastSeqs.get(node) ?? 0
    // The first that is heard of a node begins its count; what came before is found by comparing.
    const isGap = lastSeq > 0 && seq !== lastSeq + 1
    this.#lastSeqs.set(node, Math.max(seq, lastSeq))
    document.live.unconfirmed.add(node, { seq, authorId: by.userId, update, atMs: performance.now() })
    document.live.applyFromPeer({ update, by, onGap: () => this.#onGap() })
    if (isGap) this.#onGap()
  }

  /** Both sides of a difference give what the other lacks; one that only lacks asks for it by answering with nothing. */
  #takeDigest(document: OpenDocument, { digest, stateVector, wantsPresence }: PeerMessage & { type: 'digest' }): void {
    if (wantsPresence) document.presence.sayAgain()
    if (Buffer.compare(digest, this.#ownDigest(document)) === 0) return
    this.#options.metrics.relayRepairs.inc()
    this.#sendState(document, stateVector, false)
  }

  #takeState(document: OpenDocument, { update, stateVector, isAnswer }: PeerMessage & { type: 'state' }): void {
    document.live.adopt(update)
    if (!isAnswer) this.#sendState(document, stateVector, true)
  }

  #sendState(document: OpenDocument, theirStateVector: Uint8Array, isAnswer: boolean): void {
    const update = document.live.missingFrom(theirStateVector)
    this.#send({ type: 'state', update, stateVector: document.live.stateVector(), isAnswer })
  }

  #onGap(): void {
    this.#options.metrics.relayGaps.inc()
    this.#sweepsToCompare = sweepsAfterGap
    this.#exchangeSoon()
  }

  #exchangeSoon(): void {
    if (this.#exchangeTimer) return
    const waitMs = Math.max(0, exchangeSpacingMs - (performance.now() - this.#exchangedAtMs))
    this.#exchangeTimer = setTimeout(() => {
      this.#exchangeTimer = undefined
      this.#exchangedAtMs = performance.now()
      this.compare(false)
    }, waitMs)
  }

  #sayDigest(wantsPresence: boolean): void {
    const document = this.#document
    if (!document) return
    this.#send({ type: 'digest', digest: this.#ownDigest(document), stateVector: document.live.stateVector(), wantsPresence })
    if (wantsPresence) document.presence.sayAgain()
  }

  /** Walks the whole document: made anew only when it has changed. */
  #ownDigest({ live }: OpenDocument): Uint8Array {
    live.applyPeers()
    if (this.#digest?.revision !== this.#revision) this.#digest = { revision: this.#revision, digest: digestOf(live.doc) }
    return this.#digest.digest
  }

  #send(body: Body): void {
    const epoch = this.#document?.live.epoch
    if (epoch === undefined) return
    const message = { ...body, node: this.#options.node, epoch } as PeerMessage
    this.#options.bus.publish(channelOf(this.#options.projectId), encodePeerMessage(message))
  }
}

function channelOf(projectId: string): string {
  return `document:${projectId}`
}
