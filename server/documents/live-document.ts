// One node's replica of a document, and the only way in for every change to it, whoever made it and however it came.

import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
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
  readonly source?: object
}

/**
 * What became of an update: `covered`, nothing of it was new; `applied`; `gap`, it builds on something that is missing here,
 * so ask its sender for that.
 */
export type ApplyOutcome = 'covered' | 'applied' | 'gap'

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
 * lack. `settle` is called after COMMIT. An update is refused whole, before anything of it is applied.
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

  /**
   * Applies a Yjs update. Throws an AppError, with nothing applied, for bytes that are no update, an update of a replaced
   * history, one that does not fit, or when the log has no room.
   */
  apply(update: Uint8Array, origin: Origin, settle: Settle): ApplyOutcome {
    const decoded = decodeUpdate(update)
    this.#refuseRetired(decoded)
    if (isCovered(this.doc, decoded)) {
      this.#log.afterPending(this.projectId, settle)
      return 'covered'
    }
    if (hasInsertions(decoded)) this.size.admit(update.byteLength)
    if (!this.#log.hasRoomFor(update.byteLength)) throw new AppError('overloaded')
    const hadGap = this.hasGap
    this.#applyAndLog(update, origin, settle)
    this.#mendLineEnds(hadGap ? undefined : decoded)
    return this.hasGap ? 'gap' : 'applied'
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
    if (emitted) this.#append(emitted, origin, settle)
    else this.#log.afterPending(this.projectId, settle)
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
    this.#listeners.clear()
    this.doc.destroy()
  }

  #refuseRetired(decoded: DecodedUpdate): void {
    if (this.#retiredClients.size === 0) return
    for (const client of authorsOf(decoded)) if (this.#retiredClients.has(client)) throw new AppError('stale_epoch')
  }

  #applyAndLog(update: Uint8Array, origin: Origin, settle: Settle): void {
    this.#emitted = undefined
    try {
      Y.applyUpdate(this.doc, update, origin)
    } catch (error) {
      // Well-formed bytes that Yjs could not integrate. What it did integrate others have already seen, so that part is
      // logged; else a reload would lack what their next words build on.
      const emitted = this.#emitted as Uint8Array | undefined
      if (emitted) this.#append(emitted, origin, () => undefined)
      throw new AppError('invalid_frame', { cause: error })
    }
    // Structs that wait for others are held too, though nobody is told about them yet.
    if (!this.#emitted) this.size.grow(update.byteLength)
    // The sender's own bytes, not the emitted ones: structs that wait for others are in no emitted update. Copied, since
    // they may be a view into a socket's buffer.
    this.#append(update.slice(), origin, settle)
  }

  /** An editor that counts CRLF as one position would put words in the wrong place, so the server takes carriage returns out again. */
  #mendLineEnds(decoded: DecodedUpdate | undefined): void {
    const arrived = decoded ?? (this.#emitted ? decodeUpdate(this.#emitted) : undefined)
    if (arrived && carriesCarriageReturn(arrived)) this.edit({ userId: null }, 0, removeCarriageReturns, () => undefined)
  }

  #append(payload: Uint8Array, origin: Origin, settle: Settle): void {
    this.#encodedState = undefined
    this.#log.append({ projectId: this.projectId, epoch: this.epoch, authorId: origin.userId, payload }, settle)
  }

  #onUpdate(update: Uint8Array, origin: Origin): void {
    this.#encodedState = undefined
    this.#emitted = update
    this.size.grow(update.byteLength)
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
