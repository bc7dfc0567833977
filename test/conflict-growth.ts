// `npm run load:conflicts`: how the time of a first check and of one changed item grows with the spec, and how long the event loop is held.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { ConflictChecker } from '../server/conflicts/conflict-checker.ts'
import { ConflictIndex } from '../server/conflicts/conflict-index.ts'
import { manyItems } from './rigs/many-items.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 2_000, 5_000, 10_000, 20_000]
const quantile = (times: readonly number[], part: number): string =>
  (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1).padStart(7)

const checker = new ConflictChecker()
await checker.begin('warm', manyItems(200))
/** How long the loop is held when nothing is asked of it: what the machine and its other users do. */
async function heldWhenIdle(ms: number): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await setTimeout(Math.min(ms, 10_000))
  delay.disable()
  return delay.max / 1e6
}

write('items    first check ms (x per doubling)   CPU ms   one changed item ms p50, p95   loop held ms, and when idle   findings')
let before: { count: number; ms: number } | undefined
for (const count of sizes) {
  const items = manyItems(count)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const found = await checker.begin('spec', items)
  const ms = performance.now() - start
  const cpuMs = process.cpuUsage(cpu).user / 1e3
  const changes = manyItems(60, 99)
  const times: number[] = []
  for (const [at, item] of changes.entries()) {
    const from = performance.now()
    await checker.check('spec', { changed: [{ ...item, id: `i${at * 13}` }], removed: [] })
    times.push(performance.now() - from)
  }
  delay.disable()
  const growth = before === undefined ? '' : `x${((ms / before.ms) ** (1 / Math.log2(count / before.count))).toFixed(2)}`
  write(
    [
      String(count).padEnd(8),
      `${ms.toFixed(0).padStart(12)} ${growth.padEnd(18)}`,
      cpuMs.toFixed(0).padStart(8),
      `${quantile(times, 0.5)} ${quantile(times, 0.95)}`.padStart(28),
      `${(delay.max / 1e6).toFixed(1)}, ${(await heldWhenIdle(ms)).toFixed(1)}`.padStart(14),
      String(found.length).padStart(10),
    ].join(' '),
  )
  before = { count, ms }
}
await checker.stop()

const index = new ConflictIndex()
const work = index.checkInSteps({ changed: manyItems(1_000, 3), removed: [] })
const steps: number[] = []
for (let isDone = false; !isDone;) {
  const from = performance.now()
  isDone = work.next().done === true
  steps.push(performance.now() - from)
}
write(`\nsteps of a first check of 1,000 items, ms: p50 ${quantile(steps, 0.5)}, p99 ${quantile(steps, 0.99)}, max ${quantile(steps, 1)}`)
