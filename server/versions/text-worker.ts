// The worker thread of versions: comparing two whole texts takes longer than the event loop may be held.

import { structuredPatch } from 'diff'
import { editsBetween, type TextEdit } from '../../shared/spec/text-edits.ts'

export interface TextPair {
  from: string
  to: string
}

/** A place where lines differ, with three lines around it. */
export interface LineHunk {
  fromStart: number
  fromLines: number
  toStart: number
  toLines: number
  /** As in a unified diff. */
  lines: string[]
}

/** Past it the changed stretch is shown as replaced whole. */
const searchMs = 1_000

/** The edits that make one text into the other. */
export function edits({ from, to }: TextPair): TextEdit[] {
  return editsBetween(from, to)
}

/** Where the lines of two texts differ. */
export function hunks({ from, to }: TextPair): LineHunk[] {
  const patch = structuredPatch('', '', from, to, '', '', { context: 3, timeout: searchMs }) ?? wholePatch(from, to)
  return patch.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    fromStart: oldStart,
    fromLines: oldLines,
    toStart: newStart,
    toLines: newLines,
    lines,
  }))
}

function wholePatch(from: string, to: string) {
  const [removed, added] = [linesOf(from), linesOf(to)]
  const lines = [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)]
  return { hunks: [{ oldStart: 1, oldLines: removed.length, newStart: 1, newLines: added.length, lines }] }
}

function linesOf(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
