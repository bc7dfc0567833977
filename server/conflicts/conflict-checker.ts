// Checks the items of many specs for conflicts in a thread of its own, so that the event loop only hands over what changed.

import { Piscina } from 'piscina'
import type { FindingChanges, ItemChanges } from './conflict-index.ts'
import type { CheckerAnswer, CheckerTask } from './conflict-worker.ts'
import type { Finding } from './finding.ts'
import type { ConflictItem } from './subject.ts'

/** What was known of the spec is gone, with the thread or because it was never begun: `begin` it again. */
export class IndexLostError extends Error {}

/** Handing over more at once would hold the event loop while it is copied. */
const itemsAMessage = 500
/** Specs that are worked on at once; others wait their turn. */
const maxAtOnce = 64

/** INVARIANT: the findings of one spec are told in the order in which its changes were given. */
export class ConflictChecker {
  readonly #pool = new Piscina({
    filename: new URL('./conflict-worker.ts', import.meta.url).href,
    // One thread: it holds the indexes.
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: maxAtOnce,
  })
  readonly #begun = new Map<string, { readonly generation: number; readonly handedOver: Promise<void> }>()
  #generation = 0

  /** Takes in all items of a spec, in place of what was known of it, and gives all that is found among them. */
  async begin(spec: string, items: readonly ConflictItem[]): Promise<readonly Finding[]> {
    const generation = (this.#generation += 1)
    const handedOver = this.#handOver(spec, generation, items)
    this.#begun.set(spec, { generation, handedOver })
    const { added } = await this.check(spec, { changed: [], removed: [] })
    return added
  }

  /** Takes in what changed in a spec that was begun, and gives what that did; rejects with `IndexLostError` when it has to be begun. */
  async check(spec: string, changes: ItemChanges): Promise<FindingChanges> {
    const begun = this.#begun.get(spec)
    if (begun === undefined) throw new IndexLostError(`${spec} was not begun`)
    await begun.handedOver
    return await this.#run({ kind: 'change', spec, generation: begun.generation, changes })
  }

  /** Drops a spec that nobody works on any more. */
  async forget(spec: string): Promise<void> {
    const begun = this.#begun.get(spec)
    if (begun === undefined) return
    this.#begun.delete(spec)
    await begun.handedOver
    await this.#pool.run({ kind: 'forget', spec, generation: begun.generation } satisfies CheckerTask)
  }

  /** Ends the thread; what is still under way rejects. */
  async stop(): Promise<void> {
    await this.#pool.destroy()
  }

  async #handOver(spec: string, generation: number, items: readonly ConflictItem[]): Promise<void> {
    await this.#run({ kind: 'begin', spec, generation })
    for (let from = 0; from < items.length; from += itemsAMessage) {
      await this.#run({ kind: 'gather', spec, generation, items: items.slice(from, from + itemsAMessage) })
    }
  }

  async #run(task: CheckerTask): Promise<FindingChanges> {
    const answer = (await this.#pool.run(task)) as CheckerAnswer
    if (answer === null) throw new IndexLostError(`${task.spec} is not known any more`)
    return answer
  }
}
