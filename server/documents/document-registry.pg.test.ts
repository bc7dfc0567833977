// The open documents of a node: one replica however many ask, joins at every moment of a close, failed loads, the first text.

import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld, type WorldOptions } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { docFrom, step1Message, textOf, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { AppError } from '../../shared/errors.ts'
import type { DocumentsStore } from '../store/documents-store.ts'

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

/** The text that a client is given which joins now and says that it has nothing. */
async function readByJoining(world: DocumentWorld, projectId: string): Promise<string> {
  const { send, transport, leave } = await world.join(projectId)
  await send(step1Message(Y.encodeStateVector(new Y.Doc())))
  leave()
  return textOf(docFrom(transport.messages))
}

const closed = (world: DocumentWorld): Promise<void> => vi.waitFor(() => expect(world.registry.size).toBe(0), 5_000)

describe('opening', () => {
  it('[DOC9] fifty first joins at once give one replica, read once', async () => {
    let loads = 0
    const world = open({ wrapStore: (store) => ({ ...store, load: (projectId) => (loads++, store.load(projectId)) }) })
    const projectId = await world.newProject()
    const joins = await Promise.all(Array.from({ length: 50 }, () => world.join(projectId)))
    expect(new Set(joins.map(({ document }) => document)).size).toBe(1)
    // One load finds nothing, the second what was seeded.
    expect([loads, world.registry.size]).toEqual([2, 1])
    const [first, second] = joins
    await second?.send(step1Message(Y.encodeStateVector(new Y.Doc())))
    await first?.send(updateMessage(typed('word').update))
    await vi.waitFor(() => expect(textOf(docFrom(second?.transport.messages ?? []))).toContain('word'))
  })

  it('[DOC16] a new project is seeded once, however many nodes open it first', async () => {
    let seeding = 0
    let goOn = (): void => undefined
    const allSeeding = new Promise<void>((resolve) => (goOn = resolve))
    const together = (store: DocumentsStore): DocumentsStore => ({
      ...store,
      seed: async (...args) => {
        if (++seeding === 3) goOn()
        await allSeeding
        return store.seed(...args)
      },
    })
    const nodes = [1, 2, 3].map(() => open({ wrapStore: together }))
    const projectId = (await nodes[0]?.newProject('My\n spec')) ?? ''
    const joins = await Promise.all(nodes.flatMap((node) => [node.join(projectId), node.join(projectId)]))
    expect([seeding, new Set(joins.map(({ document }) => textOf(document.live.doc)))]).toEqual([3, new Set(['# My spec\n'])])
    // Equal texts of different origins would double when they meet.
    expect(new Set(joins.map(({ document }) => Buffer.from(document.live.stateVector()).toString('hex'))).size).toBe(1)
    const stored = await nodes[1]?.store.load(projectId)
    expect([stored?.revision, stored?.updates.length]).toEqual([1, 0])
  })

  it('[DOC8] a load that fails refuses all who wait for it, leaves nothing behind, and the next one gets the text', async () => {
    let isBroken = false
    const breakable = (store: DocumentsStore): DocumentsStore => ({
      ...store,
      load: async (projectId) => {
        const stored = await store.load(projectId)
        if (isBroken) throw new AppError('store_unavailable')
        return stored
      },
    })
    const world = open({ wrapStore: breakable, config: { DOCUMENT_IDLE_MS: '0' } })
    const projectId = await world.newProject()
    const { send, leave } = await world.join(projectId)
    await send(updateMessage(typed('word').update))
    leave()
    await closed(world)
    isBroken = true
    const codes = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.join(projectId).then(
          () => 'in',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    expect(new Set(codes)).toEqual(new Set(['store_unavailable']))
    expect(world.registry.size).toBe(0)
    isBroken = false
    expect(await readByJoining(world, projectId)).toContain('word')
  })

  it('[DOC8] a document that is not there, or whose snapshot is no Yjs state, is never taken for an empty one', async () => {
    const world = open()
    await expect(world.join('11111111-1111-4111-8111-111111111111')).rejects.toMatchObject({ code: 'not_found' })
    const projectId = await world.newProject()
    await world.store.seed(projectId, new Uint8Array([9, 9, 9, 9]))
    await expect(world.join(projectId)).rejects.toThrow(/./)
    expect(world.registry.size).toBe(0)
    expect((await world.store.load(projectId))?.snapshot).toEqual(Buffer.from([9, 9, 9, 9]))
  })

  it('[DOC8] a row of the log that Yjs refuses is reported and left out, the rest is read', async () => {
    const world = open({ config: { DOCUMENT_IDLE_MS: '0' } })
    const projectId = await world.newProject()
    const payloads = [typed('good ').update, new Uint8Array([1, 2, 3]), typed('too ').update]
    await world.store.append(payloads.map((payload) => ({ projectId, epoch: 1, authorId: null, payload })))
    const text = await readByJoining(world, projectId)
    expect([text.includes('good '), text.includes('too '), world.logged]).toEqual([true, true, ['document.bad_row']])
    await closed(world)
    await world.snapshots.compact(projectId)
    expect(await world.rows(projectId)).toBe(3)
  })
})

describe('closing', () => {
  it('[DOC9] a join at any moment of it gets the whole text, and there is one replica', async () => {
    const world = open({ config: { DOCUMENT_IDLE_MS: '3' } })
    const projectId = await world.newProject()
    let words = 0
    for (let round = 0; round < 60; round++) {
      const { send, leave } = await world.join(projectId)
      expect(await send(updateMessage(typed(`w${words++} `).update))).toBeNull()
      leave()
      // Rounds end in one moment after another of the idle time, its timer's turn and what follows it.
      for (let step = 0; step < round % 10; step++) await Promise.resolve()
      for (let turn = 0; turn < round % 7; turn++) await setImmediate()
      if (round % 3 > 0) await setTimeout((round % 3) * 1.5)
      const texts = await Promise.all([readByJoining(world, projectId), readByJoining(world, projectId)])
      for (const text of texts) expect(text.match(/w\d+ /g)?.length).toBe(words)
    }
    await closed(world)
    expect((await world.metrics.openDocuments.get()).values[0]?.value).toBe(0)
  })

  it('[DOC9] a document stays while its log is not settled, and closes after that', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const slow = (store: DocumentsStore): DocumentsStore => ({ ...store, append: (rows) => held.then(() => store.append(rows)) })
    const world = open({ wrapStore: slow, config: { DOCUMENT_IDLE_MS: '1' } })
    const projectId = await world.newProject()
    const { send, leave, document } = await world.join(projectId)
    const ack = send(updateMessage(typed('unsaved ').update))
    leave()
    await setTimeout(30)
    expect(world.registry.peek(projectId)).toBe(document)
    expect(await readByJoining(world, projectId)).toContain('unsaved')
    release()
    expect(await ack).toBeNull()
    await closed(world)
    expect(await readByJoining(world, projectId)).toContain('unsaved')
  })

  it('[DOC9] a document whose people come back within its idle time stays as it is', async () => {
    const world = open({ config: { DOCUMENT_IDLE_MS: '30' } })
    const projectId = await world.newProject()
    const first = await world.join(projectId)
    first.leave()
    const back = await world.join(projectId)
    await setTimeout(100)
    expect(world.registry.peek(projectId)).toBe(back.document)
    expect(await back.send(updateMessage(typed('still ').update))).toBeNull()
    expect(await readByJoining(world, projectId)).toContain('still ')
    back.leave()
    await closed(world)
  })

  it('[DOC9] what is said right before a leave, or behind it, is applied and saved', async () => {
    const world = open({ config: { DOCUMENT_IDLE_MS: '0' } })
    const projectId = await world.newProject()
    const { connection, leave, document } = await world.join(projectId)
    const codes: (string | null)[] = []
    connection.receive(updateMessage(typed('before ').update), (refusal) => codes.push(refusal?.code ?? null))
    leave()
    connection.receive(updateMessage(typed('behind ').update), (refusal) => codes.push(refusal?.code ?? null))
    await closed(world)
    expect(codes).toEqual([null, null])
    const text = await readByJoining(world, projectId)
    expect([text.includes('before '), text.includes('behind ')]).toEqual([true, true])
    // A replica that is gone takes nothing, and says so as something that passes.
    await closed(world)
    expect(document.live.doc.isDestroyed).toBe(true)
    connection.receive(updateMessage(typed('late').update), (refusal) => codes.push(refusal?.code ?? null))
    await vi.waitFor(() => expect(codes[2]).toBe('draining'))
  })

  it('[DOC9] hundreds of joins and leaves at once leave nothing behind', async () => {
    const world = open({ config: { DOCUMENT_IDLE_MS: '1' } })
    const projects = await Promise.all(Array.from({ length: 5 }, () => world.newProject()))
    const visits = Array.from({ length: 400 }, async (_, index) => {
      const { leave } = await world.join(projects[index % 5] ?? '')
      if (index % 3) await setImmediate()
      leave()
      leave()
    })
    await Promise.all(visits)
    await closed(world)
    expect((await world.metrics.connections.get()).values.map(({ value }) => value)).toEqual([0])
  })

  it('[OPS34] count the bytes that wait for people who do not read, until they are gone', async () => {
    const world = open()
    const projectId = await world.newProject()
    const [ann, bob] = [await world.join(projectId), await world.join(projectId, { userId: 'bob' })]
    const waiting = async (): Promise<number> =>
      (await world.metrics.registry.getSingleMetric('elenchus_fan_out_buffered_bytes')?.get())?.values[0]?.value ?? -1
    expect(await waiting()).toBe(0)
    // Bob has opened the conversation, and reads nothing from now on.
    await bob.send(updateMessage(typed('here ').update))
    bob.transport.isStalled = true
    expect(await ann.send(updateMessage(typed('x'.repeat(1_000)).update))).toBeNull()
    await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(1_000))
    const inSocket = bob.transport.bufferedBytes
    bob.transport.bufferedBytes = 1024 * 1024
    expect(await ann.send(updateMessage(typed('y'.repeat(1_000)).update))).toBeNull()
    await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(1024 * 1024 + 1_000))
    expect(inSocket).toBeLessThan(5_000)
    bob.leave()
    expect(await waiting()).toBe(0)
  })

  it('[DOC11] stopping waits until all that was received is committed', async () => {
    const world = open()
    const projectId = await world.newProject()
    const { connection } = await world.join(projectId)
    let acks = 0
    for (let index = 0; index < 300; index++)
      connection.receive(updateMessage(typed(`w${index} `).update), (refusal) => (acks += refusal ? 0 : 1))
    await world.close()
    expect(acks).toBe(300)
    expect((await readByJoining(open(), projectId)).match(/w\d+ /g)?.length).toBe(300)
  })
})
