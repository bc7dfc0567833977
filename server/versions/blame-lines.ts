// From words to lines: whose words stand in each line of a text, and who wrote in it last.

import type { UserId } from '../../shared/ids.ts'
import type { Authorship } from '../documents/authorship.ts'

/** A piece of a text as Yjs holds it: the words of one client from one clock on. */
export interface TextRun {
  clientId: number
  clock: number
  text: string
}

/** Lines one after another in which the same person wrote last, at the same time. */
export interface LineRun {
  /** From 1, both of them included. */
  fromLine: number
  toLine: number
  /** Null: the server itself, or nobody knows any more. */
  authorId: UserId | null
  atMs: number | null
}

interface LastHand {
  authorId: UserId | null
  atMs: number | null
}

const nobody: LastHand = { authorId: null, atMs: null }

/**
 * The lines of a text with who wrote in each of them last. A line break counts for the line it ends only when that is empty: else
 * whoever goes on below somebody's line would become its author. A text that ends with a line break has no empty line after it.
 */
export function blameLines(runs: readonly TextRun[], authorship: Authorship): LineRun[] {
  const lines = new LineBlame()
  for (const { clientId, clock, text } of runs) {
    let at = 0
    for (const stretch of authorship.within(clientId, clock, text.length)) {
      const from = stretch.clock - clock
      if (from > at) lines.add(text.slice(at, from), nobody)
      at = from + stretch.length
      lines.add(text.slice(from, at), stretch)
    }
    if (at < text.length) lines.add(text.slice(at), nobody)
  }
  return lines.end()
}

class LineBlame {
  readonly #runs: LineRun[] = []
  #line = 1
  #last: LastHand | undefined

  add(text: string, hand: LastHand): void {
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (end > from) this.#touch(hand)
      this.#close(this.#last ?? hand)
      from = end + 1
    }
    if (from < text.length) this.#touch(hand)
  }

  end(): LineRun[] {
    if (this.#last) this.#close(this.#last)
    return this.#runs
  }

  #touch(hand: LastHand): void {
    if (!this.#last || (hand.atMs ?? -1) > (this.#last.atMs ?? -1)) this.#last = hand
  }

  #close({ authorId, atMs }: LastHand): void {
    const run = this.#runs.at(-1)
    if (run && run.authorId === authorId && run.atMs === atMs) run.toLine = this.#line
    else this.#runs.push({ fromLine: this.#line, toLine: this.#line, authorId, atMs })
    this.#line++
    this.#last = undefined
  }
}
