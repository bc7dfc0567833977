// The log on a real PostgreSQL: stopped and killed under typing, its backends ended in a loop; what was acked is there.

import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { DocumentWorld, type WorldOptions } from '../../test/rigs/document-world.ts'
import { startPrivatePostgres, terminateBackends, type PrivatePostgres } from '../../test/rigs/private-postgres.ts'
import { WordTypist } from '../../test/rigs/word-typist.ts'
import { docFrom, textOf, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { createLog } from '../base/log.ts'
import { migrate } from '../store/migrations.ts'

let postgres: PrivatePostgres
const worlds: DocumentWorld[] = []
const unhandled: unknown[] = []
const noteUnhandled = (error: unknown) => void unhandled.push(error)
const nothingUnhandled = () => expect(unhandled.splice(0)).toEqual([])

beforeAll(async () => {
  postgres = await startPrivatePostgres()
  await migrate({ url: postgres.url, folder: fileURLToPath(new URL('../../sql', import.meta.url)), log: createLog('silent') })
  process.on('unhandledRejection', noteUnhandled)
  process.on('uncaughtException', noteUnhandled)
})

afterEach(async () => {
  await postgres.start()
  await Promise.all(worlds.splice(0).map((world) => world.close()))
  nothingUnhandled()
})

afterAll(async () => {
  process.off('unhandledRejection', noteUnhandled)
  process.off('uncaughtException', noteUnhandled)
  await postgres.remove()
})

function open(options: Partial<WorldOptions> = {}): DocumentWorld {
  const world = new DocumentWorld({ url: postgres.url, ...options })
  worlds.push(world)
  return world
}

/** What a fresh node reads. */
async function stored(projectId: string): Promise<Set<string>> {
  const reader = open()
  const document = await reader.registry.acquire(projectId)
  const words = textOf(document.live.doc).match(/[a-z]+\d+ /g) ?? []
  reader.registry.release(document)
  expect(new Set(words).size).toBe(words.length)
  return new Set(words)
}

async function writers(world: DocumentWorld, projectId: string, count: number): Promise<WordTypist[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => new WordTypist(await world.join(projectId), 'abcdefghij'[index] ?? 'z')),
  )
}

describe('the log on PostgreSQL', () => {
  it('[DOC2] commits the updates of many documents together, acked only when another connection can read them', async () => {
    const world = open()
    const projects = await Promise.all(Array.from({ length: 20 }, () => world.newProject()))
    const joined = await Promise.all(projects.map((projectId) => world.join(projectId)))
    const before = (await world.metrics.commitRows.get()).values.find(({ metricName }) => metricName?.endsWith('_count'))?.value ?? 0
    const acks = await Promise.all(joined.map(({ send }) => send(updateMessage(typed('word').update))))
    expect(acks.every((code) => code === null)).toBe(true)
    expect(await Promise.all(projects.map((projectId) => world.rows(projectId)))).toEqual(projects.map(() => 1))
    const after = (await world.metrics.commitRows.get()).values.find(({ metricName }) => metricName?.endsWith('_count'))?.value ?? 0
    expect(after - before).toBeLessThanOrEqual(3)
  })

  it('[DOC2] isolates a row that PostgreSQL refuses: its writer is told, the others of the same INSERT are acked', async () => {
    const world = open()
    const projectId = await world.newProject()
    const outcomes = ['fine', 'a\0b', 'fine too'].map(
      (authorId, index) =>
        new Promise<string | null>((resolve) => {
          world.updateLog.append({ projectId, epoch: 1, authorId, payload: typed(`w${index} `).update }, (refusal) =>
            resolve(refusal?.code ?? null),
          )
        }),
    )
    expect(await Promise.all(outcomes)).toEqual([null, 'internal', null])
    expect([await world.rows(projectId), world.logged]).toEqual([2, ['update_log.row_refused']])
  })

  it('[DOC17] refuses rows of an old epoch and of a project that is not there, and commits the rest of the same INSERT', async () => {
    const world = open()
    const [projectId, other] = [await world.newProject(), await world.newProject()]
    const epochs: [string, number][] = [
      [projectId, 1],
      [other, 7],
      [randomUUID(), 1],
    ]
    const outcomes = epochs.map(
      ([id, epoch]) =>
        new Promise<string | null>((resolve) => {
          world.updateLog.append({ projectId: id, epoch, authorId: null, payload: typed('x').update }, (refusal) =>
            resolve(refusal?.code ?? null),
          )
        }),
    )
    expect(await Promise.all(outcomes)).toEqual([null, 'stale_epoch', 'stale_epoch'])
    expect([await world.rows(projectId), await world.rows(other)]).toEqual([1, 0])
  })
})

describe('PostgreSQL away', () => {
  it('[DOC6] people go on editing together while it is stopped, acks wait, and all of it is committed when it is back', async () => {
    const world = open()
    const projectId = await world.newProject()
    const typists = await writers(world, projectId, 5)
    const watcher = await world.join(projectId)
    watcher.connection.receive(new Uint8Array([0, 0, 1, 0]), () => undefined)
    let isOver = false
    const typing = Promise.all(typists.map((typist) => typist.typeUntil(() => isOver)))
    await vi.waitFor(() => expect(typists.every(({ acked }) => acked.length > 3)).toBe(true))
    await postgres.stop()
    await vi.waitFor(() => expect(world.updateLog.isHealthy).toBe(false))
    const ackedAtStop = typists.map(({ acked }) => acked.length)
    const sentAtStop = typists.map(({ sent }) => sent)
    await vi.waitFor(() => expect(typists.every(({ sent }, index) => sent > (sentAtStop[index] ?? 0) + 50)).toBe(true), 5_000)
    expect(typists.map(({ acked }) => acked.length)).toEqual(ackedAtStop)
    const said = textOf(docFrom(watcher.transport.messages))
    expect(typists.every((_, index) => said.includes(`${'abcde'[index]}${(sentAtStop[index] ?? 0) + 30} `))).toBe(true)
    await postgres.start()
    await vi.waitFor(() => expect(world.updateLog.isHealthy).toBe(true), 5_000)
    isOver = true
    await typing
    await world.updateLog.flushed()
    expect(typists.map(({ acked, refused, settlements, sent }) => [acked.length, refused.length, settlements === sent])).toEqual(
      typists.map(({ sent }) => [sent, 0, true]),
    )
    const words = await stored(projectId)
    expect(typists.flatMap(({ acked }) => acked).filter((word) => !words.has(word))).toEqual([])
    expect(world.logged.filter((event) => event === 'update_log.commit_failed').length).toBe(1)
  })

  it('[DOC7] refuses writers as overloaded past the bound, applies nothing of theirs, and takes them again when it is back', async () => {
    const world = open({ config: { LOG_PENDING_MAX_BYTES: '30000' } })
    const projectId = await world.newProject()
    const [typist] = await writers(world, projectId, 1)
    const other = await world.join(projectId, { userId: 'bob' })
    await postgres.stop()
    while (typist && typist.refused.length === 0) {
      typist.type()
      await setImmediate()
    }
    expect(typist?.refused).toEqual(['overloaded'])
    const before = textOf(other.document.live.doc)
    expect(await other.send(updateMessage(typed('more'.repeat(100)).update))).toBe('overloaded')
    expect(textOf(other.document.live.doc)).toBe(before)
    await postgres.start()
    await world.updateLog.flushed()
    expect(await other.send(updateMessage(typed('again ').update))).toBeNull()
    const words = await stored(projectId)
    expect(typist?.acked.filter((word) => !words.has(word))).toEqual([])
    expect(typist?.acked.length).toBeGreaterThan(50)
  })

  it('[DOC8] refuses a join that must load as transient and leaves nothing behind', async () => {
    const world = open()
    const projectId = await world.newProject()
    await world.rows(projectId)
    await postgres.stop()
    const joins = await Promise.all(
      Array.from({ length: 5 }, () =>
        world.join(projectId).then(
          () => 'in',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    expect(joins).toEqual(Array.from({ length: 5 }, () => 'store_unavailable'))
    expect(world.registry.size).toBe(0)
    await postgres.start()
    expect(textOf((await world.join(projectId)).document.live.doc)).toBe('# Spec\n')
  })

  it('[DOC6] a PostgreSQL that crashes under typing, again and again, has everything that was acked', async () => {
    const world = open()
    const projectId = await world.newProject()
    const typists = await writers(world, projectId, 4)
    let isOver = false
    const typing = Promise.all(typists.map((typist) => typist.typeUntil(() => isOver)))
    for (let crash = 0; crash < 3; crash++) {
      const acked = typists.map((typist) => typist.acked.length)
      await vi.waitFor(() => expect(typists.every((typist, index) => typist.acked.length > (acked[index] ?? 0))).toBe(true), 5_000)
      await postgres.stop('immediate')
      const known = typists.flatMap((typist) => typist.acked)
      await postgres.start()
      const words = await vi.waitFor(() => stored(projectId), 5_000)
      expect(known.filter((word) => !words.has(word))).toEqual([])
    }
    isOver = true
    await typing
    await world.updateLog.flushed()
    const words = await stored(projectId)
    expect(typists.map(({ acked, settlements }) => [acked.length, settlements])).toEqual(typists.map(({ sent }) => [sent, sent]))
    expect(typists.flatMap(({ acked }) => acked).filter((word) => !words.has(word))).toEqual([])
  })

  it('[DOC6] backends ended in a loop under typing lose nothing acked, and each writer is settled once', async () => {
    const world = open()
    const projectId = await world.newProject()
    const typists = await writers(world, projectId, 5)
    let isOver = false
    const typing = Promise.all(typists.map((typist) => typist.typeUntil(() => isOver)))
    let ended = 0
    // Rounds are quicker on a machine that has nothing else to do, and meet fewer backends.
    for (let round = 0; round < 60 || ended <= 20; round++) ended += await terminateBackends(postgres.url)
    isOver = true
    await typing
    await world.updateLog.flushed()
    expect(ended).toBeGreaterThan(20)
    const words = await stored(projectId)
    expect(typists.map(({ acked, settlements }) => [acked.length, settlements])).toEqual(typists.map(({ sent }) => [sent, sent]))
    expect(typists.flatMap(({ acked }) => acked).filter((word) => !words.has(word))).toEqual([])
  })
})
