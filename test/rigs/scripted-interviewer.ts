// An interviewer that does what a test says: each call waits to be driven, token by token, to an end or a failure.

import type { InterviewChunk, InterviewContext, Interviewer } from '../../server/interview/interviewer.ts'

type Step = { chunk: InterviewChunk } | { end: true } | { failure: unknown }

/** One call of it. */
export class ScriptedCall {
  readonly context: InterviewContext
  /** When it was aborted, in `performance.now()`. */
  abortedAtMs: number | null = null
  readonly #steps: Step[] = []
  #wake: () => void = () => undefined

  constructor(context: InterviewContext, signal: AbortSignal) {
    this.context = context
    signal.addEventListener('abort', () => (this.abortedAtMs ??= performance.now()))
  }

  say(text: string): void {
    this.#add({ chunk: { text } })
  }

  end(): void {
    this.#add({ end: true })
  }

  fail(failure: unknown): void {
    this.#add({ failure })
  }

  async *chunks(): AsyncGenerator<InterviewChunk> {
    for (;;) {
      const step = this.#steps.shift()
      if (!step) await new Promise<void>((resolve) => (this.#wake = resolve))
      else if ('chunk' in step) yield step.chunk
      else if ('failure' in step) throw step.failure
      else return
    }
  }

  #add(step: Step): void {
    this.#steps.push(step)
    this.#wake()
  }
}

export class ScriptedInterviewer implements Interviewer {
  readonly calls: ScriptedCall[] = []
  /** Told of each call as it comes. */
  onCall: (call: ScriptedCall) => void = () => undefined

  ask(context: InterviewContext, signal: AbortSignal): AsyncIterable<InterviewChunk> {
    const call = new ScriptedCall(context, signal)
    this.calls.push(call)
    this.onCall(call)
    return call.chunks()
  }
}
