// The text of an open document as its items are read from it: an outline that is brought up to the text when it is asked for.

import type * as Y from 'yjs'
import type { LiveDocument } from '../documents/live-document.ts'
import { charsAt, type CharId } from './anchors.ts'
import { inSlices } from './in-slices.ts'
import { Ledger } from './ledger.ts'
import { hasLongStretch, maxStretchUnits } from './long-steps.ts'
import type { OutlineWorkers } from './outline-workers.ts'
import { TextChanges } from './text-changes.ts'

/** Reads in another thread what would hold this one. */
export type OutlineReader = Pick<OutlineWorkers, 'read'>

/** A text that is read as a whole takes half of the other thread's time at most. */
const workerRestFactor = 1
const itemsInStep = 1_000

/** What failed once is to be thrown away: edits may be lost to it. */
export class FollowedText {
  readonly ledger: Ledger
  readonly #text: Y.Text
  readonly #changes: TextChanges
  readonly #outlines: OutlineReader
  #restMs = 0

  private constructor(ledger: Ledger, changes: TextChanges, { text, outlines }: { text: Y.Text; outlines: OutlineReader }) {
    this.ledger = ledger
    this.#changes = changes
    this.#text = text
    this.#outlines = outlines
  }

  /** Reads the text as it is, and follows it until `stop`. */
  static async read({ doc, text }: Pick<LiveDocument, 'doc' | 'text'>, outlines: OutlineReader): Promise<FollowedText> {
    // Text and changes from one moment on.
    const changes = new TextChanges(doc, text)
    const markdown = text.toString()
    try {
      const ledger = hasLongStretch(markdown) ? Ledger.of(await outlines.read(markdown)) : await inSlices(Ledger.read(markdown))
      return new FollowedText(ledger, changes, { text, outlines })
    } catch (error) {
      changes.stop()
      throw error
    }
  }

  /** Whether nothing has changed since the last time. */
  get isCurrent(): boolean {
    return this.#changes.isEmpty
  }

  /** For how long nothing should be read after the last time, since the text is read as a whole. */
  get restMs(): number {
    return this.#restMs
  }

  stop(): void {
    this.#changes.stop()
  }

  /** Brings the ledger up to the text as it is now; nothing has changed since when it resolves. */
  async follow(): Promise<Ledger> {
    while (!this.#changes.isEmpty) {
      const edits = this.#changes.take()
      const isLong = this.ledger.outline.longestPiece > maxStretchUnits || edits.some(({ insert }) => hasLongStretch(insert))
      // One edit is all that is needed of a text that may be large.
      const markdown = isLong || edits.length > 1 ? this.#text.toString() : ''
      if (isLong) await this.#readElsewhere(markdown, edits)
      else await inSlices(this.ledger.update(edits, markdown))
      if (!isLong) this.#restMs = 0
    }
    return this.ledger
  }

  /** The first characters of the items that are known not to be stored as they are, or edited, by index; nothing has changed since when it resolves. */
  async firstChars(isUnstored: (id: string | null) => boolean): Promise<Map<number, CharId>> {
    for (;;) {
      const ledger = await this.follow()
      const { ids, items } = ledger
      const edited = ledger.editedItems()
      const wanted = await inSlices(indexesOf(ids, (id, index) => edited.has(index) || isUnstored(id)))
      if (!this.isCurrent) continue
      const found = charsAt(
        this.#text,
        wanted.map((index) => items[index]?.from ?? 0),
      )
      const chars = new Map<number, CharId>()
      for (const [nth, index] of wanted.entries()) {
        const char = found[nth]
        if (char) chars.set(index, char)
      }
      return chars
    }
  }

  async #readElsewhere(markdown: string, edits: ReturnType<TextChanges['take']>): Promise<void> {
    const startedMs = performance.now()
    this.ledger.replace(await this.#outlines.read(markdown), edits)
    this.#restMs = workerRestFactor * (performance.now() - startedMs)
  }
}

function* indexesOf(ids: readonly (string | null)[], isWanted: (id: string | null, index: number) => boolean): Generator<void, number[]> {
  const wanted: number[] = []
  for (const [index, id] of ids.entries()) {
    if (index % itemsInStep === itemsInStep - 1) yield
    if (isWanted(id, index)) wanted.push(index)
  }
  return wanted
}
