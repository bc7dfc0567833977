// What a question of the bank is: its words, its reason, what to ask after a thin answer, and when it makes sense.

import type { CategoryKey } from '../../../shared/domain/categories.ts'
import type { InterviewerRole } from '../../../shared/domain/interviewer-roles.ts'

/** What an answer may lack. */
export const missingParts = ['number', 'example', 'actor', 'condition', 'deadline'] as const
export type MissingPart = (typeof missingParts)[number]

/** One row of the bank. */
export interface QuestionRow {
  /** For ever: it tells which were asked. */
  readonly id: string
  readonly askedAs: InterviewerRole
  /** What it is about in a few words: the lead-in of an item that a short answer becomes. */
  readonly name: string
  /** One point, in one sentence that ends in a question mark. */
  readonly question: string
  readonly why: string
  /** Up to four short answers to choose from. */
  readonly suggestions?: readonly string[]
  /** What to ask for a part that an answer lacks, or leaves vague. */
  readonly followUps: Readonly<Partial<Record<MissingPart, string>>>
  /** Words that show that the spec says it already: one entry is enough, of which each word begins a word of one item. */
  readonly known: readonly string[]
  /** What it presupposes, in the same form: without it in the spec, or in what was said, it is not asked. */
  readonly needs?: readonly string[]
}

export interface BankQuestion extends Required<QuestionRow> {
  readonly category: CategoryKey
}

/** The rows of one category. */
export const questionsAbout = (category: CategoryKey, rows: readonly QuestionRow[]): readonly BankQuestion[] =>
  rows.map((row) => ({ suggestions: [], needs: [], ...row, category }))
