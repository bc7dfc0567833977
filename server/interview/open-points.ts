// What the spec itself leaves open: marked gaps and conflicts, each taken up once as a question.

import { createHash } from 'node:crypto'
import { checkBias } from '../../shared/domain/bias.ts'
import { questionWordsMax } from '../../shared/domain/bias-words.ts'
import type { InterviewContext } from './interviewer.ts'
import { questionAbout, type PutQuestion } from './put-question.ts'

const gapPrefix = 'gap:'
const conflictPrefix = 'conflict:'
/** Quoted in a question; what is longer is cut. */
const quotedUnits = 110

const askedIdsOf = ({ asked }: InterviewContext): Set<string | null> => new Set(asked.map(({ questionId }) => questionId))
/** What a gap is asked about under: the same whatever was typed around it. */
export const gapId = (question: string): string =>
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
  const sides = conflict.items.toSorted((one, other) => numberOf(one) - numberOf(other))
  const category = context.items.find(({ id }) => id === sides.at(-1)?.id)?.category ?? null
  const about = { category, askedAs: 'business analyst', why: conflict.why, questionId: conflictPrefix + conflict.id }
  const refs = sides.map(({ ref }) => ref)
  const says = sides.slice(0, 2).map(({ ref, text }) => `${ref} says “${quoted(text)}”`)
  return questionAbout(about, `${says.join(', ')}: which of them holds?`, [
    ...refs.slice(0, 3).map((ref) => `${ref} holds`),
    'Both, in different cases',
  ])
}

const numberOf = ({ ref }: { readonly ref: string }): number => Number(ref.slice(ref.lastIndexOf('-') + 1))

/** Whether a question was about a marked gap. */
export const isGapId = (questionId: string | null): questionId is string => questionId?.startsWith(gapPrefix) === true

/** The id of the conflict that a question was about; null of any other question. */
export const conflictIdIn = (questionId: string | null): string | null =>
  questionId?.startsWith(conflictPrefix) === true ? questionId.slice(conflictPrefix.length) : null

function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll(/[“”"]/g, "'").trim()
  return line.length <= quotedUnits
    ? line
    : `${line
        .slice(0, quotedUnits)
        .toWellFormed()
        .replace(/\s+\S*$/, '')} …`
}
