// `npm run load:items`: how long an analysis of items takes, and holds the event loop, by the size and the shape of the document.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type * as Y from 'yjs'
import { createLog } from '../server/base/log.ts'
import { migrate } from '../server/store/migrations.ts'
import { hostileShapes } from './rigs/hostile-markdown.ts'
import { ItemsWorld } from './rigs/items-world.ts'
import { startPrivatePostgres } from './rigs/private-postgres.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const config = { DOCUMENT_MAX_BYTES: String(100 * 1024 * 1024), STATEMENT_TIMEOUT_MS: '60000' }
/** Nothing is analysed but when it is asked for. */
const analysis = { pauseMs: 3_600_000, longestMs: 3_600_000, peerPauseMs: 3_600_000 }

const postgres = await startPrivatePostgres()
await migrate({ url: postgres.url, folder: fileURLToPath(new URL('../sql', import.meta.url)), log: createLog('silent') })

/** Time of `work`, and the longest that it held the loop. */
async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  await wait(20)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  const startedMs = performance.now()
  await work()
  const tookMs = performance.now() - startedMs
  await wait(5)
  delays.disable()
  write(`${name.padEnd(46)} ${tookMs.toFixed(0).padStart(7)} ms, loop held ${(delays.max / 1e6).toFixed(1).padStart(6)} ms`)
}

async function withSpec(markdown: string, use: (spec: Spec) => Promise<void>): Promise<void> {
  const world = new ItemsWorld({ url: postgres.url, config, analysis })
  const projectId = await world.newProject()
  const document = await world.registry.acquire(projectId)
  const edit = (change: (text: Y.Text) => void) => document.live.edit({ userId: 'ann' }, 0, change, () => undefined)
  edit((text) => text.insert(text.length, markdown))
  await use({ projectId, edit, read: () => world.specItems.current(projectId) })
  await world.close()
}

interface Spec {
  projectId: string
  edit: (change: (text: Y.Text) => void) => void
  read: () => Promise<unknown>
}

const section = (index: number): string => (index % 50 === 0 ? `\n## ${['Goals', 'Security', 'Testing'][(index / 50) % 3]}\n\n` : '')
const specOf = (count: number, rest: string): string =>
  Array.from({ length: count }, (_, index) => `${section(index)}- Item ${index} must handle ${index * 7919} requests ${rest}\n`).join('')

for (const [count, rest] of [
  [1_000, ''],
  [10_000, ''],
  [20_000, 'and so on '.repeat(20)],
] as const) {
  const markdown = specOf(count, rest)
  write(`\n${count} items, ${(markdown.length / 1e6).toFixed(2)} MB`)
  await withSpec(markdown, async ({ projectId, edit, read }) => {
    await measured('all of them new', read)
    await measured('nothing changed', read)
    for (const place of ['the middle', 'the start']) {
      edit((text) => text.insert(place === 'the start' ? 8 : Math.floor(text.length / 2), 'x'))
      await measured(`a letter in ${place}`, read)
    }
    edit((text) => text.insert(8, '\n```\n'))
    await measured('all of them gone into a block of code', read)
    edit((text) => text.delete(8, 5))
    await measured('and out of it', read)
    edit((text) => {
      const lines = text.toString().split('\n').toReversed()
      text.delete(0, text.length)
      text.insert(0, lines.join('\n'))
    })
    await measured('all of them turned round', read)
    const other = new ItemsWorld({ url: postgres.url, config, analysis })
    await measured('opened on another node', () => other.specItems.current(projectId))
    await other.close()
  })
}

write('\n1 MB of every shape that nobody would write')
for (const [name, shape] of Object.entries(hostileShapes)) {
  await withSpec(shape(1_000_000), async ({ read }) => measured(name, read))
}
await postgres.remove()
process.exit(0)
