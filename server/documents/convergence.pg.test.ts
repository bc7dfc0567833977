// N editors over lines that delay, drop and overtake each other, while replicas are reloaded and logs folded: one text, nothing acked missing.

import fc from 'fast-check'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { LineEditor } from '../../test/rigs/line-editor.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { seededRandom } from '../../test/rigs/seeded-random.ts'
import { textOf } from '../../test/rigs/yjs-client.ts'
import { decodeUpdate, isCovered } from './update-coverage.ts'

let fresh: FreshDatabase

beforeEach(async () => {
  fresh = await freshDatabase()
})

afterEach(() => fresh.drop())

interface Scenario {
  seed: number
  editors: number
  steps: number
  /** Chance of each step that somebody's line drops. */
  dropRate: number
  maxDelayMs: number
}

const nobodyIn = (world: DocumentWorld): Promise<void> => vi.waitFor(() => expect(world.registry.size).toBe(0), 5_000)

async function run({ seed, editors: count, steps, dropRate, maxDelayMs }: Scenario): Promise<void> {
  const random = seededRandom(seed)
  const world = new DocumentWorld({ url: fresh.url, config: { DOCUMENT_IDLE_MS: '0', COMPACT_AFTER_ROWS: '20' } })
  const projectId = await world.newProject()
  const editors = Array.from({ length: count }, (_, index) => new LineEditor({ world, projectId, name: `e${index}`, random, maxDelayMs }))
  await Promise.all(editors.map((editor) => editor.connect()))
  for (let step = 0; step < steps; step++) {
    const editor = editors[Math.floor(random() * count)]
    editor?.edit()
    if (random() < dropRate) editor?.drop()
    if (random() < dropRate) void editors[Math.floor(random() * count)]?.connect()
    if (random() < 0.02) void world.snapshots.compact(projectId)
    if (random() < 0.01) {
      // Everyone goes, so that the replica is closed and read anew.
      for (const each of editors) each.drop()
      await nobodyIn(world)
    }
    if (random() < 0.3) await setTimeout(random() * maxDelayMs)
  }
  for (const editor of editors) while (!editor.isConnected) await editor.connect()
  await vi.waitFor(() => {
    expect(editors.map(({ unsettled }) => unsettled)).toEqual(editors.map(() => 0))
    const [first, ...others] = editors.map(({ doc }) => textOf(doc))
    for (const text of others) expect(text).toBe(first)
  }, 10_000)
  const reader = new DocumentWorld({ url: fresh.url })
  const { document } = await reader.join(projectId)
  expect(document.live.doc.store.pendingStructs).toBeNull()
  const text = textOf(document.live.doc)
  for (const { doc } of editors) {
    expect(textOf(doc)).toBe(text)
    expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(editors[0]?.doc ?? doc))
  }
  expect(text.isWellFormed()).toBe(true)
  const acked = editors.flatMap((editor) => editor.acked)
  expect(acked.length).toBeGreaterThan(0)
  expect(acked.filter((update) => !isCovered(document.live.doc, decodeUpdate(update)))).toEqual([])
  await Promise.all([reader.close(), world.close()])
}

describe('convergence', () => {
  it('[DOC26] of editors over a lossy, reordering, staggered link, through reconnects, reloads and compaction', async () => {
    const scenario = fc.record<Scenario>({
      seed: fc.integer(),
      editors: fc.integer({ min: 2, max: 6 }),
      steps: fc.integer({ min: 50, max: 400 }),
      dropRate: fc.constantFrom(0, 0.02, 0.1),
      maxDelayMs: fc.constantFrom(0, 2, 8),
    })
    const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
    process.stdout.write(`convergence: FUZZ_SEED=${seed}\n`)
    const deadlineMs = performance.now() + 8_000
    let runs = 0
    const inTime = async (one: Scenario): Promise<void> => {
      if (performance.now() > deadlineMs) return
      await run(one)
      runs++
    }
    await fc.assert(fc.asyncProperty(scenario, inTime), { seed, numRuns: 25, endOnFailure: true })
    expect(runs).toBeGreaterThan(0)
  }, 40_000)
})
