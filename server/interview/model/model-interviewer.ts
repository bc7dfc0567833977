// The interviewer that is a model: its questions are checked before anyone sees a word, its answers stream; the built-in one takes over when it fails.

import { setTimeout as wait } from 'node:timers/promises'
import type { ProjectId } from '../../../shared/ids.ts'
import type { Log } from '../../base/log.ts'
import type { Metrics } from '../../base/metrics.ts'
import { ModelFailure, toModelFailure } from '../../llm/model-failure.ts'
import type { ModelClient } from '../../llm/model-client.ts'
import { InterviewerFailure, type FailureKind, type InterviewChunk, type InterviewContext, type Interviewer } from '../interviewer.ts'
import { draftOf, type Draft } from './draft.ts'
import { KnownRefs } from './known-refs.ts'
import { answerPrompt, questionPrompt } from './model-prompts.ts'
import { readQuestion, type ModelQuestion } from './model-question.ts'

export interface ModelInterviewerOptions {
  /** The model of a project; undefined when it has chosen the built-in interviewer. */
  modelOf: (projectId: ProjectId) => Promise<ModelClient | undefined>
  builtIn: Interviewer
  /** How long people wait for first words before the built-in interviewer takes over. */
  fallbackMs: number
  metrics: Metrics
  log: Log
}

/** Beside the first. */
const furtherQuestions = 1
/** A question that was checked is shown at the pace of one that is being written. */
const tokenMs = 12

/** What keeps a model's words from being used. */
type Fallback = ModelFailure['kind'] | 'not_neutral'

export class ModelInterviewer implements Interviewer {
  readonly #options: ModelInterviewerOptions

  constructor(options: ModelInterviewerOptions) {
    this.#options = options
  }

  async *ask(context: InterviewContext, signal: AbortSignal): AsyncGenerator<InterviewChunk> {
    const model = await this.#options.modelOf(context.projectId)
    if (!model) yield* this.#options.builtIn.ask(context, signal)
    else if (context.kind === 'answer') yield* this.#answer(model, context, signal)
    else yield* this.#question(model, context, signal)
  }

  async *#question(model: ModelClient, context: InterviewContext, signal: AbortSignal): AsyncGenerator<InterviewChunk> {
    // It was cut behind its last word.
    if (context.soFar.trimEnd().endsWith('?')) return
    const draft = await draftOf(this.#options.builtIn, context, signal)
    const patience = new Patience(signal, this.#options.fallbackMs)
    let fallback: Fallback
    try {
      const question = await this.#neutralQuestion(model, { context, draft }, patience.signal)
      if (question) {
        yield { about: { ...draft.about, why: question.why, suggestions: question.suggestions } }
        yield* spoken(question.question.slice(context.soFar.length), signal)
        return
      }
      fallback = 'not_neutral'
    } catch (error) {
      fallback = this.#fallbackFor(error, signal)
    } finally {
      patience.end()
    }
    this.#note(context, fallback)
    for await (const chunk of this.#options.builtIn.ask(context, signal)) yield 'about' in chunk ? withNote(chunk, fallback) : chunk
  }

  /** Asks again once when a question may not be asked; null when none of them may. */
  async #neutralQuestion(
    model: ModelClient,
    { context, draft }: { context: InterviewContext; draft: Draft },
    signal: AbortSignal,
  ): Promise<ModelQuestion | null> {
    const refusals: { text: string; says: string }[] = []
    while (refusals.length <= furtherQuestions) {
      const { projectId } = context
      const text = await model.complete({ projectId, purpose: 'question', prompt: questionPrompt(context, draft, refusals), signal })
      const read = readQuestion(text, context)
      if ('question' in read) return read.question
      refusals.push({ text, says: read.says })
    }
    return null
  }

  async *#answer(model: ModelClient, context: InterviewContext, signal: AbortSignal): AsyncGenerator<InterviewChunk> {
    const patience = new Patience(signal, this.#options.fallbackMs)
    const refs = new KnownRefs(context.items.map(({ number }) => number))
    let hasText = false
    let fallback: Fallback
    try {
      const request = { projectId: context.projectId, purpose: 'answer', prompt: answerPrompt(context), signal: patience.signal } as const
      for await (const piece of model.stream(request)) {
        patience.end()
        hasText = true
        const text = refs.push(piece)
        if (text !== '') yield { text }
      }
      yield { text: refs.end() }
      if (hasText) return
      fallback = 'malformed'
    } catch (error) {
      if (hasText) {
        yield { text: refs.end() }
        throw new InterviewerFailure(failureKinds[toModelFailure(error).kind])
      }
      fallback = this.#fallbackFor(error, signal)
    } finally {
      patience.end()
    }
    this.#note(context, fallback)
    yield { text: context.soFar === '' ? `${notes[fallback] ?? usualNote}\n\n` : `\n\n${notes[fallback] ?? usualNote}\n\n` }
    yield* this.#options.builtIn.ask({ ...context, soFar: '' }, signal)
  }

  /** Throws when it was stopped, or is no failure of the model. */
  #fallbackFor(error: unknown, signal: AbortSignal): Fallback {
    if (signal.aborted || !(error instanceof ModelFailure)) throw error
    return error.kind
  }

  #note({ projectId, kind }: InterviewContext, reason: Fallback): void {
    this.#options.metrics.interviewFallbacks.inc({ reason })
    this.#options.log.warn({ projectId, kind, reason }, 'interview.built_in_took_over')
  }
}

const usualNote = 'The model does not answer: this is from the built-in interviewer.'
const notes: Partial<Record<Fallback, string>> = {
  not_neutral: 'The model asked nothing that could be asked: this is from the built-in interviewer.',
}

function withNote(chunk: Extract<InterviewChunk, { about: unknown }>, fallback: Fallback): InterviewChunk {
  const { why } = chunk.about
  const note = notes[fallback] ?? usualNote
  return { about: { ...chunk.about, why: why === null ? note : `${why} ${note}` } }
}

/** What people and the queue are told of an answer that broke off. */
const failureKinds: Readonly<Record<ModelFailure['kind'], FailureKind>> = {
  overloaded: 'overloaded',
  refused: 'refused',
  unfit: 'refused',
  cut: 'cut',
  stalled: 'stalled',
  malformed: 'malformed',
  busy: 'overloaded',
  broken: 'overloaded',
  stopped: 'cut',
}

async function* spoken(text: string, signal: AbortSignal): AsyncGenerator<InterviewChunk> {
  for (const token of text.match(/\s*\S+/g) ?? []) {
    yield { text: token }
    await wait(tokenMs, undefined, { signal })
  }
}

/** Gives up on a model that lets people wait; `signal` is aborted with the reason. */
class Patience {
  readonly #over = new AbortController()
  readonly #timer: ReturnType<typeof setTimeout>
  readonly signal: AbortSignal

  constructor(signal: AbortSignal, patienceMs: number) {
    this.#timer = setTimeout(() => this.#over.abort(new ModelFailure('stalled')), patienceMs)
    this.signal = AbortSignal.any([signal, this.#over.signal])
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
