// What an answer decides about an open point of the spec: which side of a conflict holds, or what stands where a gap was marked.

import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { MessageRow } from '../store/interview-store.ts'
import { isUnknowing } from './answer-lacks.ts'
import { conflictIdIn, isGapId, gapId } from './open-points.ts'
import type { Stated } from './read-answer.ts'

/** A text that would take the place of an item. */
export interface Decided extends Stated {
  readonly replaces: string
}

const decidedConfidence = 0.9
const gapMark = /\s*\[NEEDS CLARIFICATION(?::\s*([^\]\n]{0,1000}))?\]/gi

/** Reads an answer to a question about a gap or a conflict; null of any other, and when it decides nothing. */
export async function decisionIn(
  answer: string,
  question: Pick<MessageRow, 'questionId' | 'projectId'>,
  conflicts: { list(projectId: string, status: 'open'): Promise<readonly Conflict[]> },
  readItems: () => Promise<readonly Item[]>,
): Promise<Decided | null> {
  const conflictId = conflictIdIn(question.questionId)
  if (conflictId !== null) {
    const conflict = (await conflicts.list(question.projectId, 'open')).find(({ id }) => id === conflictId)
    return conflict ? sideOf(answer, conflict, await readItems()) : null
  }
  return isGapId(question.questionId) ? filledGap(answer, question.questionId, await readItems()) : null
}

/** The one side that is named holds, in place of the first other. */
function sideOf(answer: string, { items }: Conflict, current: readonly Item[]): Decided | null {
  const named = items.filter(({ ref }) => new RegExp(`\\b${ref}\\b(?!\\s+(?:does not|is wrong|is old|can go|goes))`, 'i').test(answer))
  const other = items.find(({ id }) => id !== named[0]?.id)
  const kept = current.find(({ id }) => id === named[0]?.id)
  if (named.length !== 1 || !other || !kept) return null
  return { category: kept.category, text: kept.text, confidence: decidedConfidence, replaces: other.id }
}

/** The item that the mark stands in, with the answer in its place. */
function filledGap(answer: string, questionId: string, current: readonly Item[]): Decided | null {
  const words = answer.replace(/\s+/g, ' ').trim().replace(/[.;]$/, '')
  if (isUnknowing(words) || words.endsWith('?')) return null
  for (const item of current) {
    for (const [mark, question = ''] of item.text.matchAll(gapMark)) {
      if (gapId(question.trim()) !== questionId) continue
      const left = item.text.replace(mark, '').trim()
      const text = left === '' ? words : item.text.replace(mark, ` (${words})`).trim()
      return { category: item.category, text, confidence: decidedConfidence, replaces: item.id }
    }
  }
  return null
}
