// What PostgreSQL holds of one document's items, as far as this replica has heard of it: learned, and written from what is known.

import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../shared/errors.ts'
import type { LiveDocument } from '../documents/live-document.ts'
import type { AnalysedText, ItemRow, ItemsHead, ItemsStore } from '../store/items-store.ts'
import { analysedText, holdsAll } from './analysed-text.ts'
import type { FollowedText } from './followed-text.ts'
import { inSlices } from './in-slices.ts'
import { saysTheSame } from './item-content.ts'
import { KnownItems } from './known-items.ts'
import { placeRows } from './place-rows.ts'
import type { Unstored } from './unstored.ts'
import { UntoldChanges } from './untold-changes.ts'

export interface StoredItemsOptions {
  live: LiveDocument
  store: ItemsStore
  /** Takes into the replica what PostgreSQL holds of the document. */
  absorb: () => Promise<void>
}

const rowsInPage = 2_000
/** What another node has analysed and this one has not heard of is waited for, then read from PostgreSQL. */
const peerWaitMs = 50
const maxPeerWaits = 10

/**
 * INVARIANTS: a write is made from the stored revision and from a text that holds all that the stored items were found in, so a result
 * that is older never replaces one. Numbers come from the write alone. Errors of all that return a promise: store_unavailable,
 * overloaded, stale_epoch.
 */
export class StoredItems {
  readonly known = new KnownItems()
  readonly untold = new UntoldChanges()
  /** Items whose row was just read, and may not be what the text says. */
  readonly suspects = new Set<string>()
  readonly #options: StoredItemsOptions
  #head: ItemsHead = { epoch: 0, revision: 0, analysed: null }

  constructor(options: StoredItemsOptions) {
    this.#options = options
  }

  /** That of what this node has seen last. */
  get head(): ItemsHead {
    return this.#head
  }

  /** Reads all there is, before the text that `follow` gives then. */
  async load(follow: () => Promise<FollowedText>): Promise<FollowedText> {
    const { live, store } = this.#options
    const head = await store.head(live.projectId)
    const rows = head.revision === 0 ? [] : await this.#currentRows()
    const followed = await follow()
    await this.#take(followed, { head, rows })
    // Whatever was typed since they were stored.
    for (const { id } of rows) this.suspects.add(id)
    return followed
  }

  /** Takes what others have stored since. */
  async learn(followed: FollowedText): Promise<void> {
    const { live, store } = this.#options
    const stored = await store.since(live.projectId, this.#head.revision)
    for (const row of stored.rows) {
      const before = this.known.get(row.id)
      if (row.status === 'superseded' ? before : !before || !saysTheSame(before, row)) this.untold.note(row)
    }
    await this.#take(followed, stored)
  }

  /** Writes; false, with nothing written, when another node was first. */
  async write({ added, changed }: Unstored, analysed: AnalysedText | null): Promise<boolean> {
    const { live, store } = this.#options
    const { projectId, epoch } = live
    const written = await store.write({ projectId, epoch, revision: this.#head.revision, added, changed, analysed })
    if (written === null) return false
    this.#head = { epoch, revision: written.revision, analysed }
    for (const [nth, content] of added.entries()) {
      const row = { ...content, number: written.firstNumber + nth, updatedAt: written.at }
      this.known.take(row)
      this.untold.note(row)
    }
    for (const { id, ...content } of changed) {
      const before = this.known.get(id)
      if (before === undefined) continue
      const row = KnownItems.changed(before, content, written.at)
      this.known.take(row)
      this.untold.note(row, saysTheSame(before, content))
    }
    return true
  }

  /** Notes that the items are of the text as it is now. */
  async noteAnalysed(): Promise<void> {
    const { live, store } = this.#options
    const analysed = analysedText(live)
    await store.noteAnalysed(live.projectId, this.#head.revision, analysed)
    this.#head = { ...this.#head, analysed }
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

  async #take(followed: FollowedText, { head, rows }: { head: ItemsHead; rows: readonly ItemRow[] }): Promise<void> {
    const { live } = this.#options
    this.#head = head
    if (head.epoch > live.epoch) throw new AppError('stale_epoch')
    await this.#catchUp()
    if (rows.length === 0) return
    const ledger = await followed.follow()
    await inSlices(placeRows({ ledger, text: live.text, known: this.known }, rows))
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
}
