// Changing a text into another by small edits: the difference of two texts, and edits of one base made to fit a text that moved on.

import { diffArrays, diffChars } from 'diff'
import { isInsidePair } from './plain-text.ts'

/** At `at`, remove so many UTF-16 units, then insert. Edits of one list refer to one text, ascend, and do not overlap. */
export interface TextEdit {
  at: number
  remove: number
  insert: string
}

const encoder = new TextEncoder()

/** Bounds of the search for a small difference; past them the changed stretch is replaced whole. The time of the search grows with their square. */
const maxLineEdits = 4_000
const lineSearchMs = 100
const maxCharEdits = 200
const charSearchMs = 100
const maxWordEdits = 2_000
const wordSearchMs = 400

/** The edits that make `from` into `to`: whole characters, lines compared first, then the characters of lines that changed. */
export function editsBetween(from: string, to: string): TextEdit[] {
  if (from === to) return []
  const { start, fromEnd, toEnd } = trim(from, to)
  const changed = { from: from.slice(start, fromEnd), to: to.slice(start, toEnd) }
  const lines = diffArrays(splitLines(changed.from), splitLines(changed.to), { maxEditLength: maxLineEdits, timeout: lineSearchMs })
  if (!lines) return [{ at: start, remove: changed.from.length, insert: changed.to }]
  const hunks = hunksOf(
    lines.map(({ value, added, removed }) => ({ text: value.join(''), added, removed })),
    start,
  )
  // One time for all of them together: thousands of changed lines would else take thousands of searches.
  const deadlineMs = performance.now() + charSearchMs
  const wordDeadlineMs = deadlineMs + wordSearchMs
  return hunks.flatMap((hunk) => refine(hunk, deadlineMs, wordDeadlineMs))
}

/**
 * Fits edits of a base to what the base has become by `theirs`: both sides' words stay, what either removed is gone, and
 * where both inserted at one place theirs comes first. The result refers to the text after `theirs`.
 */
export function rebaseEdits(ours: readonly TextEdit[], theirs: readonly TextEdit[]): TextEdit[] {
  return ours.flatMap((edit) => {
    const kept = subtract({ from: edit.at, to: edit.at + edit.remove }, theirs)
    const removals = kept.map(({ from, to }) => ({ at: moved(from, theirs), remove: to - from, insert: '' }))
    if (edit.insert === '') return removals
    const at = moved(edit.at, theirs)
    const first = removals[0]
    if (first && first.at === at) return [{ ...first, insert: edit.insert }, ...removals.slice(1)]
    return [{ at, remove: 0, insert: edit.insert }, ...removals]
  })
}

/** Applies edits through two functions of the text, from the end so that earlier offsets stay true. */
export function applyEdits(
  edits: readonly TextEdit[],
  text: { delete(at: number, length: number): void; insert(at: number, text: string): void },
): void {
  for (const { at, remove, insert } of edits.toReversed()) {
    if (remove > 0) text.delete(at, remove)
    if (insert !== '') text.insert(at, insert)
  }
}

/** UTF-8 bytes that the edits add at most. */
export function addedBytes(edits: readonly TextEdit[]): number {
  return edits.reduce((bytes, { insert }) => bytes + encoder.encode(insert).length, 0)
}

interface Part {
  text: string
  added: boolean
  removed: boolean
}

/** A place where something changed. */
interface Hunk {
  at: number
  removed: string
  inserted: string
}

/** Joins each run of removed and added parts into one place where something changed. */
function hunksOf(parts: readonly Part[], start: number): Hunk[] {
  const hunks: Hunk[] = []
  let at = start
  let isOpen = false
  for (const { text, added, removed } of parts) {
    if (!added && !removed) {
      at += text.length
      isOpen = false
      continue
    }
    if (!isOpen) hunks.push({ at, removed: '', inserted: '' })
    isOpen = true
    const hunk = hunks.at(-1)
    if (hunk && removed) hunk.removed += text
    else if (hunk) hunk.inserted += text
    if (removed) at += text.length
  }
  return hunks
}

function refine({ at, removed, inserted }: Hunk, deadlineMs: number, wordDeadlineMs: number): TextEdit[] {
  const whole = { at, remove: removed.length, insert: inserted }
  if (removed === '' || inserted === '') return [whole]
  const parts = charParts(removed, inserted, deadlineMs) ?? wordParts(removed, inserted, wordDeadlineMs)
  if (!parts) {
    const { start, fromEnd, toEnd } = trim(removed, inserted)
    return [{ at: at + start, remove: fromEnd - start, insert: inserted.slice(start, toEnd) }]
  }
  return hunksOf(parts, at).map((hunk) => ({ at: hunk.at, remove: hunk.removed.length, insert: hunk.inserted }))
}

function charParts(from: string, to: string, deadlineMs: number): Part[] | undefined {
  const leftMs = deadlineMs - performance.now()
  if (leftMs <= 0) return undefined
  const parts = diffChars(from, to, { maxEditLength: maxCharEdits, timeout: leftMs })
  return parts?.map(({ value, added, removed }) => ({ text: value, added, removed }))
}

/** For a long line in which many have typed: too many letters to compare, and not too many words. */
function wordParts(from: string, to: string, deadlineMs: number): Part[] | undefined {
  const leftMs = deadlineMs - performance.now()
  if (leftMs <= 0) return undefined
  const parts = diffArrays(splitWords(from), splitWords(to), { maxEditLength: maxWordEdits, timeout: leftMs })
  return parts?.map(({ value, added, removed }) => ({ text: value.join(''), added, removed }))
}

/** What is left between the common beginning and the common end, neither of which ends inside a character. */
function trim(from: string, to: string): { start: number; fromEnd: number; toEnd: number } {
  const shorter = Math.min(from.length, to.length)
  let start = 0
  while (start < shorter && from.charCodeAt(start) === to.charCodeAt(start)) start++
  if (isInsidePair(from, start) || isInsidePair(to, start)) start--
  let tail = 0
  while (tail < shorter - start && from.charCodeAt(from.length - 1 - tail) === to.charCodeAt(to.length - 1 - tail)) tail++
  if (isInsidePair(from, from.length - tail) || isInsidePair(to, to.length - tail)) tail--
  return { start, fromEnd: from.length - tail, toEnd: to.length - tail }
}

function splitWords(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? []
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? []
}

/** Where an offset of the base is after `theirs`; one inside what they removed, or where they inserted, comes after their words. */
function moved(offset: number, theirs: readonly TextEdit[]): number {
  let shift = 0
  for (const { at, remove, insert } of theirs) {
    if (at > offset) break
    // Only what they removed before the offset shortens the way to it.
    shift += insert.length - Math.min(remove, offset - at)
  }
  return offset + shift
}

/** The parts of a range that `theirs` has not removed, cut where they inserted, since their words are not ours to remove. */
function subtract(range: { from: number; to: number }, theirs: readonly TextEdit[]): { from: number; to: number }[] {
  const kept: { from: number; to: number }[] = []
  let from = range.from
  for (const { at, remove } of theirs) {
    if (at >= range.to) break
    if (at + remove < from) continue
    if (at > from) kept.push({ from, to: at })
    from = Math.max(from, at + remove)
  }
  if (from < range.to) kept.push({ from, to: range.to })
  return kept
}
