// `npm run load:grammar`: how the time of reading grows with a document of every hostile shape, and what one keystroke costs in a large one.

import { SpecOutline } from '../shared/spec/outline.ts'
import { parseSpec } from '../shared/spec/parse-spec.ts'
import { checkWording } from '../shared/spec/wording/check-wording.ts'
import { hostileShapes } from './rigs/hostile-markdown.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)

/** The best of three, in ms: a busy machine can only make it longer. */
function timed(run: () => void): number {
  let best = Infinity
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

function readAll(markdown: string): void {
  for (const item of parseSpec(markdown).items) {
    checkWording(item)
    void item.statement.clause
  }
}

const sizes = [250_000, 500_000, 1_000_000]
write(`reading, ms at ${sizes.map((size) => `${size / 1e6} MB`).join(', ')}; how much longer for twice as much`)
for (const [name, shape] of Object.entries(hostileShapes)) {
  const times = sizes.map((size) => timed(() => readAll(shape(size))))
  const growth = times.slice(1).map((time, index) => (time / (times[index] ?? time)).toFixed(1))
  write(`${name.padEnd(36)} ${times.map((time) => time.toFixed(1).padStart(8)).join(' ')}   x${growth.join(' x')}`)
}

/** A character typed and taken back at places all over the document; µs for each. */
function keystrokes(markdown: string): number[] {
  const outline = new SpecOutline(markdown)
  return Array.from({ length: 400 }, (_, index) => {
    const at = Math.floor((markdown.length * (index + 1)) / 402)
    const start = performance.now()
    outline.update({ from: at, to: at, insert: 'x' })
    outline.update({ from: at, to: at + 1, insert: '' })
    return (performance.now() - start) * 500
  }).toSorted((a, b) => a - b)
}

write('\none keystroke, µs: p50, p95')
for (const count of [100, 1_000, 10_000, 50_000]) {
  const documents = {
    list: `## Goals\n${'- The system must answer within 200 ms when a user asks for it.\n'.repeat(count)}`,
    table: `| A | B |\n|---|---|\n${'| answer | within 200 ms |\n'.repeat(count)}`,
  }
  for (const [name, markdown] of Object.entries(documents)) {
    const times = keystrokes(markdown)
    write(
      `${name} of ${count}`.padEnd(20) +
        [0.5, 0.95].map((part) => (times[Math.floor(times.length * part)] ?? 0).toFixed(0).padStart(8)).join(' '),
    )
  }
}
