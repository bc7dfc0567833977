// What runs in the thread that checks items for conflicts: an index for each spec, worked on in slices so that none waits for a large one.

import { setImmediate } from 'node:timers/promises'
import { ConflictIndex, type FindingChanges, type ItemChanges } from './conflict-index.ts'
import { toSubject, type ConflictItem } from './subject.ts'

/** What the thread is asked about a spec. */
export type CheckerTask = {
  readonly spec: string
  /** Which beginning of the spec it belongs to: what was lost with a thread, or begun anew, is noticed by it. */
  readonly generation: number
} & (
  | { readonly kind: 'begin' }
  /** More items of a beginning, to be checked with its next change. */
  | { readonly kind: 'gather'; readonly items: readonly ConflictItem[] }
  | { readonly kind: 'change'; readonly changes: ItemChanges }
  | { readonly kind: 'forget' }
)

/** What was found; null when the thread does not have the spec. */
export type CheckerAnswer = FindingChanges | null

interface Held {
  readonly generation: number
  readonly index: ConflictIndex
  gathered: readonly ConflictItem[]
  /** The work on a spec is done in the order it was asked for. */
  last: Promise<unknown>
}

const sliceMs = 5
const specs = new Map<string, Held>()
const nothing: FindingChanges = { added: [], removed: [] }
// The language model has tables that are made when first used: not while somebody waits.
toSubject({ id: '', text: 'The system shall not send more than 5 messages per day.', bodyFrom: 0, key: '', category: '', headings: [] })

async function inTurns(steps: Generator<undefined, FindingChanges>): Promise<FindingChanges> {
  let sinceMs = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - sinceMs < sliceMs) continue
    await setImmediate()
    sinceMs = performance.now()
  }
}

async function change(held: Held, changes: ItemChanges): Promise<FindingChanges> {
  const whole = { changed: [...held.gathered, ...changes.changed], removed: changes.removed }
  held.gathered = []
  const work = held.last.then(() => inTurns(held.index.checkInSteps(whole)))
  held.last = work.catch(() => undefined)
  return await work
}

/** Does what is asked of one spec. */
export default async function work(task: CheckerTask): Promise<CheckerAnswer> {
  const { spec, generation } = task
  if (task.kind === 'begin') {
    specs.set(spec, { generation, index: new ConflictIndex(), gathered: [], last: Promise.resolve() })
    return nothing
  }
  const held = specs.get(spec)
  if (held?.generation !== generation) return null
  if (task.kind === 'change') return await change(held, task.changes)
  if (task.kind === 'gather') held.gathered = [...held.gathered, ...task.items]
  else specs.delete(spec)
  return nothing
}
