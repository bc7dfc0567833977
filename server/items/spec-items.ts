// The items of every spec: kept up to date with the live texts, listened to, and changed by edits of those texts.

import * as Y from 'yjs'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { TextEdit } from '../../shared/spec/text-edits.ts'
import type { Item, ItemSource } from '../../shared/wire/items.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import { editFor, type Author } from '../documents/edit-for.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { DocumentsStore } from '../store/documents-store.ts'
import type { ItemsStore } from '../store/items-store.ts'
import { AnalysisSchedule, usualTiming, type AnalysisTiming } from './analysis-schedule.ts'
import type { CharId } from './anchors.ts'
import { DocumentItems } from './document-items.ts'
import type { StoredChange } from './untold-changes.ts'
import { editToAdd, editToMove, editToRemove, editToReword, itemWords, type ItemEdit } from './item-edits.ts'
import type { Provenance } from './item-content.ts'
import type { ItemsFeed } from './items-feed.ts'

/** What an analysis has found and stored, on the node that did so. */
export interface ItemsChange {
  readonly projectId: ProjectId
  readonly epoch: number
  /** All current ones in document order, as they are when it is first asked for. */
  readonly items: readonly Item[]
  /** Ids that are new here, or whose text, category, key, external id, confidence … changed; other nodes' finds among them. */
  readonly changed: readonly string[]
  /** Ids that were superseded. */
  readonly gone: readonly string[]
  /** Who made the edits that led to it, as far as this node knows. */
  readonly authorIds: readonly UserId[]
}

/** Must not throw. */
export type ItemsListener = (change: ItemsChange) => void

export interface AddedItem {
  category: CategoryKey
  text: string
  /** Kept until the words change; else the key is made of them. */
  key?: string | undefined
  /** `typed` unless given. */
  source?: ItemSource | undefined
  /** 1 unless given. */
  confidence?: number | undefined
  messageId?: string | undefined
}

export interface ItemPatch {
  text?: string | undefined
  category?: CategoryKey | undefined
  confirmed?: boolean | undefined
}

export interface SpecItemsOptions {
  registry: DocumentRegistry
  documents: Pick<DocumentsStore, 'load'>
  store: ItemsStore
  feed: ItemsFeed
  log: Log
  timing?: Partial<AnalysisTiming>
}

interface Entry {
  items: DocumentItems
  schedule: AnalysisSchedule
}

/** Tries to find an item again whose edit met others' edits. */
const maxLooks = 5

/**
 * INVARIANTS: what listeners are told is stored. Analysis follows the documents and is waited for by nobody who types. Errors of all
 * that ask: not_found, store_unavailable, overloaded.
 */
export class SpecItems implements Service {
  readonly name = 'spec-items'
  readonly #options: SpecItemsOptions
  readonly #timing: AnalysisTiming
  readonly #entries = new Map<OpenDocument, Entry>()
  readonly #listeners = new Set<ItemsListener>()
  #isStopped = false

  constructor(options: SpecItemsOptions) {
    this.#options = options
    this.#timing = { ...usualTiming, ...options.timing }
  }

  /** Calls `listener` after each analysis that changed something, until the returned function is called. */
  onChange(listener: ItemsListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows a document that was opened, until it is closed. */
  follow(document: OpenDocument): void {
    if (this.#isStopped) return
    const { live } = document
    const items = new DocumentItems({
      live,
      store: this.#options.store,
      absorb: () => this.#absorb(document),
      onStored: (stored) => this.#tell(document, stored),
    })
    const schedule = new AnalysisSchedule(this.#timing, {
      analyse: () => this.#keptOpen(document, () => items.analyse()),
      settle: () => items.settle(),
      onFailure: (error) => this.#report(document, error),
    })
    this.#entries.set(document, { items, schedule })
    live.onUpdate((_, origin) => {
      items.note(origin)
      if (origin.isFromPeer === true) schedule.changedElsewhere()
      else schedule.changedHere()
    })
    live.doc.on('destroy', () => {
      this.#entries.delete(document)
      items.stop()
      void schedule.stop()
    })
    // What came while nobody analysed it: before a crash, or from before there were items.
    schedule.changedElsewhere()
  }

  /** All current items in document order, of the text as it is at the time of the call. */
  current(projectId: ProjectId): Promise<readonly Item[]> {
    return this.#with(projectId, ({ items }) => items.readItems())
  }

  /** The same, with the revision they are of. */
  read(projectId: ProjectId): Promise<{ revision: number; items: readonly Item[] }> {
    return this.#with(projectId, async ({ items }) => ({ items: await items.readItems(), revision: items.revision }))
  }

  /** Adds an item at the end of its category, as an edit of the text. Errors: item_not_writable, document_full, stale_epoch. */
  add(author: Author, projectId: ProjectId, { category, text, ...given }: AddedItem): Promise<Item> {
    const wanted = { category, text: itemWords(text), externalId: null, checked: null }
    return this.#with(projectId, async (entry, document) => {
      const { done, char } = await entry.items.readText(({ ledger }) =>
        this.#edit({ entry, document, author, given }, editToAdd(ledger.outline, wanted)),
      )
      await done
      return this.#find(entry.items, char)
    })
  }

  /** Changes what an item says, its category, or how sure it is: a change and `confirmed` make that 1. Errors as those of `add`. */
  change(author: Author, projectId: ProjectId, itemId: string, { text, category, confirmed }: ItemPatch): Promise<Item> {
    return this.#with(projectId, async (entry, document) => {
      const { items } = entry
      await items.analyse({ isFresh: true })
      const words = text === undefined ? undefined : itemWords(text)
      const edited = await items.readText(({ ledger }) => {
        const item = ledger.items[ledger.ids.indexOf(itemId)]
        if (item === undefined) throw new AppError('not_found')
        const target = { category: category ?? item.category, text: words ?? item.text }
        if (target.category === item.category && target.text === item.text) return null
        const edit =
          target.category === item.category ? editToReword(ledger.outline, item, target.text) : editToMove(ledger.outline, item, target)
        return this.#edit({ entry, document, author, given: { id: itemId } }, edit)
      })
      await edited?.done
      await items.analyse()
      if (confirmed === true || words !== undefined) await items.confirm(itemId)
      return itemOf(items, itemId)
    })
  }

  /** Takes an item out of the text; it can still be read. Errors: document_full, stale_epoch. */
  remove(author: Author, projectId: ProjectId, itemId: string): Promise<void> {
    return this.#with(projectId, async (entry, document) => {
      await entry.items.analyse({ isFresh: true })
      const { done } = await entry.items.readText(({ ledger }) => {
        const item = ledger.items[ledger.ids.indexOf(itemId)]
        if (item === undefined) throw new AppError('not_found')
        return this.#edit({ entry, document, author, given: {} }, editToRemove(ledger.outline, item))
      })
      await done
      await entry.items.analyse()
    })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all([...this.#entries.values()].map(({ schedule }) => schedule.stop()))
  }

  /** Makes an edit at once; `done` resolves after COMMIT and once what it brought is known to be that. */
  #edit({ entry, document, author, given }: EditRequest, { edits, firstChar }: ItemEdit): { done: Promise<void>; char: CharId | null } {
    const { doc } = document.live
    const char =
      firstChar === null ? null : { client: doc.clientID, clock: Y.getState(doc.store, doc.clientID) + insertedBefore(edits, firstChar) }
    const forget = char === null ? () => undefined : entry.items.announce({ ...given, char })
    const committed = editFor(document, author, edits)
    const done = committed.then(() => entry.items.analyse()).finally(forget)
    return { done, char }
  }

  /** The item that begins with a character that was just put there. */
  async #find(items: DocumentItems, char: CharId | null): Promise<Item> {
    for (let look = 0; look < maxLooks; look++) {
      const item = char === null ? null : await items.itemAt(char)
      if (item !== null) return item
      await items.analyse()
    }
    // Somebody took it out again.
    throw new AppError('not_found')
  }

  async #with<T>(projectId: ProjectId, use: (entry: Entry, document: OpenDocument) => Promise<T>): Promise<T> {
    const { registry } = this.#options
    const document = await registry.acquire(projectId)
    try {
      const entry = this.#entries.get(document)
      if (entry === undefined) throw new AppError('draining')
      return await use(entry, document)
    } finally {
      registry.release(document)
    }
  }

  async #keptOpen(document: OpenDocument, work: () => Promise<void>): Promise<void> {
    const { registry } = this.#options
    if (registry.peek(document.projectId) !== document) return
    const held = await registry.acquire(document.projectId)
    try {
      if (held === document) await work()
    } finally {
      registry.release(held)
    }
  }

  async #absorb({ live }: OpenDocument): Promise<void> {
    const stored = await this.#options.documents.load(live.projectId)
    if (stored?.epoch === live.epoch) live.absorb(stored)
  }

  #tell(document: OpenDocument, stored: StoredChange): void {
    const entry = this.#entries.get(document)
    if (entry === undefined) return
    const { projectId, epoch } = document.live
    let items: Item[] | undefined
    const present = () => (items ??= entry.items.present())
    const change: ItemsChange = {
      projectId,
      epoch,
      get items() {
        return present()
      },
      changed: [...stored.changed],
      gone: [...stored.gone],
      authorIds: [...stored.authorIds],
    }
    this.#options.feed.tell(projectId, stored, present)
    if (stored.changed.size + stored.gone.size === 0) return
    for (const listener of this.#listeners) listener(change)
  }

  #report({ projectId }: OpenDocument, error: unknown): void {
    // A document whose history was replaced is closed; the new one is analysed.
    if (error instanceof AppError && (error.code === 'stale_epoch' || error.code === 'draining')) return
    const isExpected = error instanceof AppError && error.retryable
    this.#options.log[isExpected ? 'warn' : 'error']({ err: error, projectId }, 'items.analysis_failed')
  }
}

interface EditRequest {
  entry: Entry
  document: OpenDocument
  author: Author
  given: Provenance & { id?: string }
}

function itemOf(items: DocumentItems, id: string): Item {
  const item = items.present().find((one) => one.id === id)
  if (item === undefined) throw new AppError('not_found')
  return item
}

/** Units that the edits insert before `firstChar` units of the one that brings an item: they are made from the last to the first. */
function insertedBefore(edits: readonly TextEdit[], firstChar: number): number {
  const bringing = edits.findLastIndex(({ insert }) => insert !== '')
  return edits.slice(bringing + 1).reduce((sum, { insert }) => sum + insert.length, 0) + firstChar
}
