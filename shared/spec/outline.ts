// The items of a document that changes: an edit reads again what it touches, and no more.

import { maxFrontMatterUnits } from './markdown/blocks.ts'
import {
  arrivedPiece,
  finish,
  firstStart,
  moveItem,
  moveSpan,
  readPieces,
  usualPieceUnits,
  type Piece,
  type PieceReading,
  type PlainPiece,
} from './outline-piece.ts'
import type { Gap, ParsedSpec, SpecItem } from './spec-item.ts'
import type { Span } from './span.ts'
import { readStatement, type Statement } from './statement/statement.ts'

/** One edit: the units from `from` to `to` become `insert`. Offsets count in the text before it. */
export interface TextChange extends Span {
  readonly insert: string
}

/** What an edit made of the list of items: behind the first `index`, `removed` gave way to `added`. Items that only moved are in neither. */
export interface OutlineChange {
  readonly index: number
  readonly removed: readonly SpecItem[]
  readonly added: readonly SpecItem[]
  /** What was read again, in the text after the edit. Outside of it every item is what it was, and where the edit has moved it. */
  readonly reread: Span
}

/** A document in pieces. What it gives is always what `parseSpec` gives of the whole text. */
export class SpecOutline {
  #pieces: readonly Piece[]

  readonly #pieceUnits: number

  /** Reads `markdown`, which has LF line ends, in pieces of `pieceUnits` or, where an item is longer, more. */
  constructor(markdown: string, pieceUnits = usualPieceUnits) {
    this.#pieceUnits = pieceUnits
    this.#pieces = finish(readPieces(markdown, { start: firstStart, pieceUnits, landing: null })).pieces
  }

  /** The same in steps, for a large text. */
  static *read(markdown: string): Generator<void, SpecOutline> {
    const outline = new SpecOutline('')
    outline.#pieces = (yield* readPieces(markdown, { start: firstStart, pieceUnits: usualPieceUnits, landing: null })).pieces
    return outline
  }

  /** Of pieces that another thread has read. */
  static of(pieces: readonly PlainPiece[]): SpecOutline {
    const outline = new SpecOutline('')
    outline.#pieces = pieces.map(arrivedPiece)
    return outline
  }

  /** Units of its longest piece: an edit reads all of a piece again, in one step. */
  get longestPiece(): number {
    return this.#pieces.reduce((longest, { text }) => Math.max(longest, text.length), 0)
  }

  /** Takes a whole text that another thread has read. */
  replace(pieces: readonly PlainPiece[]): OutlineChange {
    const old = this.#pieces
    this.#pieces = pieces.map(arrivedPiece)
    return changeOf({ old, pieces: this.#pieces, offset: 0, index: 0 })
  }

  /** The whole text. */
  get text(): string {
    return this.#pieces.map((piece) => piece.text).join('')
  }

  /** All items in order, with their places in the document. */
  get items(): SpecItem[] {
    return finish(this.itemsInSteps())
  }

  /** The same in steps, between which the outline must stay as it is. */
  *itemsInSteps(): Generator<void, SpecItem[]> {
    const found: SpecItem[] = []
    let offset = 0
    for (const piece of this.#pieces) {
      for (const item of piece.items) found.push(moveItem(item, offset))
      offset += piece.text.length
      yield
    }
    return found
  }

  /** Places where someone wrote `[NEEDS CLARIFICATION: …]`, in order. */
  get gaps(): Gap[] {
    return this.#gather((piece) => piece.gaps, moveSpan)
  }

  /** All that was read, as `parseSpec` gives it. */
  get parsed(): ParsedSpec {
    return {
      items: this.items,
      leftOut: this.#gather((piece) => piece.leftOut, moveSpan),
      gaps: this.gaps,
    }
  }

  /** The items that `span` touches: what a screen shows, without looking at the rest. */
  itemsIn(span: Span): SpecItem[] {
    const found: SpecItem[] = []
    let offset = 0
    for (const piece of this.#pieces) {
      const end = offset + piece.text.length
      if (end >= span.from && offset <= span.to)
        found.push(...piece.items.map((item) => moveItem(item, offset)).filter((item) => item.to >= span.from && item.from <= span.to))
      offset = end
    }
    return found
  }

  /** Takes an edit. Offsets outside the text are taken for its end. */
  update(change: TextChange): OutlineChange {
    return finish(this.updateInSteps(change))
  }

  /** The same in steps; until the last the outline is as it was. */
  *updateInSteps(change: TextChange): Generator<void, OutlineChange> {
    const place = this.#locate(change)
    const reuse = statementsOf(this.#pieces.slice(place.first, place.last + 1))
    let keepFrom = place.last + 1
    let reading: PieceReading
    // Where an edit changes how what follows is read (a heading, an open fence), more and more of it is taken in.
    for (let step = 1; ; step *= 4) {
      reading = yield* this.#read(place, keepFrom, reuse)
      if (reading.joins || keepFrom >= this.#pieces.length) break
      keepFrom = Math.min(this.#pieces.length, keepFrom + step)
    }
    const before = this.#pieces.slice(0, place.first)
    const old = this.#pieces.slice(place.first, keepFrom)
    this.#pieces = [...before, ...reading.pieces, ...this.#pieces.slice(keepFrom)]
    return changeOf({
      old,
      pieces: reading.pieces,
      offset: place.offset,
      index: before.reduce((sum, piece) => sum + piece.items.length, 0),
    })
  }

  /** What edits, one after another, would make of it; it stays as it is. */
  preview(changes: readonly TextChange[]): OutlineChange[] {
    const pieces = this.#pieces
    try {
      return changes.map((change) => this.update(change))
    } finally {
      this.#pieces = pieces
    }
  }

  #gather<T>(pick: (piece: Piece) => readonly T[], move: (one: T, by: number) => T): T[] {
    const found: T[] = []
    let offset = 0
    for (const piece of this.#pieces) {
      for (const one of pick(piece)) found.push(move(one, offset))
      offset += piece.text.length
    }
    return found
  }

  /** The pieces that the edit touches and the one before, whose end may depend on what comes behind it; and the edit within their text. */
  #locate(change: TextChange): EditPlace {
    const pieces = this.#pieces
    const starts: number[] = []
    let length = 0
    for (const piece of pieces) {
      starts.push(length)
      length += piece.text.length
    }
    const from = Math.min(Math.max(0, change.from), length)
    const to = Math.min(Math.max(from, change.to), length)
    const touched = starts.findLastIndex((start) => start <= from)
    // Front matter may open on the first line and close, or no longer close, where the edit is.
    const isInFrontMatter = from <= maxFrontMatterUnits && pieces[0]?.text.startsWith('---') === true
    const first = isInFrontMatter ? 0 : Math.max(0, touched - 1)
    const last = Math.max(
      touched,
      starts.findLastIndex((start) => start <= to),
    )
    const offset = starts[first] ?? 0
    return { first, last, offset, from: from - offset, to: to - offset, insert: change.insert }
  }

  #read(place: EditPlace, keepFrom: number, reuse: (text: string, bodyFrom: number) => Statement): Generator<void, PieceReading> {
    const pieces = this.#pieces
    const old = textOf(pieces.slice(place.first, keepFrom))
    const edited = old.slice(0, place.from) + place.insert + old.slice(place.to)
    const start = pieces[place.first]?.start ?? firstStart
    let ahead = keepFrom
    let seen = ''
    // Whether a block ends shows on the line behind it; whether front matter does, further on.
    while (ahead < pieces.length && (seen === '' || (place.first === 0 && edited.length + seen.length <= maxFrontMatterUnits))) {
      seen += pieces[ahead]?.text ?? ''
      ahead += 1
    }
    const landing = keepFrom < pieces.length ? { at: edited.length, startKey: pieces[keepFrom]?.startKey ?? '' } : null
    return readPieces(edited + seen, { start, pieceUnits: this.#pieceUnits, landing, reuse })
  }
}

interface EditPlace extends TextChange {
  readonly first: number
  readonly last: number
  readonly offset: number
}

const textOf = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('')

/** Gives the statement that was read before from the same words, so that who keeps something by it finds it again. */
function statementsOf(pieces: readonly Piece[]): (text: string, bodyFrom: number) => Statement {
  const known = new Map<string, Statement>()
  for (const piece of pieces) for (const item of piece.items) known.set(`${item.bodyFrom} ${item.text}`, item.statement)
  return (text, bodyFrom) => known.get(`${bodyFrom} ${text}`) ?? readStatement(text, bodyFrom)
}

interface Replacement {
  readonly old: readonly Piece[]
  readonly pieces: readonly Piece[]
  readonly offset: number
  readonly index: number
}

function changeOf({ old, pieces, offset, index }: Replacement): OutlineChange {
  const removed = placed(old, offset)
  const added = placed(pieces, offset)
  let same = 0
  while (same < removed.length && same < added.length && isSame(removed[same], added[same])) same += 1
  let tail = 0
  while (
    tail < removed.length - same &&
    tail < added.length - same &&
    isSame(removed[removed.length - 1 - tail], added[added.length - 1 - tail])
  )
    tail += 1
  return {
    index: index + same,
    removed: removed.slice(same, removed.length - tail),
    added: added.slice(same, added.length - tail),
    reread: { from: offset, to: offset + textOf(pieces).length },
  }
}

function placed(pieces: readonly Piece[], offset: number): SpecItem[] {
  const items: SpecItem[] = []
  let at = offset
  for (const piece of pieces) {
    for (const item of piece.items) items.push(moveItem(item, at))
    at += piece.text.length
  }
  return items
}

/** Whether two items say the same in the same place of the outline, wherever in the text. */
function isSame(a: SpecItem | undefined, b: SpecItem | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return (
    a.text === b.text &&
    a.category === b.category &&
    a.externalId === b.externalId &&
    a.modality === b.modality &&
    a.key === b.key &&
    a.checked === b.checked &&
    a.kind === b.kind &&
    a.headings.join('\n') === b.headings.join('\n')
  )
}
