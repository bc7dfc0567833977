// The port to whoever asks and answers: a bank of questions or a model, which streams its words.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { Phase } from '../../shared/domain/phases.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { Item } from '../../shared/wire/items.ts'

/** What was said before, by whom. */
export interface ConversationLine {
  readonly id: string
  /** The message that it answers. */
  readonly replyTo: string | null
  readonly role: 'interviewer' | 'person'
  readonly authorId: UserId
  readonly category: CategoryKey | null
  readonly questionId: string | null
  /** Who passed over it, of a question that was skipped. */
  readonly skippedBy: UserId | null
  readonly text: string
}

/** A question that was put in this project, however long ago. */
export interface AskedQuestion {
  readonly questionId: string | null
  readonly text: string
}

/** What somebody's ways of answering have taught. */
export interface PersonHabits {
  /** In which roles they asked to be asked. */
  readonly roles: readonly string[]
  /** How many questions of each role they have answered. */
  readonly answered: Readonly<Record<string, number>>
  /** How many questions of each category they have passed over. */
  readonly skipped: Readonly<Partial<Record<CategoryKey, number>>>
  /** The words of their usual answer; null while there are too few. */
  readonly usualWords: number | null
}

/** The spec and its project, as they are now. */
export interface SpecNow {
  readonly items: readonly Item[]
  readonly phase: Phase
  /** 0 to 100: how much of its items each category that has a target holds. */
  readonly coverage: Readonly<Partial<Record<CategoryKey, number>>>
  /** What somebody marked as `[NEEDS CLARIFICATION: …]`, in the order of the text. */
  readonly gaps: readonly { readonly question: string; readonly category: CategoryKey }[]
  /** Those that are open, redundancies left out. */
  readonly conflicts: readonly Conflict[]
}

/** All that a question or an answer is made from. */
export interface InterviewContext extends SpecNow {
  readonly projectId: ProjectId
  readonly kind: 'question' | 'answer'
  /** For whom. */
  readonly authorId: UserId
  readonly person: PersonHabits
  /** All that were put, oldest first; the message itself left out. */
  readonly asked: readonly AskedQuestion[]
  /** Oldest first, the message itself left out. */
  readonly conversation: readonly ConversationLine[]
  /** What the message says already when it is continued, with what it was about; empty when it begins. */
  readonly soFar: string
  readonly about: QuestionFacts
}

/** What is known about a message beside its words. */
export interface QuestionFacts {
  readonly category: CategoryKey | null
  readonly askedAs: string | null
  readonly why: string | null
  readonly questionId: string | null
  readonly suggestions: readonly string[]
}

/** Words that go on from those before, or what the message is about. */
export type InterviewChunk = { readonly text: string } | { readonly about: QuestionFacts }

/** Aborting `signal` ends it at once, upstream too. What it throws is an InterviewerFailure where it knows what went wrong. */
export interface Interviewer {
  ask(context: InterviewContext, signal: AbortSignal): AsyncIterable<InterviewChunk>
}

/** Why an interviewer gave up. */
export type FailureKind = 'overloaded' | 'refused' | 'cut' | 'stalled' | 'malformed'

const passingKinds: ReadonlySet<FailureKind> = new Set(['overloaded', 'cut', 'stalled', 'malformed'])

/** What went wrong upstream, by name. */
export class InterviewerFailure extends Error {
  override readonly name = 'InterviewerFailure'
  readonly kind: FailureKind

  constructor(kind: FailureKind, cause?: unknown) {
    super(`the interviewer failed: ${kind}`, cause === undefined ? {} : { cause })
    this.kind = kind
  }

  /** Whether the same may succeed when it is tried again. */
  get isPassing(): boolean {
    return passingKinds.has(this.kind)
  }
}
