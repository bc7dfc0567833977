// The items of one open document on this node: follows its text, finds which item is which, and stores what changed.

import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import type { UserId } from '../../shared/ids.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { LiveDocument } from '../documents/live-document.ts'
import type { AnalysedText, ItemContent, ItemRow, ItemsHead, ItemsStore } from '../store/items-store.ts'
import { charsAt, decodeAnchor, encodeAnchor, offsetsOf, type CharId } from './anchors.ts'
import { Authors } from './authors.ts'
import { inSlices } from './in-slices.ts'
import { firstContent, nextContent, presentItem, saysTheSame, type Provenance } from './item-content.ts'
import { KnownItems } from './known-items.ts'
import { Ledger } from './ledger.ts'
import { matchItems, type FreshItem, type LostItem } from './match-items.ts'
import { TextChanges } from './text-changes.ts'

export interface DocumentItemsOptions {
  live: LiveDocument
  store: ItemsStore
  /** Takes into the replica what PostgreSQL holds of the document. */
  absorb: () => Promise<void>
  onStored: (stored: StoredChange) => void
}

/** What an analysis has stored, or learned of others'. */
export interface StoredChange {
  revision: number
  /** Ids of items that are new or say something else. */
  changed: ReadonlySet<string>
  /** Ids of items whose place is held by another character. */
  moved: ReadonlySet<string>
  gone: ReadonlySet<string>
  authorIds: ReadonlySet<UserId>
}

/** What the server has put into the text and knows more of than the text says; `id` when it is an item that is known. */
export interface Announced extends Provenance {
  char: CharId
  id?: string | undefined
}

const rowsInWrite = 500
/** Others write at the same time; each try is made from what they have stored. */
const maxTries = 20
/** What another node has analysed and this one has not heard of is waited for, then read from PostgreSQL. */
const peerWaitMs = 50
const maxPeerWaits = 10

/**
 * INVARIANTS: a write is made from the stored revision and from a text that holds all that the stored items were found in, so a result
 * that is older never replaces one. Numbers come from the write alone. One analysis at a time.
 */
export class DocumentItems {
  readonly #options: DocumentItemsOptions
  readonly #authors: Authors
  readonly #known = new KnownItems()
  readonly #announced = new Set<Announced>()
  #loaded: { ledger: Ledger; changes: TextChanges } | undefined
  #head: ItemsHead = { epoch: 0, revision: 0, analysed: null }
  /** Known items whose row may no longer be what the text says. */
  #suspects = new Set<string>()
  #untold = { changed: new Set<string>(), moved: new Set<string>(), gone: new Set<string>(), authorIds: new Set<UserId>() }
  /** Of items that lost their place: those that have it. */
  readonly #successors = new Map<string, string>()
  #queue: Promise<unknown> = Promise.resolve()
  #isStopped = false

  constructor(options: DocumentItemsOptions) {
    const { doc } = options.live
    this.#options = options
    this.#authors = new Authors(doc.clientID, Y.getState(doc.store, doc.clientID))
  }

  /** Notes whose an update of the document was. */
  note(origin: Origin): void {
    const { doc } = this.#options.live
    for (const userId of this.#authors.note(origin, Y.getState(doc.store, doc.clientID))) this.#untold.authorIds.add(userId)
  }

  /** Whether the stored items are of the text as it is now, by what is known here. */
  get isAnalysed(): boolean {
    const { analysed, epoch } = this.#head
    return this.#loaded?.changes.isEmpty === true && analysed !== null && epoch === this.#options.live.epoch && this.#isNow(analysed)
  }

  stop(): void {
    this.#isStopped = true
    this.#loaded?.changes.stop()
  }

  /** Whether the stored items, asked anew, are of the text as it is now. */
  async isStoredOfNow(): Promise<boolean> {
    const { live, store } = this.#options
    const { analysed, epoch } = await store.head(live.projectId)
    return analysed !== null && epoch === live.epoch && this.#isNow(analysed)
  }

  /** Analyses what has changed; `isFresh` looks first at what others have stored. Errors: store_unavailable, overloaded, stale_epoch. */
  analyse({ isFresh = false } = {}): Promise<void> {
    return this.#inTurn(async () => {
      await this.#load()
      if (isFresh) await this.#learn()
      await this.#analyse()
    })
  }

  /** Notes which text the stored items are of, after edits that changed none of them. */
  noteAnalysed(): Promise<void> {
    return this.#inTurn(async () => {
      const { live, store } = this.#options
      if (this.#loaded?.changes.isEmpty !== true || this.#head.revision === 0 || this.#head.epoch !== live.epoch || this.isAnalysed) return
      const analysed = analysedText(live)
      await store.noteAnalysed(live.projectId, this.#head.revision, analysed)
      this.#head = { ...this.#head, analysed }
    })
  }

  /** Brings the outline up to the text as it is now and hands both over, before anything else can change. */
  async readNow<T>(read: (outline: { ledger: Ledger; text: Y.Text }) => T): Promise<T> {
    return this.#inTurn(async () => {
      await this.#load()
      const ledger = await this.#follow()
      return read({ ledger, text: this.#options.live.text })
    })
  }

  /** Says what is known of an item that the server is about to put into the text, until the returned function is called. */
  announce(announced: Announced): () => void {
    this.#announced.add(announced)
    return () => this.#announced.delete(announced)
  }

  /** Which item stands at a character; null when none that is stored does. */
  async itemAt(char: CharId): Promise<string | null> {
    return this.readNow(({ ledger, text }) => {
      const [offset] = offsetsOf(text, [char])
      const id = offset === null || offset === undefined ? null : (ledger.ids[indexAt(ledger.items, offset)] ?? null)
      return id !== null && this.#known.get(id) ? id : null
    })
  }

  /** All that are stored and in the text, in its order. */
  present(): Item[] {
    const ledger = this.#loaded?.ledger
    if (ledger === undefined) return []
    const { ids, items } = ledger
    const counts = new Map<string, number>()
    for (const { externalId } of items) if (externalId !== null) counts.set(externalId, (counts.get(externalId) ?? 0) + 1)
    return items.flatMap((item, index) => {
      const row = this.#known.get(ids[index] ?? '')
      return row?.status === 'current' ? [presentItem(row, item, (counts.get(row.externalId ?? '') ?? 0) > 1)] : []
    })
  }

  get revision(): number {
    return this.#head.revision
  }

  /** Says that a person stands by an item as it is. */
  async confirm(id: string): Promise<void> {
    await this.#inTurn(async () => {
      await this.#load()
      for (let attempt = 0; attempt < maxTries; attempt++) {
        const row = this.#known.get(id)
        if (row === undefined) throw new AppError('not_found')
        if (row.confidence === 1) return
        if (await this.#write({ added: [], changed: [{ ...row, confidence: 1 }], analysed: this.#head.analysed })) break
        await this.#learn()
      }
      this.#tell()
    })
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
    const { live, store } = this.#options
    const stored = await store.since(live.projectId, 0)
    // Text and changes from one moment on.
    const changes = new TextChanges(live.doc, live.text)
    try {
      const ledger = await inSlices(Ledger.read(live.text.toString()))
      this.#loaded = { ledger, changes }
    } catch (error) {
      changes.stop()
      throw error
    }
    this.#head = stored.head
    await this.#catchUp()
    await this.#place(stored.rows)
  }

  /** Takes what others have stored since. */
  async #learn(): Promise<void> {
    const { live, store } = this.#options
    const { head, rows } = await store.since(live.projectId, this.#head.revision)
    const isSame = head.revision === this.#head.revision
    this.#head = head
    if (isSame && rows.length === 0) return
    await this.#catchUp()
    for (const row of rows) {
      const before = this.#known.get(row.id)
      if (row.status === 'superseded' && before) this.#untold.gone.add(row.id)
      else if (row.status === 'current' && (!before || !saysTheSame(before, row))) this.#untold.changed.add(row.id)
    }
    await this.#place(rows)
  }

  /** Waits until this replica holds what the stored items were found in. */
  async #catchUp(): Promise<void> {
    const { live, absorb } = this.#options
    if (this.#head.epoch > live.epoch) throw new AppError('stale_epoch')
    for (let waits = 0; !this.#holds(this.#head); waits++) {
      // What was never committed, and went with the node that had it, is nowhere: then this replica is as far as any.
      if (waits > maxPeerWaits) return
      if (waits === maxPeerWaits) await absorb()
      else await wait(peerWaitMs)
    }
  }

  #holds({ epoch, analysed }: ItemsHead): boolean {
    const { live } = this.#options
    if (analysed === null || epoch !== live.epoch) return true
    for (const [client, clock] of Y.decodeStateVector(analysed.stateVector)) if (Y.getState(live.doc.store, client) < clock) return false
    return true
  }

  #isNow({ stateVector, units }: AnalysedText): boolean {
    const { live } = this.#options
    return units === live.text.length && Buffer.compare(stateVector, live.stateVector()) === 0
  }

  /** Finds the places of rows that are new here. */
  async #place(rows: readonly ItemRow[]): Promise<void> {
    const ledger = await this.#follow()
    const current = rows.filter(({ status }) => status === 'current')
    // Anchors of another epoch name nothing in this one.
    const anchored = this.#head.epoch === this.#options.live.epoch ? current : []
    const chars = anchored.flatMap(({ id, anchor }) => {
      const char = decodeAnchor(anchor)
      return char === null ? [] : [{ id, char }]
    })
    const offsets = offsetsOf(
      this.#options.live.text,
      chars.map(({ char }) => char),
    )
    const places = new Map<string, number>()
    for (const [index, { id }] of chars.entries()) {
      const offset = offsets[index]
      if (typeof offset === 'number') places.set(id, indexAt(ledger.items, offset))
    }
    const had = new Set(ledger.ids)
    for (const row of rows) {
      this.#known.take(row)
      if (row.status === 'superseded') {
        ledger.forget(row.id)
        // It stands in the text as this replica has it: it is current again.
        if (had.has(row.id)) this.#known.revive(row)
        this.#suspects.add(row.id)
        continue
      }
      this.#suspects.add(row.id)
      const index = places.get(row.id) ?? -1
      if (index >= 0 && ledger.ids[index] !== row.id) this.#assign(ledger, index, row.id, had)
      else if (index < 0 && !had.has(row.id)) ledger.displace(row.id, null)
    }
  }

  #assign(ledger: Ledger, index: number, id: string, had: ReadonlySet<string | null>): void {
    const other = ledger.ids[index] ?? null
    // Two that were joined meanwhile: the first keeps the place.
    if (other !== null && !had.has(other)) ledger.displace(id, ledger.items[index]?.lines ?? null)
    else ledger.assign(index, id, had.has(id))
    // It was given to nobody yet.
    if (other !== null && !this.#known.get(other)) ledger.forget(other)
  }

  /** Brings the ledger up to the text as it is now; nothing has changed since when it resolves. */
  async #follow(): Promise<Ledger> {
    const loaded = this.#loaded
    if (loaded === undefined) throw new Error('the items were not loaded')
    while (!loaded.changes.isEmpty) {
      let grown = 0
      for (const { from, to, insert } of loaded.changes.take()) {
        await inSlices(loaded.ledger.update({ from: from + grown, to: to + grown, insert }))
        grown += insert.length - (to - from)
      }
    }
    return loaded.ledger
  }

  async #analyse(): Promise<void> {
    for (let attempt = 0; attempt < maxTries; attempt++) {
      const ledger = await this.#follow()
      // In the same turn as the last look at the text: characters and state belong to it.
      const analysed = analysedText(this.#options.live)
      const chars = this.#charsOf(ledger)
      await this.#identify(ledger, chars)
      if (await this.#store(ledger, chars, analysed)) {
        this.#tell()
        return
      }
      await this.#learn()
    }
    throw new AppError('overloaded')
  }

  /** The first characters of the items whose row may have to be written, by index. */
  #charsOf(ledger: Ledger): Map<number, CharId> {
    const { live } = this.#options
    const isOtherEpoch = this.#head.epoch !== live.epoch
    const edited = ledger.editedItems()
    const wanted: number[] = []
    for (const [index, id] of ledger.ids.entries()) {
      if (id === null || isOtherEpoch || edited.has(index) || this.#suspects.has(id) || !this.#known.get(id)) wanted.push(index)
    }
    const found = charsAt(
      live.text,
      wanted.map((index) => ledger.items[index]?.from ?? 0),
    )
    const chars = new Map<number, CharId>()
    for (const [place, index] of wanted.entries()) {
      const char = found[place]
      if (char) chars.set(index, char)
    }
    return chars
  }

  /** Gives every item of the text an id: that of a known one, or a new one. */
  async #identify(ledger: Ledger, chars: ReadonlyMap<number, CharId>): Promise<void> {
    const open = ledger.ids.flatMap((id, index) => (id === null ? [index] : []))
    if (open.length === 0) return
    for (const { id, char } of this.#announced) {
      const index = open.find((one) => isSameChar(chars.get(one), char))
      if (id !== undefined && index !== undefined && this.#known.get(id)) ledger.assign(index, id, ledger.ids.includes(id))
      if (id !== undefined) this.#suspects.add(id)
    }
    const unknown = open.filter((index) => ledger.ids[index] === null)
    const lost = this.#lost(ledger)
    const fresh = unknown.map((index) => freshOf(ledger.items[index]))
    const { pairs, successors } = await inSlices(matchItems(lost, fresh))
    const found = new Map<number, string>()
    for (const [place, one] of pairs) found.set(unknown[place] ?? -1, lost[one]?.id ?? '')
    const left = unknown.filter((index) => !found.has(index))
    for (const [index, row] of await this.#comeBack(left.map((index) => [index, freshOf(ledger.items[index]).text]))) {
      this.#known.revive(row)
      found.set(index, row.id)
    }
    for (const index of left) if (!found.has(index)) found.set(index, randomUUID())
    for (const id of found.values()) {
      const gone = this.#known.gone.get(id)
      if (gone) this.#known.revive(gone.row)
      this.#suspects.add(id)
    }
    ledger.assignAll(found)
    for (const [one, place] of successors) this.#successors.set(lost[one]?.id ?? '', found.get(unknown[place] ?? -1) ?? '')
  }

  #lost(ledger: Ledger): LostItem[] {
    const lost: LostItem[] = []
    for (const { id, trace } of ledger.displaced.values()) {
      const row = this.#known.get(id)
      if (row) lost.push({ id, text: row.text, externalId: row.externalId, category: row.category, trace, isGone: false })
    }
    for (const [id, { row, texts }] of this.#known.gone) {
      for (const text of texts) lost.push({ id, text, externalId: row.externalId, category: row.category, trace: null, isGone: true })
    }
    return lost
  }

  /** Superseded items that say just what an item of the text says, by its index. */
  async #comeBack(open: readonly (readonly [index: number, text: string])[]): Promise<Map<number, ItemRow>> {
    const found = new Map<number, ItemRow>()
    const { live, store } = this.#options
    if (open.length === 0 || this.#head.revision === 0) return found
    const rows = await store.superseded(live.projectId, [...new Set(open.map(([, text]) => text))])
    for (const [index, text] of open) {
      const place = rows.findIndex((row) => row.text === text && !this.#known.get(row.id))
      const [row] = place < 0 ? [] : rows.splice(place, 1)
      if (row) found.set(index, row)
    }
    return found
  }

  /** Writes what is not stored as the text says it; false when another node was first. */
  async #store(ledger: Ledger, chars: ReadonlyMap<number, CharId>, analysed: AnalysedText): Promise<boolean> {
    const added: (ItemContent & { id: string })[] = []
    const changed: (ItemContent & { id: string })[] = []
    for (const [index, char] of chars) {
      const id = ledger.ids[index]
      const item = ledger.items[index]
      if (id === null || id === undefined || item === undefined) continue
      const row = this.#known.get(id)
      const anchor = encodeAnchor(char)
      const given = this.#givenAt(char)
      if (row === undefined) added.push({ id, ...firstContent(item, given ?? {}, { anchor, authorId: this.#authors.of(char) }) })
      else {
        const next = nextContent(row, item, given, anchor)
        if (!saysTheSame(row, next) || !isSameAnchor(row.anchor, anchor)) changed.push({ id, ...next })
      }
    }
    for (const id of ledger.displaced.keys()) {
      const row = this.#known.get(id)
      if (row) changed.push({ ...row, status: 'superseded', supersededBy: this.#successors.get(id) ?? null, anchor: null })
    }
    const parts = partsOf(added, changed)
    for (const [index, part] of parts.entries()) {
      if (!(await this.#write({ ...part, analysed: index === parts.length - 1 ? analysed : null }))) return false
    }
    for (const id of ledger.displaced.keys()) ledger.forget(id)
    ledger.clearEdits()
    this.#suspects = new Set()
    this.#successors.clear()
    return true
  }

  #givenAt(char: CharId): Provenance | undefined {
    for (const announced of this.#announced) if (isSameChar(announced.char, char)) return announced
    return undefined
  }

  async #write(part: Part & { analysed: AnalysedText | null }): Promise<boolean> {
    const { live, store } = this.#options
    const { projectId, epoch } = live
    const written = await store.write({ projectId, epoch, revision: this.#head.revision, ...part })
    if (written === null) return false
    this.#head = { epoch, revision: written.revision, analysed: part.analysed }
    for (const [nth, content] of part.added.entries()) {
      this.#known.take({ ...content, number: written.firstNumber + nth, updatedAt: written.at })
      this.#untold.changed.add(content.id)
    }
    for (const { id, ...content } of part.changed) {
      const before = this.#known.get(id)
      if (before === undefined) continue
      this.#known.take(KnownItems.changed(before, content, written.at))
      if (content.status === 'superseded') {
        this.#untold.gone.add(id)
        this.#untold.changed.delete(id)
      } else {
        this.#untold.gone.delete(id)
        ;(saysTheSame(before, content) ? this.#untold.moved : this.#untold.changed).add(id)
      }
    }
    return true
  }

  #tell(): void {
    const { changed, moved, gone, authorIds } = this.#untold
    this.#untold = { changed: new Set(), moved: new Set(), gone: new Set(), authorIds: new Set() }
    if (changed.size + moved.size + gone.size === 0) return
    this.#options.onStored({ revision: this.#head.revision, changed, moved, gone, authorIds })
  }
}

interface Part {
  added: readonly (ItemContent & { id: string })[]
  changed: readonly (ItemContent & { id: string })[]
}

/** Writes of a bounded size; none when there is nothing to write. */
function partsOf(added: Part['added'], changed: Part['changed']): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < added.length; at += rowsInWrite) parts.push({ added: added.slice(at, at + rowsInWrite), changed: [] })
  for (let at = 0; at < changed.length; at += rowsInWrite) parts.push({ added: [], changed: changed.slice(at, at + rowsInWrite) })
  return parts
}

function analysedText(live: LiveDocument): AnalysedText {
  return { stateVector: live.stateVector(), units: live.text.length }
}

function freshOf(item: SpecItem | undefined): FreshItem {
  if (item === undefined) throw new Error('there is no such item')
  return { text: cleanText(item.text), externalId: item.externalId, category: item.category, lines: item.lines }
}

/** The index of the item that an offset is in; -1 for none. */
function indexAt(items: readonly SpecItem[], offset: number): number {
  let low = 0
  let high = items.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((items[middle]?.from ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  const item = items[low]
  return item && item.from <= offset && offset < item.to ? low : -1
}

function isSameChar(one: CharId | undefined, other: CharId): boolean {
  return one !== undefined && one.client === other.client && one.clock === other.clock
}

function isSameAnchor(one: Uint8Array | null, other: Uint8Array): boolean {
  return one !== null && Buffer.compare(one, other) === 0
}
