// The pool of one thread in which whole texts are compared.

import { Piscina } from 'piscina'
import type { Service } from '../base/service.ts'
import type { TextEdit } from '../../shared/spec/text-edits.ts'
import type { LineHunk, TextPair } from './text-worker.ts'

/** INVARIANT: the event loop is never held by a comparison, however large the texts. */
export class TextWorkers implements Service {
  readonly name = 'text-workers'
  readonly #pool = new Piscina({
    filename: new URL('./text-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
  })

  /** The edits that make `from` into `to`. */
  edits(from: string, to: string): Promise<TextEdit[]> {
    return this.#run<TextEdit[]>('edits', { from, to })
  }

  /** Where the lines of two texts differ. */
  hunks(from: string, to: string): Promise<LineHunk[]> {
    return this.#run<LineHunk[]>('hunks', { from, to })
  }

  async stop(): Promise<void> {
    await this.#pool.destroy()
  }

  async #run<Result>(name: 'edits' | 'hunks', pair: TextPair): Promise<Result> {
    // What the function of that name gives.
    return (await this.#pool.run(pair, { name })) as Result
  }
}
