// What became of a document's text since it was asked last, found in one walk however many transactions there were.

import * as Y from 'yjs'
import type { TextChange } from '../../shared/spec/outline.ts'

interface Range {
  from: number
  to: number
}

/**
 * `event.delta` of Yjs walks the whole text in each transaction; this walks it once when the changes are wanted. INVARIANT: what `take`
 * gave so far, applied in order, makes of the text at the beginning what it was when it was asked.
 */
export class TextChanges {
  readonly #doc: Y.Doc
  readonly #text: Y.Text
  /** The state at the last `take`, once something has changed since. */
  #before: Map<number, number> | null = null
  /** Clocks that were deleted since, by client. */
  #deleted = new Map<number, Range[]>()
  readonly #onTransaction: (transaction: Y.Transaction) => void

  constructor(doc: Y.Doc, text: Y.Text) {
    this.#doc = doc
    this.#text = text
    this.#onTransaction = (transaction) => this.#note(transaction)
    doc.on('afterTransaction', this.#onTransaction)
  }

  /** Whether nothing has changed since the last `take`. */
  get isEmpty(): boolean {
    return this.#before === null
  }

  /** The changes since the last time: ascending, their offsets count in the text as it was then. */
  take(): TextChange[] {
    const before = this.#before
    if (before === null) return []
    const deleted = new Map([...this.#deleted].map(([client, ranges]) => [client, merge(ranges)]))
    this.#before = null
    this.#deleted = new Map()
    const diff = new DiffBuilder()
    for (let item = this.#text._start; item !== null; item = item.right) {
      const { client, clock } = item.id
      const known = before.get(client) ?? 0
      if (item.deleted) diff.remove(overlap(deleted.get(client), clock, Math.min(clock + item.length, known)))
      else if (item.content instanceof Y.ContentString) {
        const { str } = item.content
        const old = Math.min(item.length, Math.max(0, known - clock))
        keep(diff, str.slice(0, old))
        if (old < item.length) diff.insert(str.slice(old))
      }
    }
    return diff.changes
  }

  stop(): void {
    this.#doc.off('afterTransaction', this.#onTransaction)
  }

  #note({ beforeState, deleteSet }: Y.Transaction): void {
    this.#before ??= beforeState
    for (const [client, ranges] of deleteSet.clients) {
      const known = this.#deleted.get(client) ?? []
      for (const { clock, len } of ranges) known.push({ from: clock, to: clock + len })
      this.#deleted.set(client, known)
    }
  }
}

/** Of a pair that an edit cuts in two Yjs makes U+FFFD of each half, also of the one that stays, and tells nobody. */
const replacement = '\uFFFD'

/** Words that were there before, but perhaps for what the ends of a run have become. */
function keep(diff: DiffBuilder, words: string): void {
  const first = words.startsWith(replacement) ? 1 : 0
  const last = words.length > first && words.endsWith(replacement) ? 1 : 0
  if (first === 1) diff.replace(replacement)
  diff.keep(words.length - first - last)
  if (last === 1) diff.replace(replacement)
}

/** Collects what is kept, removed and inserted from the start of a text to its end. */
class DiffBuilder {
  readonly changes: { from: number; to: number; insert: string }[] = []
  #at = 0
  #isOpen = false

  keep(units: number): void {
    if (units === 0) return
    this.#at += units
    this.#isOpen = false
  }

  remove(units: number): void {
    if (units === 0) return
    this.#open().to += units
    this.#at += units
  }

  replace(words: string): void {
    this.remove(words.length)
    this.insert(words)
  }

  insert(words: string): void {
    this.#open().insert += words
  }

  #open(): { from: number; to: number; insert: string } {
    const last = this.changes.at(-1)
    if (this.#isOpen && last) return last
    const opened = { from: this.#at, to: this.#at, insert: '' }
    this.changes.push(opened)
    this.#isOpen = true
    return opened
  }
}

/** Ascending and apart. */
function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const { from, to } of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1)
    if (last && last.to >= from) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** How much of the clocks from `from` to `to` is in `ranges`, which are merged. */
function overlap(ranges: readonly Range[] | undefined, from: number, to: number): number {
  if (ranges === undefined || to <= from) return 0
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.to ?? 0) <= from) low = middle + 1
    else high = middle
  }
  let sum = 0
  for (let index = low; index < ranges.length; index++) {
    const range = ranges[index]
    if (!range || range.from >= to) break
    sum += Math.min(range.to, to) - Math.max(range.from, from)
  }
  return sum
}
