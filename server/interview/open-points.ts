// What the spec itself leaves open: marked gaps and conflicts, each taken up once as a question.

import { createHash } from 'node:crypto'
import { checkBias } from '../../shared/domain/bias.ts'
import { questionWordsMax } from '../../shared/domain/bias-words.ts'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { InterviewContext } from './interviewer.ts'
import { questionAbout, type PutQuestion } from './put-question.ts'

const gapPrefix = 'gap:'
const conflictPrefix = 'conflict:'
/** Quoted in a question; what is longer is cut. */
const quotedUnits = 110

const askedIdsOf = ({ asked }: InterviewContext): Set<string | null> => new Set(asked.map(({ questionId }) => questionId))
/** The same gap whatever was typed around it. */
const gapId = (question: string): string =>
  `${gapPrefix}${createHash('sha256').update(question.toLowerCase()).digest('base64url').slice(0, 16)}`

/** The first marked gap that was not taken up yet. */
export function gapQuestion(context: InterviewContext): PutQuestion | undefined {
  const asked = askedIdsOf(context)
  const gap = context.gaps.find(({ question }) => question !== '' && !asked.has(gapId(question)))
  if (!gap) return undefined
  const about = {
    category: gap.category,
    askedAs: 'business analyst',
    why: 'Somebody marked it in the spec as unclear.',
    questionId: gapId(gap.question),
  }
  return questionAbout(about, wordsFor(gap.question))
}

/** As it was written if that is fit to be asked; else quoted. */
function wordsFor(gap: string): string {
  const isWhole = /^[^?]+\?$/.test(gap) && !checkBias(gap).isBiased && gap.split(/\s+/).length <= questionWordsMax
  return isWhole
    ? `${gap.slice(0, 1).toUpperCase()}${gap.slice(1)}`
    : `The spec marks “${quoted(gap.replace(/\?/g, ''))}” as unclear: what holds?`
}

/** The conflict that has been open longest and was not taken up yet. */
export function conflictQuestion(context: InterviewContext): PutQuestion | undefined {
  const asked = askedIdsOf(context)
  const conflict = context.conflicts.toReversed().find(({ id }) => !asked.has(conflictPrefix + id))
  if (!conflict) return undefined
  const [one, other] = conflict.items
  if (one === undefined || other === undefined) return undefined
  const category = context.items.find(({ id }) => id === other.id)?.category ?? null
  const about = { category, askedAs: 'business analyst', why: conflict.why, questionId: conflictPrefix + conflict.id }
  const refs = conflict.items.map(({ ref }) => ref)
  const says = conflict.items.slice(0, 2).map(({ ref, text }) => `${ref} says “${quoted(text)}”`)
  return questionAbout(about, `${says.join(', ')}: which of them holds?`, [
    ...refs.slice(0, 3).map((ref) => `${ref} holds`),
    'Both, in different cases',
  ])
}

/** The conflict that a question was about; undefined of any other question, and once it is closed. */
export const conflictAskedAbout = (questionId: string | null, conflicts: readonly Conflict[]): Conflict | undefined =>
  questionId?.startsWith(conflictPrefix) === true ? conflicts.find(({ id }) => id === questionId.slice(conflictPrefix.length)) : undefined

function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll(/[“”"]/g, "'").trim()
  return line.length <= quotedUnits
    ? line
    : `${line
        .slice(0, quotedUnits)
        .toWellFormed()
        .replace(/\s+\S*$/, '')} …`
}
