// The provider: keeps one Y.Doc in step with its project over a connection, and says what is saved.

import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { ErrorBody } from '../../shared/errors.ts'
import { localError } from '../../shared/local-errors.ts'
import { contentKey } from '../../shared/spec/plain-text.ts'
import type { JoinResult, PresentPerson } from '../../shared/wire/events.ts'
import { AppEventStream, type AppEvents } from './app-event-stream.ts'
import { Conversation } from './conversation.ts'
import { LocalCopy } from './local-copy.ts'
import { Membership } from './membership.ts'
import { listenToProject } from './project-events.ts'
import type { ProviderOptions } from './provider-options.ts'
import { firstFacts, snapshotOf, type ProviderFacts } from './provider-snapshot.ts'
import type { ClosedReason, ProviderState } from './provider-state.ts'
import { accessError, reasonOf } from './save-state.ts'
import { StateBoard } from './state-board.ts'
import { createUndo } from './undo.ts'

export interface Provider {
  readonly doc: Y.Doc
  /** The Markdown: `doc.getText('content')`. */
  readonly text: Y.Text
  readonly awareness: Awareness
  /** Undo of the person's own words, and of what the server changed on their behalf; others' are never in it. */
  readonly undo: Y.UndoManager
  /** What happens in the project beside its text: each event once, in order, also over losses of the line. */
  readonly events: AppEvents
  readonly state: ProviderState
  /** Calls `listener` after each new `state`; gives the way to stop. Fits `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void
  /** Tries what is waiting for its time (connecting, joining, a refused write) at once. */
  retryNow(): void
  /** Leaves the project, keeps the copy; flushes nothing, so that `state.save` is the last word on what is saved. */
  destroy(): void
}

const defaultAckTimeoutMs = 15_000
const copyTimeoutMs = 5_000
/** After these the copy in the browser goes: the person may not see the project any more, or its history is another one. */
const clearingReasons: readonly ClosedReason[] = ['access_lost', 'not_found', 'stale_epoch']

/** Joins the project as soon as the connection is open, and again after every loss, until it is closed or destroyed. */
export function createProvider(options: ProviderOptions): Provider {
  return new ProjectProvider(options)
}

const ignore = (): void => undefined

class ProjectProvider implements Provider {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly awareness: Awareness
  readonly undo: Y.UndoManager
  readonly events: AppEventStream
  readonly subscribe: Provider['subscribe']
  readonly #options: ProviderOptions
  readonly #origins: { origin: object; ownEditOrigin: object }
  readonly #copy: LocalCopy
  readonly #conversation: Conversation
  readonly #membership: Membership
  readonly #board: StateBoard
  readonly #stops: (() => void)[]
  readonly #facts: ProviderFacts

  constructor(options: ProviderOptions) {
    const { projectId, random = Math.random, ackTimeoutMs = defaultAckTimeoutMs, onFault = ignore } = options
    this.#options = options
    this.#origins = { origin: { projectId }, ownEditOrigin: { projectId, isOwnEdit: true } }
    this.#facts = firstFacts(options.epoch ?? null)
    this.doc = options.doc ?? new Y.Doc()
    this.text = this.doc.getText(contentKey)
    this.awareness = options.awareness ?? new Awareness(this.doc)
    this.undo = createUndo(this.text, this.#origins.ownEditOrigin)
    this.#copy = new LocalCopy({ storage: options.storage, loadTimeoutMs: copyTimeoutMs, onFault })
    this.#conversation = this.#makeConversation({ random, ackTimeoutMs, onFault })
    this.events = new AppEventStream({ read: options.readEvents, random })
    this.#membership = this.#makeMembership({ random, joinTimeoutMs: ackTimeoutMs })
    this.#board = new StateBoard(this.#snapshot())
    this.subscribe = (listener) => this.#board.subscribe(listener)
    this.#stops = this.#listen()
    this.#start()
  }

  get state(): ProviderState {
    return this.#board.state
  }

  retryNow(): void {
    this.#options.connection.retryNow()
    this.#membership.retryNow()
    this.#conversation.writer.retryNow()
  }

  destroy(): void {
    this.#end('destroyed', null)
    for (const stop of this.#stops.splice(0)) stop()
    this.#conversation.destroy()
    this.events.destroy()
    this.#copy.destroy()
    this.#board.clear()
    this.undo.destroy()
    if (this.#options.awareness === undefined) this.awareness.destroy()
    if (this.#options.doc === undefined) this.doc.destroy()
  }

  #makeConversation(given: { random: () => number; ackTimeoutMs: number; onFault: (fault: unknown) => void }): Conversation {
    const { projectId, connection, onGap = ignore } = this.#options
    const hooks = {
      onChange: () => this.#show(),
      onRefused: (error: ErrorBody) => this.#onRefused(error),
      onGap,
      onFault: given.onFault,
    }
    const { doc, awareness } = this
    return new Conversation({ projectId, connection, doc, awareness, ...this.#origins, ...given, hooks })
  }

  #makeMembership(given: { random: () => number; joinTimeoutMs: number }): Membership {
    const { projectId, connection } = this.#options
    const hooks = {
      epoch: () => this.#facts.epoch,
      sinceEventId: () => this.events.lastId,
      onJoined: (result: JoinResult) => this.#onJoined(result),
      onLeft: () => {
        this.#conversation.close()
        this.events.left()
        this.#facts.present = []
      },
      onRefused: (error: ErrorBody) => this.#onRefused(error),
      onChange: () => this.#show(),
    }
    return new Membership({ projectId, connection, ...given, hooks })
  }

  /** Listens before anything is sent: what the server sends right behind its answer must not be missed. */
  #listen(): (() => void)[] {
    const { connection, projectId } = this.#options
    const onUpdate = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) =>
      this.#onDocUpdate(update, origin, transaction)
    this.doc.on('update', onUpdate)
    return [
      () => this.doc.off('update', onUpdate),
      connection.subscribe(() => this.#onLine()),
      listenToProject(connection, projectId, {
        onNumbered: (event) => this.events.receive(event),
        onYjs: (bytes) => this.#conversation.receive(bytes),
        onPresence: (present) => this.#onPresence(present),
        onEpoch: (epoch) => this.#onEpoch(epoch),
        onAccess: (role, reason) => this.#onAccess(role, reason),
      }),
    ]
  }

  #start(): void {
    if (this.#options.storage === undefined) {
      this.#begin()
    } else {
      void this.#copy.load(this.doc).then((epoch) => {
        this.#facts.epoch = epoch ?? this.#facts.epoch
        this.#begin()
      })
    }
  }

  #begin(): void {
    if (this.#facts.closed === null) {
      if (this.doc.store.clients.size > 0) this.#conversation.writer.distrust()
      this.#facts.isLoaded = true
      this.#membership.start()
      this.#show()
    }
  }

  /** What storage puts in while it loads is no edit; everything else that did not come from the server is. */
  #onDocUpdate(update: Uint8Array, origin: unknown, transaction: Y.Transaction): void {
    const { origin: others, ownEditOrigin } = this.#origins
    if (origin !== others && origin !== ownEditOrigin && (this.#facts.isLoaded || transaction.local)) {
      this.#conversation.writer.record(update)
    }
  }

  #onLine(): void {
    const { status } = this.#options.connection
    if (status.state === 'closed') {
      this.#end(reasonOf(status.error), status.error)
    } else {
      this.#show()
    }
  }

  #onJoined(result: JoinResult): void {
    const { role, epoch, present, members } = result
    this.#onEpoch(epoch)
    if (this.#facts.closed !== null) return
    Object.assign(this.#facts, { epoch, role, present, members, wasLive: true })
    this.#conversation.open(epoch, may(role, 'write'))
    this.events.joined(result)
    void this.#copy.keep(this.doc, epoch).then(() => this.#show())
    this.#show()
  }

  #onPresence(present: readonly PresentPerson[]): void {
    if (this.#membership.isJoined) {
      this.#facts.present = present
      this.#show()
    }
  }

  #onEpoch(epoch: number): void {
    if (this.#facts.epoch !== null && epoch !== this.#facts.epoch) {
      this.#end('stale_epoch', localError('stale_epoch'))
    }
  }

  #onAccess(role: Role | null, reason: string): void {
    if (role === null) {
      const error = accessError(reason)
      this.#end(reasonOf(error), error)
      // A session that only ran out comes back with its edits; one that was ended, perhaps from afar, leaves nothing here.
      if (reason === 'signed_out') {
        this.#copy.clear()
        this.#show()
      }
    } else {
      this.#facts.role = role
      this.#conversation.writer.setWritable(may(role, 'write'))
      this.#show()
    }
  }

  #onRefused(error: ErrorBody): void {
    if (error.code === 'not_joined') {
      this.#membership.rejoin()
    } else {
      this.#end(reasonOf(error), error)
    }
  }

  #end(reason: ClosedReason, error: ErrorBody | null): void {
    if (this.#facts.closed !== null) return
    this.#facts.closed = { reason, error }
    this.#facts.lostText = this.#conversation.writer.hasUnsaved && reason !== 'destroyed' ? this.text.toString() : null
    this.#membership.stop()
    if (clearingReasons.includes(reason)) {
      this.#facts.role = null
      this.#copy.clear()
    }
    this.#show()
  }

  #snapshot(): ProviderState {
    const { connection } = this.#options
    return snapshotOf(this.#facts, { connection, membership: this.#membership, conversation: this.#conversation, copy: this.#copy })
  }

  #show(): void {
    this.#board.show(this.#snapshot())
  }
}
