// The items of every spec: kept up to date with the live texts, listened to, and changed by edits of those texts.

import * as Y from 'yjs'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Gap } from '../../shared/spec/spec-item.ts'
import { itemRef, type Item, type ItemSource } from '../../shared/wire/items.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { Service } from '../base/service.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import { editFor, type Author } from '../documents/edit-for.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { DocumentsStore } from '../store/documents-store.ts'
import type { ItemsStore } from '../store/items-store.ts'
import type { AnalysisTiming } from './analysis-schedule.ts'
import { charsAt, type CharId } from './anchors.ts'
import { editToClarify, type Clarification } from './clarification-edit.ts'
import type { DocumentItems, ItemStatement, ReadItems } from './document-items.ts'
import { FollowedDocuments, type Followed } from './followed-documents.ts'
import type { Announced } from './identities.ts'
import {
  charBefore,
  editToAdd,
  editToMove,
  editToRemove,
  editToReword,
  itemWords,
  offsetBehind,
  together,
  type ItemEdit,
} from './item-edits.ts'
import type { ItemsFeed } from './items-feed.ts'
import type { Ledger } from './ledger.ts'
import type { OverlapFeed } from './overlap-feed.ts'
import type { StoredChange } from './untold-changes.ts'

/** What an analysis has found and stored, on the node that did so. */
export interface ItemsChange {
  readonly projectId: ProjectId
  readonly epoch: number
  /** Counts the analyses of the project that changed something. */
  readonly revision: number
  /** All current ones in document order. Made when first asked for, which a listener does before it returns, or not at all. */
  readonly items: readonly Item[]
  /** The same as the rules read them. Made when asked for, which a listener does before it returns. */
  readonly statements: readonly ItemStatement[]
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

/** Of several items one stays, perhaps with other words. */
export interface KeptItem {
  keepId: string
  text?: string | undefined
  /** They are superseded by it. */
  removeIds: readonly string[]
}

export interface SpecItemsOptions {
  registry: DocumentRegistry
  documents: Pick<DocumentsStore, 'load'>
  store: ItemsStore
  feed: ItemsFeed
  overlaps: OverlapFeed
  log: Log
  metrics: Metrics
  timing?: Partial<AnalysisTiming>
}

/** Tries to find an item whose edit met others' edits. */
const maxLooks = 5

/**
 * INVARIANTS: what listeners are told is stored. Analysis follows the documents and is waited for by nobody who types. Errors of all
 * that ask: not_found, store_unavailable, overloaded.
 */
export class SpecItems implements Service {
  readonly name = 'spec-items'
  readonly #feed: ItemsFeed
  readonly #followed: FollowedDocuments
  readonly #listeners = new Set<ItemsListener>()

  constructor({ feed, overlaps, timing = {}, ...options }: SpecItemsOptions) {
    this.#feed = feed
    this.#followed = new FollowedDocuments({
      ...options,
      timing,
      onStored: (followed, stored) => this.#tell(followed, stored),
      onOverlap: ({ document }, { itemId: id, number, text, kind, userIds }) =>
        overlaps.tell({ projectId: document.projectId, kind, item: { id, number, ref: itemRef(number), text }, userIds: [...userIds] }),
    })
  }

  /** Calls `listener` after each analysis that changed something, until the returned function is called. */
  onChange(listener: ItemsListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows a document that was opened, until it is closed. */
  follow(document: OpenDocument): void {
    this.#followed.follow(document)
  }

  /** All current items in document order, of the text as it is at the time of the call. */
  current(projectId: ProjectId): Promise<readonly Item[]> {
    return this.#followed.with(projectId, async ({ items }) => (await items.read()).items)
  }

  /** The same, with the text that they stand in and the revision they are of. */
  read(projectId: ProjectId): Promise<ReadItems> {
    return this.#followed.with(projectId, ({ items }) => items.read())
  }

  /** What somebody marked as `[NEEDS CLARIFICATION: …]`, in the order of the text. */
  gaps(projectId: ProjectId): Promise<readonly Gap[]> {
    return this.#followed.with(projectId, ({ items }) => items.readText(({ ledger }) => ledger.outline.gaps))
  }

  /** All current items as the rules read them, and the revision that they are of. */
  statements(projectId: ProjectId): Promise<{ revision: number; statements: readonly ItemStatement[] }> {
    return this.#followed.with(projectId, async ({ items }) => {
      await items.analyse({ isFresh: true })
      return { revision: items.revision, statements: items.statements() }
    })
  }

  /** Adds an item at the end of its category, as an edit of the text. Errors: item_not_writable, document_full, stale_epoch. */
  add(author: Author, projectId: ProjectId, { category, text, ...given }: AddedItem): Promise<Item> {
    const wanted = { category, text: itemWords(text), externalId: null, checked: null }
    return this.#followed.with(projectId, async (followed) => {
      const { done, char } = await followed.items.readText(({ ledger }) => edit(followed, author, editToAdd(ledger.outline, wanted), given))
      await done
      return find(followed.items, char)
    })
  }

  /** Changes what an item says, its category, or how sure it is: a person's words and `confirmed` make that 1. Errors as those of `add`. */
  change(author: Author, projectId: ProjectId, itemId: string, { text, category, confirmed }: ItemPatch): Promise<Item> {
    return this.#followed.with(projectId, async (followed) => {
      const { items } = followed
      await items.analyse({ isFresh: true })
      const words = text === undefined ? undefined : itemWords(text)
      const edited = await items.readText(({ ledger }) => {
        const made = editToChange(ledger, itemId, { category, text: words })
        return made && edit(followed, author, made, { id: itemId }, placeOf(ledger, itemId).from)
      })
      await edited?.done
      if (confirmed === true || words !== undefined) await items.confirm(itemId)
      return itemOf(items, itemId)
    })
  }

  /** Leaves one of several items and takes out the others, all in one edit. Errors as those of `add`. */
  keepOne(author: Author, projectId: ProjectId, { keepId, text, removeIds }: KeptItem): Promise<Item> {
    return this.#followed.with(projectId, async (followed) => {
      const { items } = followed
      await items.analyse({ isFresh: true })
      const words = text === undefined ? undefined : itemWords(text)
      const forget = items.announceHeir(removeIds, keepId)
      try {
        const edited = await items.readText(({ ledger }) => {
          const { from } = placeOf(ledger, keepId)
          const reworded = editToChange(ledger, keepId, { category: undefined, text: words })
          const removals = removeIds.map((id) => editToRemove(ledger.outline, placeOf(ledger, id)))
          // It is the one that is left, though its words may now be those of another.
          return edit(followed, author, together(reworded ? [reworded, ...removals] : removals), { id: keepId }, from)
        })
        await edited.done
      } finally {
        forget()
      }
      if (words !== undefined) await items.confirm(keepId)
      return itemOf(items, keepId)
    })
  }

  /** Takes an item out of the text; it can still be read. Errors: document_full, stale_epoch. */
  remove(author: Author, projectId: ProjectId, itemId: string): Promise<void> {
    return this.#followed.with(projectId, async (followed) => {
      await followed.items.analyse({ isFresh: true })
      const { done } = await followed.items.readText(({ ledger }) =>
        edit(followed, author, editToRemove(ledger.outline, placeOf(ledger, itemId)), {}),
      )
      await done
    })
  }

  /** Keeps a question and its answer in the text, as an edit of who answered. Errors: item_not_writable, document_full, stale_epoch. */
  clarify(author: Author, projectId: ProjectId, clarification: Clarification): Promise<void> {
    return this.#followed.with(projectId, async ({ document, items }) => {
      // In the same turn as the last look at the text, so that nobody's words are in its way.
      const { done } = await items.readText(({ ledger }) => ({
        done: editFor(document, author, [editToClarify(ledger.outline, clarification)]),
      }))
      await done
    })
  }

  stop(): Promise<void> {
    return this.#followed.stop()
  }

  #tell({ document, items }: Followed, stored: StoredChange): void {
    const { projectId, epoch } = document.live
    let shown: Item[] | undefined
    const present = () => (shown ??= items.present())
    this.#feed.tell(projectId, stored, present)
    if (stored.changed.size + stored.gone.size === 0) return
    const change: ItemsChange = {
      projectId,
      epoch,
      revision: stored.revision,
      get items() {
        return present()
      },
      get statements() {
        return items.statements()
      },
      changed: [...stored.changed],
      gone: [...stored.gone],
      authorIds: [...stored.authorIds],
    }
    for (const listener of this.#listeners) listener(change)
  }
}

async function itemOf(items: DocumentItems, itemId: string): Promise<Item> {
  const item = (await items.read()).items.find(({ id }) => id === itemId)
  if (item === undefined) throw new AppError('not_found')
  return item
}

function placeOf(ledger: Ledger, itemId: string) {
  const item = ledger.items[ledger.ids.indexOf(itemId)]
  if (item === undefined) throw new AppError('not_found')
  return item
}

/** Null when the item is so already. */
function editToChange(ledger: Ledger, itemId: string, { category, text }: Pick<ItemPatch, 'category' | 'text'>): ItemEdit | null {
  const item = placeOf(ledger, itemId)
  const wanted = { category: category ?? item.category, text: text ?? item.text }
  if (wanted.category !== item.category) return editToMove(ledger.outline, item, wanted)
  return wanted.text === item.text ? null : editToReword(ledger.outline, item, wanted.text)
}

/**
 * Makes an edit at once. `done` resolves after COMMIT, and once the item that it brings, or that stands at `keptFrom` before it, is stored
 * with what is `given` of it; `char` is that item's first.
 */
function edit({ document, items }: Followed, author: Author, made: ItemEdit, given: Omit<Announced, 'char'>, keptFrom?: number) {
  const { doc, text } = document.live
  const before = charBefore(made)
  const brought = before === null ? null : { client: doc.clientID, clock: Y.getState(doc.store, doc.clientID) + before }
  const committed = editFor(document, author, made.edits)
  const kept = keptFrom === undefined ? null : charsAt(text, [offsetBehind(made, keptFrom)])[0]
  const char = brought ?? kept ?? null
  const forget = char === null ? () => undefined : items.announce({ ...given, char })
  return { done: committed.then(() => items.analyse()).finally(forget), char }
}

/** The item that begins with a character that was just put there. */
async function find(items: DocumentItems, char: CharId | null): Promise<Item> {
  for (let look = 0; char !== null && look < maxLooks; look++) {
    const item = await items.itemAt(char)
    if (item !== null) return item
    await items.analyse()
  }
  // Somebody took it out again.
  throw new AppError('not_found')
}
