// The worker thread of versions: replaying a document and comparing whole texts take longer than the event loop may be held.

import { structuredPatch } from 'diff'
import { contentKey } from '../../shared/spec/plain-text.ts'
import { Authorship } from '../documents/authorship.ts'
import { loadReplica } from '../documents/replica.ts'
import { editsBetween, type TextEdit } from '../../shared/spec/text-edits.ts'
import type { StoredAuthorship } from '../store/authorship-store.ts'
import type { StoredDocument } from '../store/documents-store.ts'
import { blameLines, type LineRun, type TextRun } from './blame-lines.ts'

export interface BlamedText {
  runs: TextRun[]
  stored: StoredAuthorship
}

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

/** The text of a document as the store holds it. Throws when its snapshot cannot be read; a row that cannot is in no replica's text either. */
export function textOf(stored: Pick<StoredDocument, 'snapshot' | 'updates'>): string {
  return loadReplica(stored, () => undefined)
    .getText(contentKey)
    .toString()
}

/** Who wrote which line of a text, by what the store knew once all of it was committed. */
export function blame({ runs, stored }: BlamedText): LineRun[] {
  const authorship = new Authorship()
  for (const stretch of stored.stretches) authorship.claim(stretch)
  authorship.claimLog(stored)
  return blameLines(runs, authorship)
}

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
