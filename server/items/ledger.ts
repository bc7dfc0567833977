// Which item of a text has which id: follows the outline through edits, and keeps what lost its place until it is found again.

import type { TextChange } from '../../shared/spec/outline.ts'
import { SpecOutline } from '../../shared/spec/outline.ts'
import { usualPieceUnits, type PlainPiece } from '../../shared/spec/outline-piece.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import type { Span } from '../../shared/spec/span.ts'

/** A known item whose lines changed, and what is left of them. */
export interface Displaced {
  readonly id: string
  /** Null when nobody knows where it was. */
  trace: Span | null
}

/** INVARIANT: `ids` has one entry for each item of the outline, in its order; no id is in it twice, and none is both in it and displaced. */
export class Ledger {
  readonly #outline: SpecOutline
  #ids: (string | null)[]
  #displaced = new Map<string, Displaced>()
  #items: readonly SpecItem[]
  /** Where the text was edited, in the text as it is now. */
  #edits: Span[] = []

  private constructor(outline: SpecOutline, items: readonly SpecItem[]) {
    this.#outline = outline
    this.#items = items
    this.#ids = items.map(() => null)
  }

  /** Of a text in which nothing is known yet. In steps. */
  static *read(markdown: string): Generator<void, Ledger> {
    const outline = yield* SpecOutline.read(markdown)
    return new Ledger(outline, yield* outline.itemsInSteps())
  }

  /** Of a text that another thread has read. */
  static of(pieces: readonly PlainPiece[]): Ledger {
    const outline = SpecOutline.of(pieces)
    return new Ledger(outline, outline.items)
  }

  get outline(): SpecOutline {
    return this.#outline
  }

  /** All items of the text with their places. */
  get items(): readonly SpecItem[] {
    return this.#items
  }

  /** Their ids; null where an item is not known. */
  get ids(): readonly (string | null)[] {
    return this.#ids
  }

  get displaced(): ReadonlyMap<string, Displaced> {
    return this.#displaced
  }

  /**
   * Takes edits, which ascend and count in the text before all of them; several lead to `text`. In steps, all of which are to be taken;
   * `items` and `ids` change together, at the last.
   */
  *update(changes: readonly TextChange[], text: string): Generator<void> {
    let ids = this.#ids
    for (const edits of neighbours(inSequence(changes))) {
      const { index, removed, added } = yield* this.#outline.updateInSteps(joined(edits, text))
      for (const edit of edits) this.#note(edit)
      this.#displaceAll(removed, ids.slice(index, index + removed.length), edits)
      ids = [...ids.slice(0, index), ...added.map(() => null), ...ids.slice(index + removed.length)]
      yield
    }
    const items = yield* this.#outline.itemsInSteps()
    this.#items = items
    this.#ids = ids
  }

  /** Takes edits whose outcome another thread has read. */
  replace(pieces: readonly PlainPiece[], changes: readonly TextChange[]): void {
    const { index, removed, added } = this.#outline.replace(pieces)
    const sequence = inSequence(changes)
    for (const change of sequence) this.#note(change)
    this.#displaceAll(removed, this.#ids.slice(index, index + removed.length), sequence)
    this.#items = this.#outline.items
    this.#ids = [...this.#ids.slice(0, index), ...added.map(() => null), ...this.#ids.slice(index + removed.length)]
  }

  /**
   * The indexes of items that may stand on other characters since `clearEdits` and say the same: those at an edit, next to one, and with
   * them their neighbours that say the same, since of equal items one cannot be told from the other.
   */
  editedItems(): Set<number> {
    const { items } = this
    const found = new Set<number>()
    for (const { from, to } of this.#edits) {
      let first = Math.max(0, firstEndingFrom(items, from) - 1)
      let last = first + 1
      while ((items[last]?.lines.from ?? Infinity) <= to) last++
      while (items[first]?.text === items[first - 1]?.text && first > 0) first--
      while (items[last]?.text === items[last + 1]?.text && last < items.length) last++
      for (let index = first; index <= last && index < items.length; index++) found.add(index)
    }
    return found
  }

  clearEdits(): void {
    this.#edits = []
  }

  /** Says that the item at `index` is `id`, which may stand at another (`isPlaced`); who stood there is displaced. */
  assign(index: number, id: string, isPlaced: boolean): void {
    const before = isPlaced ? this.#ids.indexOf(id) : -1
    if (before === index) return
    if (before >= 0) this.#ids[before] = null
    this.#displaced.delete(id)
    const other = this.#ids[index] ?? null
    this.#ids[index] = id
    if (other !== null) this.#displaced.set(other, { id: other, trace: this.items[index]?.lines ?? null })
  }

  /** Assigns many at once, to items that are not known; none of the ids has a place. */
  assignAll(pairs: Iterable<readonly [index: number, id: string]>): void {
    for (const [index, id] of pairs) {
      this.#ids[index] = id
      this.#displaced.delete(id)
    }
  }

  /** Looks for an item that has no place. */
  displace(id: string, trace: Span | null): void {
    this.#displaced.set(id, { id, trace })
  }

  /** Stops looking for an item. */
  forget(id: string): void {
    this.#displaced.delete(id)
  }

  /** Moves what is known of places. */
  #note(change: TextChange): void {
    for (const displaced of this.#displaced.values()) displaced.trace &&= movedBy(displaced.trace, change)
    this.#edits = this.#edits.map((edit) => ordered(movedBy(edit, change)))
    this.#edits.push({ from: change.from, to: change.from + change.insert.length })
  }

  #displaceAll(removed: readonly SpecItem[], ids: readonly (string | null)[], changes: readonly TextChange[]): void {
    for (const [place, id] of ids.entries()) {
      const item = removed[place]
      if (id !== null && item !== undefined) this.#displaced.set(id, { id, trace: changes.reduce<Span>(movedBy, item.lines) })
    }
  }
}

/** Edits this close touch the same pieces of the outline, which are read again once for all of them. */
const closeUnits = 2 * usualPieceUnits

/** Groups of edits, in sequence, that are close to each other. */
function neighbours(edits: readonly TextChange[]): TextChange[][] {
  const groups: TextChange[][] = []
  let end = -Infinity
  for (const edit of edits) {
    const group = groups.at(-1)
    if (group && edit.from - end < closeUnits) group.push(edit)
    else groups.push([edit])
    end = edit.from + edit.insert.length
  }
  return groups
}

/** One edit that does what all of them do, one after another; `text` is that to which they and all after them lead. */
function joined(edits: readonly TextChange[], text: string): TextChange {
  const [first] = edits
  const last = edits.at(-1)
  if (edits.length === 1 || !first || !last) return first ?? { from: 0, to: 0, insert: '' }
  const end = last.from + last.insert.length
  const grown = edits.reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0)
  return { from: first.from, to: end - grown, insert: text.slice(first.from, end) }
}

/** Edits of one text, as they follow each other. */
function inSequence(changes: readonly TextChange[]): TextChange[] {
  let grown = 0
  return changes.map(({ from, to, insert }) => {
    const change = { from: from + grown, to: to + grown, insert }
    grown += insert.length - (to - from)
    return change
  })
}

const ordered = ({ from, to }: Span): Span => ({ from: Math.min(from, to), to: Math.max(from, to) })

/** The index of the first item whose lines end at `offset` or behind it. */
function firstEndingFrom(items: readonly SpecItem[], offset: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.lines.to ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** What is left of a span after an edit; where nothing is, it ends before it starts. */
function movedBy({ from, to }: Span, change: TextChange): Span {
  const grown = change.insert.length - (change.to - change.from)
  const behind = change.from + change.insert.length
  return {
    from: from < change.from ? from : from >= change.to ? from + grown : behind,
    to: to <= change.from ? to : to > change.to ? to + grown : change.from,
  }
}
