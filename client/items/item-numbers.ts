// The number of each item beside its line in the editor. It is no part of the text, and takes no room in it.

import { RangeSet, RangeSetBuilder, RangeValue, StateEffect, StateField, type Extension, type Range } from '@codemirror/state'
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view'
import type * as Y from 'yjs'
import type { Item } from '../../shared/wire/items.ts'
import './item-numbers.css'
import { placeOf } from './item-place.ts'
import type { LiveItems } from './live-items.ts'

/** An item at its first character; what is typed before that moves it along. */
class ItemMark extends RangeValue {
  override startSide = 1
  readonly item: Item

  constructor(item: Item) {
    super()
    this.item = item
  }

  override eq(other: RangeValue): boolean {
    return other instanceof ItemMark && other.item.id === this.item.id && other.item.number === this.item.number
  }
}

interface MarkChange {
  /** Marks of these items go. */
  drop: ReadonlySet<string>
  add: readonly Range<ItemMark>[]
}

const changeMarks = StateEffect.define<MarkChange>()

const marks = StateField.define<RangeSet<ItemMark>>({
  create: () => RangeSet.empty,
  update(before, transaction) {
    let after = before.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(changeMarks)) continue
      const { drop, add } = effect.value
      after = after.update({ filter: (_from, _to, { item }) => !drop.has(item.id), add, sort: true })
    }
    return after
  },
})

/** Finding the places of many anchors is done in stretches of this length, so that typing goes on. */
const stretchMs = 6
/** A mark that went with its line is looked for again when the typing has paused: undo brings lines back. */
const lookAgainMs = 1_000

/** Follows the items of a text. */
class MarkKeeper {
  readonly #view: EditorView
  readonly #live: LiveItems
  readonly #text: Y.Text
  readonly #stop: () => void
  /** The anchors by which the marks there are were placed. */
  readonly #placed = new Map<string, string>()
  #waiting: Item[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #lookTimer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView, live: LiveItems, text: Y.Text) {
    this.#view = view
    this.#live = live
    this.#text = text
    this.#stop = live.subscribe(() => this.#compare())
    this.#compare()
  }

  update(update: ViewUpdate): void {
    if (!update.docChanged) return
    clearTimeout(this.#lookTimer)
    this.#lookTimer = setTimeout(() => this.#findLost(), lookAgainMs)
  }

  destroy(): void {
    this.#stop()
    clearTimeout(this.#timer)
    clearTimeout(this.#lookTimer)
  }

  #compare(): void {
    const { items } = this.#live.state
    if (items === null) return
    const ids = new Set(items.map(({ id }) => id))
    for (const id of this.#placed.keys()) if (!ids.has(id)) this.#placed.delete(id)
    this.#waiting = items.filter(({ id, anchor }) => anchor !== null && this.#placed.get(id) !== anchor)
    this.#soon()
  }

  #soon(): void {
    clearTimeout(this.#timer)
    // Not at once: the editor may be in the midst of an update of its own.
    this.#timer = setTimeout(() => this.#place())
  }

  #place(): void {
    const until = performance.now() + stretchMs
    const add: Range<ItemMark>[] = []
    const drop = new Set<string>()
    while (performance.now() < until) {
      const item = this.#waiting.shift()
      if (item === undefined) break
      drop.add(item.id)
      this.#placed.set(item.id, item.anchor ?? '')
      const place = placeOf(item, this.#text)
      if (place !== null && place <= this.#view.state.doc.length) add.push(new ItemMark(item).range(place))
    }
    if (this.#waiting.length > 0) this.#soon()
    else for (const { value } of this.#all()) if (!this.#placed.has(value.item.id)) drop.add(value.item.id)
    if (drop.size > 0) this.#view.dispatch({ effects: changeMarks.of({ drop, add }) })
  }

  #findLost(): void {
    const there = new Set(Array.from(this.#all(), ({ value }) => value.item.id))
    for (const id of this.#placed.keys()) if (!there.has(id)) this.#placed.delete(id)
    this.#compare()
  }

  *#all(): Generator<Range<ItemMark>> {
    for (const cursor = this.#view.state.field(marks).iter(); cursor.value; cursor.next()) yield cursor.value.range(cursor.from)
  }
}

/** The lines on the screen that begin an item, each with its number. */
const numbers = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = numbersOn(view)
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged || update.startState.field(marks) !== update.state.field(marks))
        this.decorations = numbersOn(update.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function numbersOn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  let last = -1
  for (const { from, to } of view.visibleRanges) {
    view.state.field(marks).between(from, to, (at, _to, { item }) => {
      const line = view.state.doc.lineAt(at).from
      if (line > last) builder.add(line, line, Decoration.line({ class: 'item-line', attributes: { 'data-item': String(item.number) } }))
      last = Math.max(last, line)
    })
  }
  return builder.finish()
}

/** Shows the numbers of `live` beside `text`. */
export function itemNumbers(live: LiveItems, text: Y.Text): Extension {
  return [marks, ViewPlugin.define((view) => new MarkKeeper(view, live, text)), numbers]
}
