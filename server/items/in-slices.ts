// Long work on the event loop in slices of time, so that others have their turn in between.

import { setImmediate } from 'node:timers/promises'

/** Well below the 20 ms that nobody may hold the loop for. */
const sliceMs = 6

/** Runs `steps` to its end; whatever takes less than a slice is done at once. `onSlice` is told how long each slice held the loop. */
export async function inSlices<T>(steps: Generator<void, T>, onSlice?: (heldMs: number) => void): Promise<T> {
  let sinceMs = performance.now()
  for (;;) {
    const step = steps.next()
    const heldMs = performance.now() - sinceMs
    if (step.done === true || heldMs >= sliceMs) onSlice?.(heldMs)
    if (step.done === true) return step.value
    if (heldMs < sliceMs) continue
    await setImmediate()
    sinceMs = performance.now()
  }
}
