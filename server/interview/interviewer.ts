// The port to whoever asks and answers: a bank of questions or a model, which streams its words.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Item } from '../../shared/wire/items.ts'

/** What was said before, by whom. */
export interface ConversationLine {
  readonly role: 'interviewer' | 'person'
  readonly authorId: UserId
  readonly category: CategoryKey | null
  readonly questionId: string | null
  readonly text: string
}

/** All that a question or an answer is made from. */
export interface InterviewContext {
  readonly projectId: ProjectId
  readonly kind: 'question' | 'answer'
  /** For whom. */
  readonly authorId: UserId
  readonly items: readonly Item[]
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
