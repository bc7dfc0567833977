// One node's replica of a document, and the only way in for every change to it, whoever made it and however it came.

import * as Y from 'yjs'
import { AppError, toAppError } from '../../shared/errors.ts'
import { contentKey } from '../../shared/spec/plain-text.ts'
import type { StoredDocument } from '../store/documents-store.ts'
import { DocumentSize } from './document-size.ts'
import { HalfApplied, turnOrigin, type InboundUpdate, type Origin, type Turn } from './inbound-update.ts'
import { PeerInbox, type PeerUpdate } from './peer-inbox.ts'
import { loadReplica, waitingBytes } from './replica.ts'
import { RetiredClients } from './retired-clients.ts'
import { UnconfirmedUpdates } from './unconfirmed-updates.ts'
import { isBeyondMending, mendText, needsMending } from './text-mending.ts'
import { decodeStateVector, decodeUpdate, isCovered, mayGrow, refuseRepeats, type DecodedUpdate } from './update-coverage.ts'
import type { Settle, UpdateLog } from './update-log.ts'
import { WriteGate } from './write-gate.ts'

/** Hears every change right after it is in the replica, with the bytes that were new. */
export type UpdateListener = (update: Uint8Array, origin: Origin) => void

export interface LiveDocumentOptions {
  projectId: string
  stored: StoredDocument
  log: UpdateLog
  maxBytes: number
  /** Told about a row of the log that Yjs could not apply; it is left out of the replica and kept in the store. */
  onBadRow: (id: string, error: unknown) => void
}

/**
 * INVARIANTS: whatever is in the replica is in the log or on its way there, so the replica never holds what a reload would
 * lack. An update is refused whole, before anything of it is applied. All updates that arrive in one turn of the event loop
 * are applied in one Yjs transaction, and all that other nodes told of in another: its cost grows with the number of Yjs clients
 * a document has ever had, and what it emits is merged already.
 */
export class LiveDocument {
  readonly projectId: string
  readonly epoch: number
  readonly doc: Y.Doc
  readonly size: DocumentSize
  readonly #log: UpdateLog
  readonly #retiredClients: RetiredClients
  readonly #listeners = new Set<UpdateListener>()
  #inbox: InboundUpdate[] = []
  readonly #peerInbox: PeerInbox
  #isTurnScheduled = false
  #encodedState: Uint8Array | undefined
  /** What the last to ask lacked: after a break many come back with the same copy, and each answer walks the whole document. */
  #lastMissing: { key: string; update: Uint8Array } | undefined
  #emitted: Uint8Array | undefined
  /** Set when PostgreSQL refused a row for good: the replica holds what the log lacks, until the whole of it is logged. */
  #hasUnlogged = false
  readonly #gate = new WriteGate()
  /** Updates of other nodes in the replica that those have not committed yet: what they cover is not committed either. */
  readonly unconfirmed = new UnconfirmedUpdates()

  constructor({ projectId, stored, log, maxBytes, onBadRow }: LiveDocumentOptions) {
    this.projectId = projectId
    this.epoch = stored.epoch
    this.#log = log
    this.doc = loadReplica(stored, onBadRow)
    this.#retiredClients = new RetiredClients(stored.retired, this.doc)
    this.size = new DocumentSize(maxBytes, () => this.encodedState().byteLength)
    this.#peerInbox = new PeerInbox(this.doc, (bytes) => this.size.grow(bytes))
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(update, origin as Origin))
  }

  /** The Markdown. */
  get text(): Y.Text {
    return this.doc.getText(contentKey)
  }

  /** Calls `listener` after each change until the returned function is called. */
  onUpdate(listener: UpdateListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether everything that came in is in PostgreSQL. */
  get isSettled(): boolean {
    const isEmpty = this.#inbox.length === 0 && this.#peerInbox.isEmpty
    return isEmpty && !this.#hasUnlogged && this.unconfirmed.size === 0 && !this.#log.hasPending(this.projectId)
  }

  /** Whether something came that builds on what never did. */
  get hasGap(): boolean {
    return waitingBytes(this.doc) > 0
  }

  /**
   * Takes an update, to be applied with all others of this turn. It is refused, through `settle`, when it is none
   * (`invalid_frame`), belongs to a replaced history, does not fit, or finds no room in the log.
   */
  apply(inbound: InboundUpdate): void {
    this.#inbox.push(inbound)
    this.#scheduleTurn()
  }

  /**
   * Makes one edit on someone's behalf in one transaction. `settle` is called after COMMIT, at once when nothing changed.
   * Throws like `apply`; `addedBytes` is what the edit may add at most.
   */
  edit(origin: Origin, addedBytes: number, change: (text: Y.Text) => void, settle: Settle): void {
    this.#gate.check()
    if (addedBytes > 0) this.size.admit(addedBytes)
    if (!this.#log.hasRoomFor(addedBytes)) throw new AppError('overloaded')
    this.#change(origin, change, settle)
  }

  /** Takes what another node has applied, and logs itself, to be applied with all else that nodes tell of in this turn. */
  applyFromPeer(told: PeerUpdate): void {
    this.#peerInbox.push(told)
    this.#scheduleTurn()
  }

  /** Applies now what other nodes have told of, for one who wants to know where this replica stands. */
  applyPeers(): void {
    if (this.#gate.refusal) this.#peerInbox.clear()
    else this.#peerInbox.apply()
  }

  /** Takes what comparing with another node has brought, and logs what is new of it: nobody knows whether that node has. */
  adopt(update: Uint8Array): void {
    this.applyPeers()
    if (this.#gate.refusal || isCovered(this.doc, decodeUpdate(update))) return
    this.#peerInbox.push({ update, by: { userId: null } })
    this.#peerInbox.apply()
    this.logForPeer(update, null)
  }

  /** Logs an update of another node that is in the replica and may not be in the log. */
  logForPeer(update: Uint8Array, authorId: string | null): void {
    this.#append(update, { userId: authorId }, () => undefined)
  }

  /** Takes what the log holds and this replica may lack, also while writes are held. */
  absorb({ snapshot, updates }: Pick<StoredDocument, 'snapshot' | 'updates'>): void {
    this.doc.transact(
      () => {
        if (snapshot) Y.applyUpdate(this.doc, snapshot)
        for (const { payload } of updates) Y.applyUpdate(this.doc, payload)
      },
      { userId: null, isFromPeer: true } satisfies Origin,
    )
  }

  /** Refuses writes from now on, as something that passes, until `takeWrites` was called as often; what came before is applied. */
  holdWrites(): void {
    this.applyPeers()
    this.#applyTurn()
    this.#gate.hold()
  }

  takeWrites(): void {
    this.#gate.lift()
  }

  /** Refuses writes for good: the history was replaced. */
  retire(): void {
    this.#gate.end('stale_epoch')
  }

  /** The whole document as one update; kept until the next change, since many join at once. */
  encodedState(): Uint8Array {
    this.#encodedState ??= Y.encodeStateAsUpdate(this.doc)
    return this.#encodedState
  }

  /** Whether `update` is what `encodedState` gave and nothing has changed since. */
  isWholeState(update: Uint8Array): boolean {
    return this.#encodedState === update
  }

  /** What this replica has seen of each Yjs client. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc)
  }

  /** Throws AppError when it is no state vector, or belongs to a copy of a replaced history. */
  checkVector(stateVector: Uint8Array): void {
    this.#retiredClients.refuseVector(decodeStateVector(stateVector))
  }

  /** What a copy with `stateVector`, which was checked, lacks. */
  missingFrom(stateVector: Uint8Array): Uint8Array {
    const clocks = decodeStateVector(stateVector)
    if (clocks.size === 0) return this.encodedState()
    const key = Buffer.from(stateVector).toString('base64')
    if (this.#lastMissing?.key !== key) this.#lastMissing = { key, update: Y.encodeStateAsUpdate(this.doc, stateVector) }
    return this.#lastMissing.update
  }

  destroy(): void {
    this.#gate.end('draining')
    for (const { settle } of this.#inbox.splice(0)) settle(this.#gate.refusal ?? new AppError('draining'))
    this.#peerInbox.clear()
    this.#listeners.clear()
    this.doc.destroy()
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled) return
    this.#isTurnScheduled = true
    setImmediate(() => {
      this.#isTurnScheduled = false
      this.applyPeers()
      this.#applyTurn()
    })
  }

  #applyTurn(): void {
    const updates = this.#inbox.splice(0)
    if (updates.length === 0) return
    this.#emitted = undefined
    const hadGap = this.hasGap
    const turn: Turn = { applied: [], covered: [], failed: [], authors: new Map(), deletions: [], bytes: 0 }
    this.doc.transact(
      () => {
        for (const inbound of updates) {
          try {
            this.#applyOne(inbound, turn)
          } catch (thrown) {
            turn.failed.push({ inbound, error: toAppError(thrown) })
          }
        }
      },
      turnOrigin(updates, turn),
    )
    const emitted = this.#emitted as Uint8Array | undefined
    for (const { inbound } of turn.applied) this.#append(inbound.update.slice(), inbound.origin, inbound.settle)
    this.#logHalfApplied(turn, emitted)
    for (const { inbound, decoded } of turn.covered) this.#settleCovered(inbound, decoded)
    this.#mendText(turn, hadGap ? emitted : undefined)
    for (const { inbound, error } of turn.failed) inbound.settle(error)
    for (const { inbound, hasOpenedGap } of turn.applied) if (hasOpenedGap) inbound.onGap?.()
  }

  /** Inside the turn's transaction. Throws an AppError with nothing applied, but for bytes that Yjs can read and not integrate. */
  #applyOne(inbound: InboundUpdate, turn: Turn): void {
    const { update, origin } = inbound
    this.#gate.check()
    // Before it is taken apart: a few bytes become an object each.
    if (update.byteLength > this.size.maxBytes) throw new AppError('too_large', { details: { maxBytes: this.size.maxBytes } })
    const decoded = decodeUpdate(update)
    this.#retiredClients.refuseUpdate(decoded)
    refuseRepeats(this.doc, decoded)
    if (isCovered(this.doc, decoded)) {
      if (!this.#log.hasRoomFor(turn.bytes)) throw new AppError('overloaded')
      turn.covered.push({ inbound, decoded })
      return
    }
    // What is mended stands in the log, and in the document, twice: as it came, and as it was put right.
    const cost = needsMending(decoded) ? 2 * update.byteLength : update.byteLength
    if (isBeyondMending(decoded)) throw new AppError('invalid_frame')
    if (mayGrow(this.doc, decoded)) this.size.admit(cost)
    if (!this.#log.hasRoomFor(turn.bytes + cost)) throw new AppError('overloaded')
    const waiting = waitingBytes(this.doc)
    this.#forgetEncoded()
    try {
      Y.applyUpdate(this.doc, update, origin)
    } catch (error) {
      throw new HalfApplied(error)
    }
    if (origin.userId !== null) {
      for (const { id } of decoded.structs) turn.authors.set(id.client, origin.userId)
      if (decoded.deletions.size > 0) turn.deletions.push({ userId: origin.userId, ranges: decoded.deletions })
    }
    turn.bytes += cost
    this.size.grow(update.byteLength)
    turn.applied.push({ inbound, decoded, hasOpenedGap: waitingBytes(this.doc) > waiting })
  }

  /** What covers an update may be words of another node that are not committed yet: it is logged here as well then. */
  #settleCovered({ update, origin, settle }: InboundUpdate, decoded: DecodedUpdate): void {
    if (this.unconfirmed.hasPartOf(decoded)) this.#append(update.slice(), origin, settle)
    else this.#settleUnchanged(origin, settle, this.#hasUnlogged)
  }

  /** Settles who changed nothing once what is there already is committed; what the log may lack is given to it first. */
  #settleUnchanged(origin: Origin, settle: Settle, mayLack: boolean): void {
    if (mayLack) this.#append(this.encodedState(), origin, settle)
    else this.#log.afterPending(this.projectId, settle)
  }

  /** One edit in one transaction. What it changed is logged even when it throws half-way: others have seen that. */
  #change(origin: Origin, change: (text: Y.Text) => void, settle: Settle): void {
    this.#emitted = undefined
    let isWhole = false
    try {
      this.doc.transact(() => change(this.text), origin)
      isWhole = true
    } finally {
      const emitted = this.#emitted as Uint8Array | undefined
      // Whoever meets the error is told by it, and by nothing else.
      const hear = isWhole ? settle : () => undefined
      if (emitted) {
        this.size.grow(emitted.byteLength)
        this.#append(emitted, origin, hear)
      } else this.#settleUnchanged(origin, hear, this.#hasUnlogged || this.unconfirmed.size > 0)
    }
  }

  /**
   * What Yjs integrated of an update before it gave up, others have seen: the turn's emitted update, which holds it, is logged,
   * else a reload would lack what their next words build on.
   */
  #logHalfApplied({ failed }: Turn, emitted: Uint8Array | undefined): void {
    if (emitted && failed.some(({ error }) => error instanceof HalfApplied)) this.#append(emitted, { userId: null }, () => undefined)
  }

  /**
   * An editor that counts CRLF as one position would put words in the wrong place, so the server mends the text in the same window.
   * What had waited for others stands only in what the turn emitted.
   */
  #mendText({ applied }: Turn, released: Uint8Array | undefined): void {
    const hasArrived = applied.some(({ decoded }) => needsMending(decoded)) || (released && needsMending(decodeUpdate(released)))
    if (hasArrived) this.#change({ userId: null }, mendText, () => undefined)
  }

  #append(payload: Uint8Array, origin: Origin, settle: Settle): void {
    this.#forgetEncoded()
    const isWhole = this.#hasUnlogged
    const logged = isWhole ? this.encodedState() : payload
    // The whole state holds others' words too: it is nobody's.
    const authorId = isWhole ? null : origin.userId
    this.#hasUnlogged = false
    this.#log.append({ projectId: this.projectId, epoch: this.epoch, authorId, payload: logged }, (refusal) => {
      if (refusal?.code === 'stale_epoch') this.retire()
      else if (refusal) this.#healLog(!isWhole)
      settle(refusal)
    })
  }

  /**
   * PostgreSQL refused a row for good. Else a resent update would be found covered and acked without being in the log, and the rows
   * behind it would lack what they build on: so the whole state is logged, at once, or with the next write when that was refused too.
   */
  #healLog(isFirstRefusal: boolean): void {
    this.#hasUnlogged = true
    if (isFirstRefusal) this.#append(new Uint8Array(), { userId: null }, () => undefined)
  }

  #forgetEncoded(): void {
    this.#encodedState = undefined
    this.#lastMissing = undefined
  }

  #onUpdate(update: Uint8Array, origin: Origin): void {
    this.#forgetEncoded()
    this.#emitted = update
    for (const listener of this.#listeners) listener(update, origin)
  }
}
