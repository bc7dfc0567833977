// A piece of a document: some whole blocks with the items in them, and what had to be known to read them.

import { ItemReader } from './grammar/item-reader.ts'
import { documentStart, sectionKey, type Section } from './grammar/section.ts'
import { BlockReader, type BlockContext } from './markdown/blocks.ts'
import type { ParsedSpec, SpecItem } from './spec-item.ts'
import type { Span } from './span.ts'
import { readStatement, type Statement } from './statement/statement.ts'

/** What is known where a piece starts. */
export interface PieceStart {
  readonly context: BlockContext
  readonly section: Section
}

/** Offsets of what is in it count from its own start. */
export interface Piece extends ParsedSpec {
  readonly text: string
  readonly start: PieceStart
  readonly startKey: string
}

/** A piece that may cross to another thread: what the words of its items say is read again where it arrives, when asked for. */
export interface PlainPiece extends Omit<Piece, 'items'> {
  readonly items: readonly Omit<SpecItem, 'statement'>[]
}

export const firstStart: PieceStart = { context: { tableHeader: null, isStart: true }, section: documentStart }

/** A piece is cut at the first place behind so many units where no item is open. An edit reads about two of them again. */
export const usualPieceUnits = 768

const keyOf = ({ context, section }: PieceStart): string => JSON.stringify([context.tableHeader, context.isStart]) + sectionKey(section)

/** Reads a whole text for another thread. */
export function plainPieces(markdown: string): PlainPiece[] {
  const { pieces } = finish(readPieces(markdown, { start: firstStart, pieceUnits: usualPieceUnits, landing: null }))
  return pieces.map((piece) => ({ ...piece, items: piece.items.map(({ statement: _statement, ...item }) => item) }))
}

/** A piece that another thread has read. */
export const arrivedPiece = (piece: PlainPiece): Piece => ({
  ...piece,
  items: piece.items.map((item) => ({ ...item, statement: readStatement(item.text, item.bodyFrom) })),
})

/** Takes all steps at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** What reading gives: pieces up to `end`, where the old pieces go on if `joins`. */
export interface PieceReading {
  readonly pieces: readonly Piece[]
  /** Whether the text was read to a place from which the old pieces are still right. */
  readonly joins: boolean
}

/** Where old pieces could go on: the place in the text, and what they were read with. */
export interface Landing {
  readonly at: number
  readonly startKey: string
}

/** How to read: what is known before the text, how long pieces are at least, and where old ones may go on. */
export interface PieceOptions {
  readonly start: PieceStart
  readonly pieceUnits: number
  readonly landing: Landing | null
  /** Gives a statement that was read before from the same words. */
  readonly reuse?: (text: string, bodyFrom: number) => Statement
}

/** So many blocks are read in one step, which takes about a millisecond. */
const blocksInStep = 16

/**
 * Reads `text` from `start` in pieces, up to `landing` if what is known there is what the old pieces were read with, else to its end.
 * Yields now and then, so that who reads a large text can let others work in between.
 */
export function* readPieces(text: string, { start, pieceUnits, landing, reuse }: PieceOptions): Generator<void, PieceReading> {
  const blocks = new BlockReader(text, 0, start.context)
  const reader = new ItemReader(text, start.section, reuse)
  const cutter = new PieceCutter(text, start, reader)
  let count = 0
  for (let block = blocks.next(); block !== undefined; block = blocks.next()) {
    if (++count % blocksInStep === 0) yield
    reader.take(block)
    const { position } = blocks
    if (!reader.isSettled || (position < text.length && text.charCodeAt(position - 1) !== 0x0a)) continue
    const here = { context: blocks.context, section: reader.section }
    if (position === landing?.at && keyOf(here) === landing.startKey) return { pieces: cutter.finish(position), joins: true }
    if (landing !== null && position > landing.at) return { pieces: [], joins: false }
    if (position - cutter.from >= pieceUnits) cutter.cut(position, here)
  }
  if (landing !== null) return { pieces: [], joins: false }
  reader.close()
  return { pieces: cutter.finish(text.length), joins: false }
}

/** Hands what a reader has read since the last cut to a piece. */
class PieceCutter {
  readonly #text: string
  readonly #reader: ItemReader
  readonly #pieces: Piece[] = []
  #start: PieceStart
  #from = 0
  #taken = { items: 0, leftOut: 0, gaps: 0 }

  constructor(text: string, start: PieceStart, reader: ItemReader) {
    this.#text = text
    this.#start = start
    this.#reader = reader
  }

  get from(): number {
    return this.#from
  }

  cut(to: number, next: PieceStart): void {
    const { items, leftOut, gaps } = this.#reader
    const from = this.#from
    this.#pieces.push({
      text: this.#text.slice(from, to),
      start: this.#start,
      startKey: keyOf(this.#start),
      items: items.slice(this.#taken.items).map((item) => moveItem(item, -from)),
      leftOut: leftOut.slice(this.#taken.leftOut).map((part) => moveSpan(part, -from)),
      gaps: gaps.slice(this.#taken.gaps).map((gap) => moveSpan(gap, -from)),
    })
    this.#taken = { items: items.length, leftOut: leftOut.length, gaps: gaps.length }
    this.#from = to
    this.#start = next
  }

  finish(to: number): readonly Piece[] {
    if (to > this.#from || this.#pieces.length === 0) this.cut(to, this.#start)
    return this.#pieces
  }
}

/** The same with its offsets counted from elsewhere. */
export const moveSpan = <T extends Span>(span: T, by: number): T => (by === 0 ? span : { ...span, from: span.from + by, to: span.to + by })

/** The same item with its offsets counted from elsewhere. */
export const moveItem = (item: SpecItem, by: number): SpecItem =>
  by === 0 ? item : { ...moveSpan(item, by), lines: moveSpan(item.lines, by) }
