// Compaction on a real PostgreSQL: under typing, by two nodes at once, with rows in between, with gaps, and of long logs.

import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld, type WorldOptions } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { changed, textOf, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import type { DocumentsStore } from '../store/documents-store.ts'
import { loadReplica } from './replica.ts'

let fresh: FreshDatabase
const worlds: DocumentWorld[] = []

beforeEach(async () => {
  fresh = await freshDatabase()
})

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()))
  await fresh.drop()
})

function open(options: Partial<WorldOptions> = {}): DocumentWorld {
  const world = new DocumentWorld({ url: fresh.url, ...options })
  worlds.push(world)
  return world
}

async function seeded(world: DocumentWorld): Promise<string> {
  const projectId = await world.newProject()
  const { leave } = await world.join(projectId)
  leave()
  return projectId
}

async function read(world: DocumentWorld, projectId: string): Promise<{ text: string; rows: number; revision: number; doc: Y.Doc }> {
  const stored = await world.store.load(projectId)
  if (!stored) throw new Error('not there')
  const doc = loadReplica(stored, (id) => {
    throw new Error(`bad row ${id}`)
  })
  return { text: textOf(doc), rows: stored.updates.length, revision: stored.revision, doc }
}

const append = (world: DocumentWorld, projectId: string, payloads: Uint8Array[]) =>
  world.store.append(payloads.map((payload) => ({ projectId, epoch: 1, authorId: null, payload })))

const outcomes = async (world: DocumentWorld) =>
  Object.fromEntries((await world.metrics.compactions.get()).values.map(({ labels, value }) => [labels.outcome, value]))

describe('compaction', () => {
  it('[DOC12] folds the rows it read and leaves those that were written meanwhile', async () => {
    const world = open()
    const projectId = await seeded(world)
    await append(world, projectId, [typed('one ').update, typed('two ').update])
    const compact = world.store.compact.bind(world.store)
    const meanwhile = typed('meanwhile ').update
    vi.spyOn(world.store, 'compact').mockImplementation(async (swap) => {
      await append(world, projectId, [meanwhile])
      return compact(swap)
    })
    const before = await read(world, projectId)
    await world.snapshots.compact(projectId)
    const after = await read(world, projectId)
    expect([before.rows, after.rows, after.revision]).toEqual([2, 1, before.revision + 1])
    for (const word of ['one ', 'two ', 'meanwhile ']) expect(after.text).toContain(word)
    expect(await outcomes(world)).toEqual({ swapped: 1 })
  })

  it('[DOC12] does nothing when another node was quicker, so that no row is lost to an older snapshot', async () => {
    const [quick, slow] = [open(), open()]
    const projectId = await seeded(quick)
    await append(quick, projectId, [typed('one ').update])
    const compact = slow.store.compact.bind(slow.store)
    vi.spyOn(slow.store, 'compact').mockImplementation(async (swap) => {
      await append(quick, projectId, [typed('two ').update])
      await quick.snapshots.compact(projectId)
      return compact(swap)
    })
    await slow.snapshots.compact(projectId)
    expect([await outcomes(quick), await outcomes(slow)]).toEqual([{ swapped: 1 }, { overtaken: 1 }])
    const after = await read(quick, projectId)
    expect([after.text.includes('one '), after.text.includes('two '), after.rows]).toEqual([true, true, 0])
  })

  it('[DOC12] loses nothing under typing, on two nodes that both fold all the time', async () => {
    const nodes = [open(), open()]
    const [first] = nodes
    const projectId = first ? await seeded(first) : ''
    const acked: string[] = []
    let isOver = false
    const typing = nodes.map(async (world, node) => {
      const { send } = await world.join(projectId)
      const doc = new Y.Doc()
      for (let index = 0; !isOver; index++) {
        const word = `n${node}w${index} `
        if ((await send(updateMessage(typed(word, doc).update))) === null) acked.push(word)
      }
    })
    const folding = nodes.map(async (world) => {
      // On a busy machine folding is quick and typing is not.
      for (let fold = 0; fold < 25 || acked.length <= 50; fold++) await world.snapshots.compact(projectId)
    })
    await Promise.all(folding)
    isOver = true
    await Promise.all(typing)
    const { text } = await read(nodes[0] ?? open(), projectId)
    const words = new Set(text.match(/n\dw\d+ /g))
    expect(acked.length).toBeGreaterThan(50)
    expect(acked.filter((word) => !words.has(word))).toEqual([])
    expect(words.size).toBe(acked.length)
    const swapped = await Promise.all(nodes.map(async (world) => (await outcomes(world)).swapped ?? 0))
    expect(swapped.reduce((sum, count) => sum + count)).toBeGreaterThan(10)
  })

  it('[DOC13] keeps words and deletions that wait for others, until those come', async () => {
    const world = open()
    const projectId = await seeded(world)
    const { doc, update: first } = typed('first ')
    const second = typed('second ', doc).update
    const deletion = changed(doc, (text) => text.delete(0, 3))
    await append(world, projectId, [second, deletion])
    await world.snapshots.compact(projectId)
    const between = await read(world, projectId)
    expect([between.rows, between.text]).toEqual([0, '# Spec\n'])
    await append(world, projectId, [first])
    await world.snapshots.compact(projectId)
    const after = await read(world, projectId)
    expect([after.rows, after.text.includes('st second ')]).toEqual([0, true])
  })

  it('[DOC12] of 20,000 rows takes a time that grows with their number, and gives what typing in one go would', async () => {
    const world = open()
    const fold = async (rows: number): Promise<{ ms: number; bytes: number }> => {
      const projectId = await seeded(world)
      const doc = new Y.Doc()
      const payloads = Array.from({ length: rows }, (_, index) => changed(doc, (text) => text.insert(index, 'x')))
      for (let at = 0; at < rows; at += 2_000) await append(world, projectId, payloads.slice(at, at + 2_000))
      const startMs = performance.now()
      await world.snapshots.compact(projectId)
      const ms = performance.now() - startMs
      const stored = await world.store.load(projectId)
      expect([stored?.updates.length, (await read(world, projectId)).text.length]).toEqual([0, rows + '# Spec\n'.length])
      return { ms, bytes: stored?.snapshot?.byteLength ?? 0 }
    }
    await fold(2_000)
    const short = await fold(2_000)
    const long = await fold(20_000)
    expect(long.ms / Math.max(short.ms, 10)).toBeLessThan(40)
    expect(long.bytes).toBeLessThan(25_000)
  }, 40_000)

  it('[DOC12] comes by itself after so many rows, once at a time, and when a document is closed', async () => {
    const world = open({ config: { COMPACT_AFTER_ROWS: '100', DOCUMENT_IDLE_MS: '1' } })
    const projectId = await seeded(world)
    const { connection, send, leave } = await world.join(projectId)
    for (let index = 0; index < 150; index++) {
      connection.receive(updateMessage(typed(`w${index} `).update), () => undefined)
      await setTimeout(0)
    }
    await vi.waitFor(async () => expect((await outcomes(world)).swapped).toBe(1), 5_000)
    for (let index = 0; index < 60; index++) await send(updateMessage(typed(`v${index} `).update))
    leave()
    await vi.waitFor(async () => expect((await outcomes(world)).swapped).toBe(2), 5_000)
    await vi.waitFor(() => expect(world.registry.size).toBe(0))
    const { text, rows } = await read(world, projectId)
    expect([text.match(/[wv]\d+ /g)?.length, rows]).toEqual([210, 0])
  })

  it('[DOC12] that fails, or finds a row that Yjs refuses, leaves everything as it is and ends nothing', async () => {
    const failing = (store: DocumentsStore): DocumentsStore => ({ ...store, compact: () => Promise.reject(new Error('no')) })
    const world = open({ wrapStore: failing })
    const projectId = await seeded(world)
    await append(world, projectId, [typed('one ').update])
    await world.snapshots.compact(projectId)
    const other = open()
    await append(world, projectId, [new Uint8Array([7, 7, 7])])
    await other.snapshots.compact(projectId)
    expect([await outcomes(world), await outcomes(other), await world.rows(projectId)]).toEqual([{ failed: 1 }, { failed: 1 }, 2])
    expect([world.logged, other.logged]).toEqual([['snapshots.compaction_failed'], ['snapshots.compaction_failed']])
  })
})
