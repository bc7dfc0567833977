// The items of one open document on this node: follows its text, finds which item is which, and stores what changed.

import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { LiveDocument } from '../documents/live-document.ts'
import type { AnalysedText, ItemRow, ItemsHead, ItemsStore } from '../store/items-store.ts'
import { analysedText, holdsAll, isOfNow } from './analysed-text.ts'
import { charsAt, offsetsOf, type CharId } from './anchors.ts'
import { Authors } from './authors.ts'
import { Identities, type Announced } from './identities.ts'
import { inSlices } from './in-slices.ts'
import { saysTheSame } from './item-content.ts'
import { KnownItems } from './known-items.ts'
import { Ledger } from './ledger.ts'
import { hasLongStretch, maxStretchUnits } from './long-steps.ts'
import type { OutlineWorkers } from './outline-workers.ts'
import { indexAt, placeRows } from './place-rows.ts'
import { ItemPresenter } from './item-presenter.ts'
import { TextChanges } from './text-changes.ts'
import { UntoldChanges, type StoredChange } from './untold-changes.ts'
import { unstored, type Unstored } from './unstored.ts'

export interface DocumentItemsOptions {
  live: LiveDocument
  store: ItemsStore
  /** Reads in another thread what would hold this one. */
  outlines: Pick<OutlineWorkers, 'read'>
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

/** The outline of a text as it is now, and which item is which. */
export interface TextNow {
  readonly ledger: Ledger
  readonly text: Y.Text
}

/** Others write at the same time; each try is made from what they have stored. */
const maxTries = 20
const rowsInPage = 2_000
const itemsInStep = 1_000
/** What another node has analysed and this one has not heard of is waited for, then read from PostgreSQL. */
const peerWaitMs = 50
const maxPeerWaits = 10
/** A text that is read as a whole takes half of the other thread's time at most. */
const workerRestFactor = 1

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
  #loaded: { ledger: Ledger; changes: TextChanges } | undefined
  #head: ItemsHead = { epoch: 0, revision: 0, analysed: null }
  /** Items whose row was just read, and may not be what the text says. */
  readonly #suspects = new Set<string>()
  #queue: Promise<unknown> = Promise.resolve()
  #nextRead: Promise<ReadItems> | undefined
  /** Whether the last analysis has come to its end. */
  #isStored = false
  #restMs = 0
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
    return this.#restMs
  }

  /** Counts the writes that changed something; that of what this node has seen last. */
  get revision(): number {
    return this.#head.revision
  }

  stop(): void {
    this.#isStopped = true
    this.#loaded?.changes.stop()
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
    return this.#loaded ? this.#presenter.present(this.#loaded.ledger, this.#known) : []
  }

  /** Brings the outline up to the text as it is now and hands both over, before anything else can change. */
  readText<T>(read: (now: TextNow) => T): Promise<T> {
    return this.#inTurn(async () => {
      await this.#load()
      const ledger = await this.#follow()
      return read({ ledger, text: this.#options.live.text })
    })
  }

  /** Says what is known of an item that the server is about to put into the text, until the returned function is called. */
  announce(announced: Announced): () => void {
    return this.#identities.announce(announced)
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
      await this.#load()
      for (let tries = 0; tries < maxTries; tries++) {
        const row = this.#known.get(id)
        if (row === undefined) throw new AppError('not_found')
        if (row.confidence === 1) return
        if (await this.#write({ added: [], changed: [{ ...row, confidence: 1 }] }, this.#head.analysed)) {
          this.#tell()
          return
        }
        await this.#learn()
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
      if (!this.#isStored || this.#loaded?.changes.isEmpty !== true || stored.revision !== this.#head.revision) return true
      if (stored.revision > 0 && stored.epoch === live.epoch) await this.#noteAnalysed(analysedText(live))
      return false
    })
  }

  async #read(): Promise<ReadItems> {
    await this.#analyse(true)
    const ledger = await this.#follow()
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
    this.#queue = result.catch(() => undefined)
    return result
  }

  async #load(): Promise<void> {
    if (this.#loaded) return
    const { live, store, outlines } = this.#options
    const head = await store.head(live.projectId)
    const rows: ItemRow[] = []
    // What is written meanwhile has a later revision, and is learned of by that.
    for (let page: ItemRow[] | undefined; head.revision > 0 && (page === undefined || page.length === rowsInPage);) {
      page = await store.currentPage(live.projectId, rows.at(-1)?.number ?? 0, rowsInPage)
      rows.push(...page)
    }
    // Text and changes from one moment on.
    const changes = new TextChanges(live.doc, live.text)
    try {
      const markdown = live.text.toString()
      const ledger = hasLongStretch(markdown) ? Ledger.of(await outlines.read(markdown)) : await inSlices(Ledger.read(markdown))
      this.#loaded = { ledger, changes }
      await this.#take({ head, rows })
      // Whatever was typed since they were stored.
      for (const { id } of rows) this.#suspects.add(id)
    } catch (error) {
      changes.stop()
      this.#loaded = undefined
      throw error
    }
  }

  /** Takes what others have stored since. */
  async #learn(): Promise<void> {
    const { live, store } = this.#options
    const stored = await store.since(live.projectId, this.#head.revision)
    for (const row of stored.rows) {
      const before = this.#known.get(row.id)
      if (row.status === 'superseded' ? before : !before || !saysTheSame(before, row)) this.#untold.note(row)
    }
    await this.#take(stored)
  }

  async #take({ head, rows }: { head: ItemsHead; rows: readonly ItemRow[] }): Promise<void> {
    const { live } = this.#options
    this.#head = head
    if (head.epoch > live.epoch) throw new AppError('stale_epoch')
    await this.#catchUp()
    if (rows.length === 0) return
    const ledger = await this.#follow()
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

  /** Brings the ledger up to the text as it is now; nothing has changed since when it resolves. */
  async #follow(): Promise<Ledger> {
    if (this.#loaded === undefined) throw new Error('the items were not loaded')
    const { ledger, changes } = this.#loaded
    const { live, outlines } = this.#options
    while (!changes.isEmpty) {
      const edits = changes.take()
      const isLong = ledger.outline.longestPiece > maxStretchUnits || edits.some(({ insert }) => hasLongStretch(insert))
      // One edit is all that is needed of a text that may be large.
      const text = isLong || edits.length > 1 ? live.text.toString() : ''
      const startedMs = performance.now()
      if (isLong) {
        ledger.replace(await outlines.read(text), edits)
        this.#restMs = workerRestFactor * (performance.now() - startedMs)
      } else {
        this.#restMs = 0
        await inSlices(ledger.update(edits, text))
      }
    }
    return ledger
  }

  async #analyse(isFresh: boolean): Promise<void> {
    const isNew = this.#loaded === undefined
    await this.#load()
    if (isFresh && !isNew) await this.#learn()
    for (let tries = 0; tries < maxTries; tries++) {
      const { ledger, wanted } = await this.#followWithWanted()
      // In the same turn as the last look at the text: state and characters are of it.
      const analysed = analysedText(this.#options.live)
      const chars = firstCharsOf(ledger, wanted, this.#options.live.text)
      this.#isStored = false
      await this.#identities.identify(ledger, chars, this.#head.revision > 0)
      if (await this.#store(ledger, chars, analysed)) {
        this.#tell()
        return
      }
      await this.#learn()
    }
    throw new AppError('overloaded')
  }

  /** Brings the ledger up to the text, as `follow`, and gives the indexes of the items whose row may have to be written. */
  async #followWithWanted(): Promise<{ ledger: Ledger; wanted: readonly number[] }> {
    for (;;) {
      const ledger = await this.#follow()
      const wanted = await inSlices(this.#wanted(ledger))
      if (this.#loaded?.changes.isEmpty === true) return { ledger, wanted }
    }
  }

  *#wanted(ledger: Ledger): Generator<void, number[]> {
    const isOtherEpoch = this.#head.epoch !== this.#options.live.epoch
    const edited = ledger.editedItems()
    const wanted: number[] = []
    for (const [index, id] of ledger.ids.entries()) {
      if (index % itemsInStep === itemsInStep - 1) yield
      if (id === null || isOtherEpoch || edited.has(index) || this.#suspects.has(id) || !this.#known.get(id)) wanted.push(index)
    }
    return wanted
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

/** The first characters of items by their index, which ascend. */
function firstCharsOf(ledger: Ledger, indexes: readonly number[], text: Y.Text): Map<number, CharId> {
  const found = charsAt(
    text,
    indexes.map((index) => ledger.items[index]?.from ?? 0),
  )
  const chars = new Map<number, CharId>()
  for (const [nth, index] of indexes.entries()) {
    const char = found[nth]
    if (char) chars.set(index, char)
  }
  return chars
}
