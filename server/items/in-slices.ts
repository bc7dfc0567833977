// Long work on the event loop in slices of time, so that others have their turn in between.

import { setImmediate } from 'node:timers/promises'

/** Well below the 20 ms that nobody may hold the loop for, also when some analyses have a slice each in one turn of it. */
const sliceMs = 3

/** Runs `steps` to its end; whatever takes less than a slice is done at once. */
export async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  let sinceMs = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - sinceMs < sliceMs) continue
    await setImmediate()
    sinceMs = performance.now()
  }
}
