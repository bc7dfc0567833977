// The items of one open document on this node: follows its text, finds which item is which, and stores what changed.

import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { LiveDocument } from '../documents/live-document.ts'
import type { AnalysedText, ItemRow, ItemsHead, ItemsStore } from '../store/items-store.ts'
import { analysedText, holdsAll, isOfNow } from './analysed-text.ts'
import { offsetsOf, type CharId } from './anchors.ts'
import { Authors } from './authors.ts'
import { FollowedText, type OutlineReader } from './followed-text.ts'
import { Identities, type Announced } from './identities.ts'
import { inSlices } from './in-slices.ts'
import { saysTheSame } from './item-content.ts'
import { KnownItems } from './known-items.ts'
import type { Ledger } from './ledger.ts'
import { indexAt, placeRows } from './place-rows.ts'
import { ItemPresenter } from './item-presenter.ts'
import { UntoldChanges, type StoredChange } from './untold-changes.ts'
import { unstored, type Unstored } from './unstored.ts'

export interface DocumentItemsOptions {
  live: LiveDocument
  store: ItemsStore
  outlines: OutlineReader
  /** Takes into the replica what PostgreSQL holds of the document. */
  absorb: () => Promise<void>
  /** Told what was stored; asks for the items only before it returns. */
  onStored: (stored: StoredChange) => void
}

/** A text and its items. */
export interface ReadItems {
  readonly markdown: string
  readonly epoch: number
  readonly revision: number
  readonly items: readonly Item[]
}

/** An item with what the grammar says about its words. */
export interface ItemStatement {
  readonly id: string
  readonly number: number
  readonly text: string
  /** Where a lead-in ends in the text; 0 without one. */
  readonly bodyFrom: number
  readonly key: string
  readonly category: string
  readonly headings: readonly string[]
  /** When its words changed last. */
  readonly updatedAt: Date
}

/** The outline of a text as it is now, and which item is which. */
export interface TextNow {
  readonly ledger: Ledger
  readonly text: Y.Text
}

/** Others write at the same time; each try is made from what they have stored. */
const maxTries = 20
const rowsInPage = 2_000
/** What another node has analysed and this one has not heard of is waited for, then read from PostgreSQL. */
const peerWaitMs = 50
const maxPeerWaits = 10

/**
 * INVARIANTS: a write is made from the stored revision and from a text that holds all that the stored items were found in, so a result
 * that is older never replaces one. Numbers come from the write alone. One thing at a time. Errors of all that return a promise:
 * store_unavailable, overloaded, stale_epoch, draining.
 */
export class DocumentItems {
  readonly #options: DocumentItemsOptions
  readonly #authors: Authors
  readonly #known = new KnownItems()
  readonly #identities: Identities
  readonly #presenter = new ItemPresenter()
  readonly #untold = new UntoldChanges()
  #followed: FollowedText | undefined
  #head: ItemsHead = { epoch: 0, revision: 0, analysed: null }
  /** Items whose row was just read, and may not be what the text says. */
  readonly #suspects = new Set<string>()
  #queue: Promise<unknown> = Promise.resolve()
  #nextRead: Promise<ReadItems> | undefined
  /** Whether the last analysis has come to its end. */
  #isStored = false
  #isStopped = false

  constructor(options: DocumentItemsOptions) {
    const { live, store } = options
    this.#options = options
    this.#authors = new Authors(live.doc.clientID, Y.getState(live.doc.store, live.doc.clientID))
    this.#identities = new Identities({ projectId: live.projectId, store, known: this.#known })
  }

  /** Notes whose an update of the document was. */
  note(update: Uint8Array, origin: Origin): void {
    const { doc } = this.#options.live
    for (const userId of this.#authors.note(update, origin, Y.getState(doc.store, doc.clientID))) this.#untold.authorIds.add(userId)
  }

  /** For how long nothing should be analysed after the last time, since its text is read as a whole. */
  get restMs(): number {
    return this.#followed?.restMs ?? 0
  }

  /** Counts the writes that changed something; that of what this node has seen last. */
  get revision(): number {
    return this.#head.revision
  }

  stop(): void {
    this.#isStopped = true
    this.#followed?.stop()
  }

  /** Analyses what has changed; `isFresh` looks first at what others have stored. */
  analyse({ isFresh = false } = {}): Promise<void> {
    return this.#inTurn(() => this.#analyse(isFresh))
  }

  /** Analyses, and gives all items in the order of the text, and the text that they stand in. All who ask before it begins share one. */
  read(): Promise<ReadItems> {
    this.#nextRead ??= this.#inTurn(() => {
      this.#nextRead = undefined
      return this.#read()
    })
    return this.#nextRead
  }

  /** All that are stored, in the order of the text as it was analysed last. */
  present(): Item[] {
    return this.#followed ? this.#presenter.present(this.#followed.ledger, this.#known) : []
  }

  /** All that are stored, as the rules read them. */
  statements(): ItemStatement[] {
    const { ids = [], items = [] } = this.#followed?.ledger ?? {}
    return items.flatMap(({ text, bodyFrom, key, category, headings }, index) => {
      const row = this.#known.get(ids[index] ?? '')
      return row?.status === 'current'
        ? [{ id: row.id, number: row.number, text, bodyFrom, key, category, headings, updatedAt: row.updatedAt }]
        : []
    })
  }

  /** Brings the outline up to the text as it is now and hands both over, before anything else can change. */
  readText<T>(read: (now: TextNow) => T): Promise<T> {
    return this.#inTurn(async () => {
      const ledger = await (await this.#load()).follow()
      return read({ ledger, text: this.#options.live.text })
    })
  }

  /** Says what is known of an item that the server is about to put into the text, until the returned function is called. */
  announce(announced: Announced): () => void {
    return this.#identities.announce(announced)
  }

  /** Says that items are about to be taken out in favour of another, until the returned function is called. */
  announceHeir(ids: readonly string[], heirId: string): () => void {
    const forgets = ids.map((id) => this.#identities.announceHeir(id, heirId))
    return () => {
      for (const forget of forgets) forget()
    }
  }

  /** The item that stands at a character; null when none that is stored does. */
  itemAt(char: CharId): Promise<Item | null> {
    return this.readText(({ ledger, text }) => {
      const [offset] = offsetsOf(text, [char])
      const id = ledger.ids[indexAt(ledger.items, offset ?? -1)]
      return this.present().find((item) => item.id === id) ?? null
    })
  }

  /** Says that a person stands by an item as it is. Errors: not_found. */
  confirm(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const followed = await this.#load()
      for (let tries = 0; tries < maxTries; tries++) {
        const row = this.#known.get(id)
        if (row === undefined) throw new AppError('not_found')
        if (row.confidence === 1) return
        if (await this.#write({ added: [], changed: [{ ...row, confidence: 1 }] }, this.#head.analysed)) {
          this.#tell()
          return
        }
        await this.#learn(followed)
      }
      throw new AppError('overloaded')
    })
  }

  /** Whether nobody has analysed the text as it is now. Where it was this node, without finding anything to store, that is noted. */
  isLeftOver(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { live, store } = this.#options
      const stored = await store.head(live.projectId)
      if (isOfNow(stored, live)) return false
      if (!this.#isStored || this.#followed?.isCurrent !== true || stored.revision !== this.#head.revision) return true
      if (stored.revision > 0 && stored.epoch === live.epoch) await this.#noteAnalysed(analysedText(live))
      return false
    })
  }

  async #read(): Promise<ReadItems> {
    await this.#analyse(true)
    const ledger = await (await this.#load()).follow()
    const { live } = this.#options
    // In the same turn as the last look at the text.
    const items = this.#presenter.presentInSteps(ledger, this.#known)
    const read = { markdown: live.text.toString(), epoch: live.epoch, revision: this.#head.revision }
    return { ...read, items: await inSlices(items) }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => {
      if (this.#isStopped) throw new AppError('draining')
      return work()
    })
    this.#queue = result.catch((error: unknown) => {
      // Anything else may have lost an edit half-way: the text is read anew.
      if (!(error instanceof AppError)) this.#forgetText()
    })
    return result
  }

  #forgetText(): void {
    this.#followed?.stop()
    this.#followed = undefined
  }

  async #load(): Promise<FollowedText> {
    if (this.#followed) return this.#followed
    const { live, store, outlines } = this.#options
    const head = await store.head(live.projectId)
    const rows = head.revision === 0 ? [] : await this.#currentRows()
    const followed = await FollowedText.read(live, outlines)
    this.#followed = followed
    try {
      await this.#take(followed, { head, rows })
      // Whatever was typed since they were stored.
      for (const { id } of rows) this.#suspects.add(id)
      return followed
    } catch (error) {
      this.#forgetText()
      throw error
    }
  }

  /** In pages, each of which is read in a moment. What is written meanwhile has a later revision, and is learned of by that. */
  async #currentRows(): Promise<ItemRow[]> {
    const { live, store } = this.#options
    const rows: ItemRow[] = []
    for (;;) {
      const page = await store.currentPage(live.projectId, rows.at(-1)?.number ?? 0, rowsInPage)
      for (const row of page) rows.push(row)
      if (page.length < rowsInPage) return rows
    }
  }

  /** Takes what others have stored since. */
  async #learn(followed: FollowedText): Promise<void> {
    const { live, store } = this.#options
    const stored = await store.since(live.projectId, this.#head.revision)
    for (const row of stored.rows) {
      const before = this.#known.get(row.id)
      if (row.status === 'superseded' ? before : !before || !saysTheSame(before, row)) this.#untold.note(row)
    }
    await this.#take(followed, stored)
  }

  async #take(followed: FollowedText, { head, rows }: { head: ItemsHead; rows: readonly ItemRow[] }): Promise<void> {
    const { live } = this.#options
    this.#head = head
    if (head.epoch > live.epoch) throw new AppError('stale_epoch')
    await this.#catchUp()
    if (rows.length === 0) return
    const ledger = await followed.follow()
    await inSlices(placeRows({ ledger, text: live.text, known: this.#known }, rows))
  }

  /** Waits until this replica holds what the stored items were found in. */
  async #catchUp(): Promise<void> {
    const { live, absorb } = this.#options
    for (let waits = 0; !holdsAll(this.#head, live); waits++) {
      // What was never committed, and went with the node that had it, is nowhere: then this replica is as far as any.
      if (waits > maxPeerWaits) return
      if (waits === maxPeerWaits) await absorb()
      else await wait(peerWaitMs)
    }
  }

  async #analyse(isFresh: boolean): Promise<void> {
    const isNew = this.#followed === undefined
    const followed = await this.#load()
    if (isFresh && !isNew) await this.#learn(followed)
    for (let tries = 0; tries < maxTries; tries++) {
      const isOtherEpoch = this.#head.epoch !== this.#options.live.epoch
      const chars = await followed.firstChars((id) => id === null || isOtherEpoch || this.#suspects.has(id) || !this.#known.get(id))
      // In the same turn as the last look at the text: state and characters are of it.
      const analysed = analysedText(this.#options.live)
      this.#isStored = false
      await this.#identities.identify(followed.ledger, chars, this.#head.revision > 0)
      if (await this.#store(followed.ledger, chars, analysed)) {
        this.#tell()
        return
      }
      await this.#learn(followed)
    }
    throw new AppError('overloaded')
  }

  /** Writes what is not stored as the text says it; false when another node was first. */
  async #store(ledger: Ledger, chars: ReadonlyMap<number, CharId>, analysed: AnalysedText): Promise<boolean> {
    const options = { ledger, known: this.#known, identities: this.#identities, authors: this.#authors }
    const parts = await inSlices(unstored(options, chars))
    for (const [nth, part] of parts.entries()) {
      if (!(await this.#write(part, nth === parts.length - 1 ? analysed : null))) return false
    }
    for (const id of ledger.displaced.keys()) ledger.forget(id)
    this.#isStored = true
    ledger.clearEdits()
    this.#identities.settle()
    this.#suspects.clear()
    return true
  }

  async #write({ added, changed }: Unstored, analysed: AnalysedText | null): Promise<boolean> {
    const { live, store } = this.#options
    const { projectId, epoch } = live
    const written = await store.write({ projectId, epoch, revision: this.#head.revision, added, changed, analysed })
    if (written === null) return false
    this.#head = { epoch, revision: written.revision, analysed }
    for (const [nth, content] of added.entries()) {
      const row = { ...content, number: written.firstNumber + nth, updatedAt: written.at }
      this.#known.take(row)
      this.#untold.note(row)
    }
    for (const { id, ...content } of changed) {
      const before = this.#known.get(id)
      if (before === undefined) continue
      const row = KnownItems.changed(before, content, written.at)
      this.#known.take(row)
      this.#untold.note(row, saysTheSame(before, content))
    }
    return true
  }

  async #noteAnalysed(analysed: AnalysedText): Promise<void> {
    const { live, store } = this.#options
    await store.noteAnalysed(live.projectId, this.#head.revision, analysed)
    this.#head = { ...this.#head, analysed }
  }

  #tell(): void {
    const told = this.#untold.take(this.#head.revision)
    if (told) this.#options.onStored(told)
  }
}
