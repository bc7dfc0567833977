// The pool of one thread in which documents are replayed and whole texts compared.

import { Piscina } from 'piscina'
import type { Service } from '../base/service.ts'
import type { TextEdit } from '../../shared/spec/text-edits.ts'
import type { StoredDocument } from '../store/documents-store.ts'
import type { LineRun } from './blame-lines.ts'
import type { BlamedText, LineHunk } from './text-worker.ts'

/** INVARIANT: the event loop is never held by any of it, however large the texts. */
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

  /** The text of a document as the store holds it. */
  textOf({ snapshot, updates }: StoredDocument): Promise<string> {
    return this.#run<string>('textOf', { snapshot, updates })
  }

  /** Who wrote which line of a text. */
  blame(text: BlamedText): Promise<LineRun[]> {
    return this.#run<LineRun[]>('blame', text)
  }

  async stop(): Promise<void> {
    await this.#pool.destroy()
  }

  async #run<Result>(name: 'edits' | 'hunks' | 'textOf' | 'blame', given: object): Promise<Result> {
    // What the function of that name gives.
    return (await this.#pool.run(given, { name })) as Result
  }
}
