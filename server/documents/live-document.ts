// One node's replica of a document, and the only way in for every change to it, whoever made it and however it came.

import * as Y from 'yjs'
import { AppError, toAppError } from '../../shared/errors.ts'
import { contentKey } from '../../shared/spec/plain-text.ts'
import type { StoredDocument } from '../store/documents-store.ts'
import { DocumentSize } from './document-size.ts'
import { authorsOf, decodeUpdate, hasInsertions, isCovered, type DecodedUpdate } from './update-coverage.ts'
import { carriesCarriageReturn, removeCarriageReturns } from './line-ends.ts'
import { loadReplica } from './replica.ts'
import type { Settle, UpdateLog } from './update-log.ts'

/** Who or what a change came from. `source` is the connection that must not hear its own words again, if there is one. */
export interface Origin {
  readonly userId: string | null
  readonly source?: object | undefined
}

/** A Yjs update on its way in. */
export interface InboundUpdate {
  /** May be a view into a socket's buffer that stays as it is until the turn ends. */
  readonly update: Uint8Array
  readonly origin: Origin
  /** Called once: after COMMIT, or with why nothing of the update was applied. */
  readonly settle: Settle
  /** Called when the update builds on something that is missing here, so that its sender can be asked for that. */
  readonly onGap?: () => void
}

/** Hears every change right after it is in the replica, with the bytes that were new. */
export type UpdateListener = (update: Uint8Array, origin: Origin) => void

interface Applied {
  inbound: InboundUpdate
  decoded: DecodedUpdate
  /** Whether some of it now waits for structs that are missing here. */
  hasOpenedGap: boolean
}

/** Well-formed bytes that Yjs could not integrate, or not whole. */
class HalfApplied extends AppError {
  constructor(cause: unknown) {
    super('invalid_frame', { cause })
  }
}

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
 * are applied in one Yjs transaction: its cost grows with the number of Yjs clients a document has ever had, and what it
 * emits is merged already.
 */
export class LiveDocument {
  readonly projectId: string
  readonly epoch: number
  readonly doc: Y.Doc
  readonly size: DocumentSize
  readonly #log: UpdateLog
  /** Yjs clients whose structs belong to a replaced history. */
  readonly #retiredClients: Set<number>
  readonly #listeners = new Set<UpdateListener>()
  #inbox: InboundUpdate[] = []
  #encodedState: Uint8Array | undefined
  #emitted: Uint8Array | undefined

  constructor({ projectId, stored, log, maxBytes, onBadRow }: LiveDocumentOptions) {
    this.projectId = projectId
    this.epoch = stored.epoch
    this.#log = log
    this.doc = loadReplica(stored, onBadRow)
    this.#retiredClients = new Set(stored.retired.flatMap((vector) => [...Y.decodeStateVector(vector).keys()]))
    for (const client of this.doc.store.clients.keys()) this.#retiredClients.delete(client)
    this.size = new DocumentSize(maxBytes, () => this.encodedState().byteLength)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(update, origin as Origin))
  }

  /** The Markdown. */
  get text(): Y.Text {
    return this.doc.getText(contentKey)
  }

  /** Whether the replica holds structs that wait for others it has never seen. */
  get hasGap(): boolean {
    return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null
  }

  /** Calls `listener` after each change until the returned function is called. */
  onUpdate(listener: UpdateListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether everything that came in is in PostgreSQL. */
  get isSettled(): boolean {
    return this.#inbox.length === 0 && !this.#log.hasPending(this.projectId)
  }

  /**
   * Takes an update, to be applied with all others of this turn. It is refused, through `settle`, when it is none
   * (`invalid_frame`), belongs to a replaced history, does not fit, or finds no room in the log.
   */
  apply(inbound: InboundUpdate): void {
    if (this.#inbox.length === 0) setImmediate(() => this.#applyTurn())
    this.#inbox.push(inbound)
  }

  /**
   * Makes one edit on someone's behalf in one transaction. `settle` is called after COMMIT, at once when nothing changed.
   * Throws like `apply`; `addedBytes` is what the edit may add at most.
   */
  edit(origin: Origin, addedBytes: number, change: (text: Y.Text) => void, settle: Settle): void {
    if (addedBytes > 0) this.size.admit(addedBytes)
    if (!this.#log.hasRoomFor(addedBytes)) throw new AppError('overloaded')
    this.#emitted = undefined
    this.doc.transact(() => change(this.text), origin)
    const emitted = this.#emitted as Uint8Array | undefined
    if (emitted) {
      this.size.grow(emitted.byteLength)
      this.#append(emitted, origin, settle)
    } else this.#log.afterPending(this.projectId, settle)
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

  /** What a copy with `stateVector` lacks. Throws AppError when it is no state vector, or belongs to a copy of a replaced history. */
  missingFrom(stateVector: Uint8Array): Uint8Array {
    const clocks = decodeVector(stateVector)
    for (const client of clocks.keys()) if (this.#retiredClients.has(client)) throw new AppError('stale_epoch')
    return clocks.size === 0 ? this.encodedState() : Y.encodeStateAsUpdate(this.doc, stateVector)
  }

  destroy(): void {
    for (const { settle } of this.#inbox.splice(0)) settle(new AppError('stale_epoch'))
    this.#listeners.clear()
    this.doc.destroy()
  }

  #applyTurn(): void {
    const turn = this.#inbox.splice(0)
    if (turn.length === 0) return
    this.#emitted = undefined
    const applied: Applied[] = []
    const failed: { inbound: InboundUpdate; error: AppError }[] = []
    this.doc.transact(() => {
      for (const inbound of turn) {
        try {
          this.#applyOne(inbound, applied)
        } catch (thrown) {
          failed.push({ inbound, error: toAppError(thrown) })
        }
      }
    }, turnOrigin(turn))
    for (const { inbound } of applied) this.#append(inbound.update.slice(), inbound.origin, inbound.settle)
    this.#logHalfApplied(failed)
    this.#mendLineEnds(applied)
    for (const { inbound, error } of failed) inbound.settle(error)
    for (const { inbound, hasOpenedGap } of applied) if (hasOpenedGap) inbound.onGap?.()
  }

  /** Inside the turn's transaction. Throws an AppError with nothing applied, but for bytes that Yjs can read and not integrate. */
  #applyOne(inbound: InboundUpdate, applied: Applied[]): void {
    const { update, origin, settle } = inbound
    const decoded = decodeUpdate(update)
    this.#refuseRetired(decoded)
    if (isCovered(this.doc, decoded)) {
      this.#log.afterPending(this.projectId, settle)
      return
    }
    if (hasInsertions(decoded)) this.size.admit(update.byteLength)
    if (!this.#log.hasRoomFor(update.byteLength)) throw new AppError('overloaded')
    const waiting = this.#waitingBytes()
    try {
      Y.applyUpdate(this.doc, update, origin)
    } catch (error) {
      throw new HalfApplied(error)
    }
    this.size.grow(update.byteLength)
    applied.push({ inbound, decoded, hasOpenedGap: this.#waitingBytes() > waiting })
  }

  /** Bytes of what waits for structs that are missing here. */
  #waitingBytes(): number {
    const { pendingStructs, pendingDs } = this.doc.store
    return (pendingStructs?.update.byteLength ?? 0) + (pendingDs?.byteLength ?? 0)
  }

  #refuseRetired(decoded: DecodedUpdate): void {
    if (this.#retiredClients.size === 0) return
    for (const client of authorsOf(decoded)) if (this.#retiredClients.has(client)) throw new AppError('stale_epoch')
  }

  /**
   * What Yjs integrated of an update before it gave up, others have seen: the turn's emitted update, which holds it, is logged,
   * else a reload would lack what their next words build on.
   */
  #logHalfApplied(failed: readonly { error: AppError }[]): void {
    if (this.#emitted && failed.some(({ error }) => error instanceof HalfApplied)) this.#append(this.#emitted, { userId: null }, () => undefined)
  }

  /** An editor that counts CRLF as one position would put words in the wrong place, so the server takes carriage returns out again. */
  #mendLineEnds(applied: readonly Applied[]): void {
    if (applied.some(({ decoded }) => carriesCarriageReturn(decoded))) this.edit({ userId: null }, 0, removeCarriageReturns, () => undefined)
  }

  #append(payload: Uint8Array, origin: Origin, settle: Settle): void {
    this.#encodedState = undefined
    this.#log.append({ projectId: this.projectId, epoch: this.epoch, authorId: origin.userId, payload }, settle)
  }

  #onUpdate(update: Uint8Array, origin: Origin): void {
    this.#encodedState = undefined
    this.#emitted = update
    for (const listener of this.#listeners) listener(update, origin)
  }
}

function decodeVector(stateVector: Uint8Array): Map<number, number> {
  try {
    return Y.decodeStateVector(stateVector)
  } catch (error) {
    throw new AppError('invalid_frame', { cause: error })
  }
}

/** A turn has one source only if all of it came from there. */
function turnOrigin(turn: readonly InboundUpdate[]): Origin {
  const source = turn[0]?.origin.source
  return { userId: null, source: turn.every(({ origin }) => origin.source === source) ? source : undefined }
}
