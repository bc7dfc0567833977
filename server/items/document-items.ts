// The items of one open document on this node: follows its text, finds which item is which, and stores what changed.

import type * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { LiveDocument } from '../documents/live-document.ts'
import type { AnalysedText, ItemsStore } from '../store/items-store.ts'
import { analysedText, isOfNow } from './analysed-text.ts'
import { offsetsOf, type CharId } from './anchors.ts'
import { Authors } from './authors.ts'
import { FollowedText, type OutlineReader } from './followed-text.ts'
import { Identities, type Announced } from './identities.ts'
import { inSlices } from './in-slices.ts'
import type { Ledger } from './ledger.ts'
import { Overlaps, type Overlap } from './overlaps.ts'
import { indexAt } from './place-rows.ts'
import { ItemPresenter } from './item-presenter.ts'
import { StoredItems } from './stored-items.ts'
import type { StoredChange } from './untold-changes.ts'
import { unstored } from './unstored.ts'

export interface DocumentItemsOptions {
  live: LiveDocument
  store: ItemsStore
  outlines: OutlineReader
  /** Takes into the replica what PostgreSQL holds of the document. */
  absorb: () => Promise<void>
  /** Told what was stored; asks for the items only before it returns. */
  onStored: (stored: StoredChange) => void
  /** Told who edits the same item at once, perhaps again and again while they do. */
  onOverlap: (overlap: MetOverItem) => void
}

/** A text and its items. */
export interface ReadItems {
  readonly markdown: string
  readonly epoch: number
  readonly revision: number
  readonly items: readonly Item[]
}

/** People who have met over an item, as it is, or as it was. */
export interface MetOverItem extends Overlap {
  readonly number: number
  readonly text: string
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

/** INVARIANT: one thing at a time. Errors of all that return a promise: store_unavailable, overloaded, stale_epoch, draining. */
export class DocumentItems {
  readonly #options: DocumentItemsOptions
  readonly #authors = new Authors()
  readonly #overlaps = new Overlaps()
  readonly #stored: StoredItems
  readonly #identities: Identities
  readonly #presenter = new ItemPresenter()
  #followed: FollowedText | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #nextRead: Promise<ReadItems> | undefined
  /** Whether the last analysis has come to its end. */
  #isStored = false
  #isStopped = false

  constructor(options: DocumentItemsOptions) {
    this.#options = options
    this.#stored = new StoredItems(options)
    this.#identities = new Identities({ projectId: options.live.projectId, store: options.store, known: this.#stored.known })
  }

  /** Notes whose an update of the document was. */
  note(update: Uint8Array, origin: Origin): void {
    for (const userId of this.#authors.note(update, origin)) this.#stored.untold.authorIds.add(userId)
    this.#overlaps.note(update, origin)
  }

  /** For how long nothing should be analysed after the last time, since its text is read as a whole. */
  get restMs(): number {
    return this.#followed?.restMs ?? 0
  }

  /** Counts the writes that changed something; that of what this node has seen last. */
  get revision(): number {
    return this.#stored.head.revision
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
    return this.#followed ? this.#presenter.present(this.#followed.ledger, this.#stored.known) : []
  }

  /** All that are stored, as the rules read them. */
  statements(): ItemStatement[] {
    const { ids = [], items = [] } = this.#followed?.ledger ?? {}
    return items.flatMap(({ text, bodyFrom, key, category, headings }, index) => {
      const row = this.#stored.known.get(ids[index] ?? '')
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
        const row = this.#stored.known.get(id)
        if (row === undefined) throw new AppError('not_found')
        if (row.confidence === 1) return
        if (await this.#stored.write({ added: [], changed: [{ ...row, confidence: 1 }] }, this.#stored.head.analysed)) {
          this.#tell()
          return
        }
        await this.#stored.learn(followed)
      }
      throw new AppError('overloaded')
    })
  }

  /**
   * Whether nobody has analysed the text as it is now. What another node has stored is learned and told here, since that may have ended
   * before it told it; where it was this node, without finding anything to store, that is noted.
   */
  isLeftOver(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { live, store } = this.#options
      const stored = await store.head(live.projectId)
      if (isOfNow(stored, live)) {
        if (this.#followed && stored.revision !== this.revision) {
          await this.#stored.learn(this.#followed)
          this.#tell()
        }
        return false
      }
      if (!this.#isStored || this.#followed?.isCurrent !== true || stored.revision !== this.revision) return true
      if (stored.revision > 0 && stored.epoch === live.epoch) await this.#stored.noteAnalysed()
      return false
    })
  }

  async #read(): Promise<ReadItems> {
    await this.#analyse(true)
    const ledger = await (await this.#load()).follow()
    const { live } = this.#options
    // In the same turn as the last look at the text.
    const items = this.#presenter.presentInSteps(ledger, this.#stored.known)
    const read = { markdown: live.text.toString(), epoch: live.epoch, revision: this.revision }
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
    const { live, outlines } = this.#options
    try {
      return await this.#stored.load(async () => (this.#followed = await FollowedText.read(live, outlines)))
    } catch (error) {
      this.#forgetText()
      throw error
    }
  }

  async #analyse(isFresh: boolean): Promise<void> {
    const isNew = this.#followed === undefined
    const followed = await this.#load()
    if (isFresh && !isNew) await this.#stored.learn(followed)
    for (let tries = 0; tries < maxTries; tries++) {
      const isOtherEpoch = this.#stored.head.epoch !== this.#options.live.epoch
      const chars = await followed.firstChars(
        (id) => id === null || isOtherEpoch || this.#stored.suspects.has(id) || !this.#stored.known.get(id),
      )
      // In the same turn as the last look at the text: state and characters are of it.
      const analysed = analysedText(this.#options.live)
      this.#overlaps.locate(followed.ledger, this.#options.live.text)
      this.#isStored = false
      await this.#identities.identify(followed.ledger, chars, this.#stored.head.revision > 0)
      if (await this.#store(followed.ledger, chars, analysed)) {
        this.#tell(followed.ledger)
        return
      }
      await this.#stored.learn(followed)
    }
    throw new AppError('overloaded')
  }

  /** Writes what is not stored as the text says it; false when another node was first. */
  async #store(ledger: Ledger, chars: ReadonlyMap<number, CharId>, analysed: AnalysedText): Promise<boolean> {
    const options = { ledger, known: this.#stored.known, identities: this.#identities, authors: this.#authors }
    const parts = await inSlices(unstored(options, chars))
    for (const [nth, part] of parts.entries()) {
      if (!(await this.#stored.write(part, nth === parts.length - 1 ? analysed : null))) return false
    }
    for (const id of ledger.displaced.keys()) ledger.forget(id)
    this.#isStored = true
    ledger.clearEdits()
    this.#identities.settle()
    this.#stored.suspects.clear()
    return true
  }

  #tell(ledger?: Ledger): void {
    const { live, onStored, onOverlap } = this.#options
    const { known, untold, head } = this.#stored
    const told = untold.take(head.revision)
    if (told) onStored(told)
    if (ledger === undefined) return
    const gone = [...(told?.gone ?? [])].flatMap((id) => known.gone.get(id)?.row ?? [])
    for (const overlap of this.#overlaps.settle(ledger, live.text, gone)) {
      const row = known.get(overlap.itemId) ?? known.gone.get(overlap.itemId)?.row
      if (row) onOverlap({ ...overlap, number: row.number, text: row.text })
    }
  }
}
