// Whole answers to prompts that hold nothing personal, kept a while; who asks the same while it is being answered shares the call.

import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { ModelFailure } from './model-failure.ts'

const keptMs = 60 * 60_000

interface Shared {
  readonly answer: Promise<string>
  readonly abort: AbortController
  waiting: number
}

export class AnswerCache {
  readonly #whole: LRUCache<string, string>
  readonly #underWay = new Map<string, Shared>()

  constructor(answersMax: number) {
    this.#whole = new LRUCache({ max: answersMax, ttl: keptMs })
  }

  /** What is known under `facts`, else what `make` gives; it is aborted when nobody waits for it any more. Errors: ModelFailure. */
  async get(
    facts: unknown,
    signal: AbortSignal,
    make: (signal: AbortSignal) => Promise<string>,
  ): Promise<{ text: string; isOwn: boolean }> {
    const key = createHash('sha256').update(JSON.stringify(facts)).digest('base64url')
    const known = this.#whole.get(key)
    if (known !== undefined) return { text: known, isOwn: false }
    const underWay = this.#underWay.get(key)
    const shared = underWay ?? this.#begin(key, make)
    return { text: await this.#wait(key, shared, signal), isOwn: underWay === undefined }
  }

  #begin(key: string, make: (signal: AbortSignal) => Promise<string>): Shared {
    const abort = new AbortController()
    const shared: Shared = { answer: make(abort.signal), abort, waiting: 0 }
    this.#underWay.set(key, shared)
    shared.answer
      .then(
        (text) => this.#whole.set(key, text),
        // Whoever waits is told.
        () => undefined,
      )
      .finally(() => this.#forget(key, shared))
    return shared
  }

  async #wait(key: string, shared: Shared, signal: AbortSignal): Promise<string> {
    shared.waiting += 1
    const { promise: stopped, reject } = Promise.withResolvers<never>()
    const onStop = () => reject(new ModelFailure('stopped'))
    if (signal.aborted) onStop()
    signal.addEventListener('abort', onStop, { once: true })
    try {
      return await Promise.race([shared.answer, stopped])
    } finally {
      signal.removeEventListener('abort', onStop)
      shared.waiting -= 1
      if (shared.waiting === 0) {
        // Before it is aborted: who comes now must not share it.
        this.#forget(key, shared)
        shared.abort.abort()
      }
    }
  }

  #forget(key: string, shared: Shared): void {
    if (this.#underWay.get(key) === shared) this.#underWay.delete(key)
  }
}
