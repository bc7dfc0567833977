// What an editor may put into a Yjs text and may not leave there, found and taken out: carriage returns, and content that is no text.

import * as Y from 'yjs'
import type { DecodedUpdate } from './update-coverage.ts'

/** Up to so many carriage returns in one run of text are taken out one by one, so that the run stays its author's; each costs a split of it. */
const maxSingleEdits = 64

/** Runs with a carriage return that one update may bring: mending takes time for each, and no editor types so many at once. */
const maxMendedRuns = 2_000

/** Whether the update may bring something into the text that `mendText` takes out. */
export function needsMending({ structs }: DecodedUpdate): boolean {
  return structs.some((struct) => struct instanceof Y.Item && (isForeign(struct) || hasCarriageReturn(struct)))
}

/** Whether mending what the update brings would hold everybody up. */
export function isBeyondMending({ structs }: DecodedUpdate): boolean {
  let runs = 0
  for (const struct of structs) if (struct instanceof Y.Item && (isForeign(struct) || hasCarriageReturn(struct))) runs++
  return runs > maxMendedRuns
}

/**
 * Takes out of the text what is no text (an embed counts as one position in Yjs and is nothing in a string, so that every edit behind
 * it would land in the wrong place), and makes each CRLF and each lone CR an LF. A run with many of them is replaced whole: its time
 * would else grow with their square.
 */
export function mendText(text: Y.Text): void {
  const runs = runsToMend(text)
  // From the end, so that earlier offsets stay true.
  for (const { at, content, next } of runs.toReversed()) {
    if (content === null) text.delete(at, 1)
    else if (content.split('\r').length - 1 <= maxSingleEdits) mendSingly(text, at, content, next)
    else {
      text.delete(at, content.length)
      text.insert(at, content.replaceAll(/\r\n|\r(?!$)/g, '\n').replace(/\r$/, next === '\n' ? '' : '\n'))
    }
  }
}

/** A visible run of text with a carriage return, or a foreign position (`content` null), and the character that follows. */
interface Run {
  at: number
  content: string | null
  next: string | undefined
}

function runsToMend(text: Y.Text): Run[] {
  const runs: Run[] = []
  let at = 0
  let isOpen = false
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    const content = item.content instanceof Y.ContentString ? item.content.str : null
    const last = runs.at(-1)
    if (isOpen && last) last.next = content?.[0]
    isOpen = content?.includes('\r') ?? false
    if (content === null)
      for (let offset = 0; offset < item.length; offset++) runs.push({ at: at + offset, content: null, next: undefined })
    else if (isOpen) runs.push({ at, content, next: undefined })
    at += item.length
  }
  return runs
}

function mendSingly(text: Y.Text, at: number, content: string, next: string | undefined): void {
  for (let index = content.lastIndexOf('\r'); index >= 0; index = index === 0 ? -1 : content.lastIndexOf('\r', index - 1)) {
    text.delete(at + index, 1)
    if ((content[index + 1] ?? next) !== '\n') text.insert(at + index, '\n')
  }
}

function hasCarriageReturn({ content }: Y.Item): boolean {
  return content instanceof Y.ContentString && content.str.includes('\r')
}

function isForeign({ content, countable }: Y.Item): boolean {
  return countable && !(content instanceof Y.ContentString)
}
