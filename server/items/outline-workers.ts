// The one thread in which texts are read that cannot be read in slices: a line of a megabyte is one step.

import { Piscina } from 'piscina'
import type { PlainPiece } from '../../shared/spec/outline-piece.ts'

/** INVARIANT: reading such a text never holds the event loop. */
export class OutlineWorkers {
  readonly #pool = new Piscina({
    filename: new URL('./outline-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
  })

  /** The outline of a text, to be made with `SpecOutline.of`. */
  async read(markdown: string): Promise<PlainPiece[]> {
    // What the worker's one function gives.
    return (await this.#pool.run(markdown)) as PlainPiece[]
  }

  async stop(): Promise<void> {
    await this.#pool.destroy()
  }
}
