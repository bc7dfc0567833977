// One conversation, message by message: what it answers, what it refuses, and that each message is settled once.

import { encoding } from 'lib0'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld, type WorldOptions } from '../../test/rigs/document-world.ts'
import { MemoryTransport } from '../../test/rigs/memory-transport.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { docFrom, hear, step1Message, step2Message, textOf, typed, updateMessage, updatesIn } from '../../test/rigs/yjs-client.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import { splitIntoChunks } from './chunks.ts'
import { Frame } from './frame.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let projectId: string
const nothing = step1Message(Y.encodeStateVector(new Y.Doc()))

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new DocumentWorld({ url: fresh.url })
  projectId = await world.newProject()
})

afterEach(async () => {
  vi.useRealTimers()
  await world.close()
  await fresh.drop()
})

async function reopen(options: Partial<WorldOptions>): Promise<void> {
  await world.close()
  world = new DocumentWorld({ url: fresh.url, ...options })
}

const step1s = (transport: MemoryTransport) => transport.messages.map(hear).filter(({ sync }) => sync === syncType.step1)
const refusals = ({ refusals: list }: MemoryTransport) => list.map(({ code }) => code)

describe('a conversation', () => {
  it('[DOC4] opens with our state vector, and gives others’ updates from the first message on, after all that came before', async () => {
    const [ann, bob] = [await world.join(projectId), await world.join(projectId)]
    expect(ann.transport.messages.map((message) => hear(message).type)).toEqual([messageType.sync, messageType.awareness])
    await bob.send(updateMessage(typed('before ').update))
    await setImmediate()
    expect(updatesIn(ann.transport.messages)).toEqual([])
    await ann.send(nothing)
    const after = typed('after ')
    await bob.send(updateMessage(after.update))
    await vi.waitFor(() => expect(updatesIn(ann.transport.messages).length).toBe(2))
    const text = textOf(docFrom(ann.transport.messages))
    expect([text.includes('before '), text.includes('after ')]).toEqual([true, true])
    expect(updatesIn(bob.transport.messages)).toEqual([])
  })

  it('[DOC3] gives what a copy lacks, a lost deletion too, and logs nothing that was known', async () => {
    const ann = await world.join(projectId)
    await ann.send(nothing)
    const copy = docFrom(ann.transport.messages)
    const stale = docFrom(ann.transport.messages)
    let deletion: Uint8Array = new Uint8Array(0)
    copy.on('update', (update: Uint8Array) => (deletion = update))
    copy.getText('content').delete(0, 2)
    await ann.send(updateMessage(deletion))
    const bob = await world.join(projectId)
    await bob.send(step1Message(Y.encodeStateVector(stale)))
    for (const update of updatesIn(bob.transport.messages)) Y.applyUpdate(stale, update)
    expect(textOf(stale)).toBe('Spec\n')
    const rows = await world.rows(projectId)
    expect(await bob.send(step2Message(Y.encodeStateAsUpdate(stale)))).toBeNull()
    expect(await world.rows(projectId)).toBe(rows)
  })

  it('[DOC5] asks for what an update builds on three times at most, then reports the gap once, and goes on', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const ann = await world.join(projectId)
    const { doc, update: first } = typed('first ')
    const asked = step1s(ann.transport).length
    for (let attempt = 0; attempt < 8; attempt++) {
      vi.advanceTimersByTime(600)
      expect(await ann.send(updateMessage(typed(`w${attempt} `, doc).update))).toBeNull()
    }
    expect(step1s(ann.transport).length - asked).toBe(3)
    expect(world.logged.filter((event) => event === 'document.gap').length).toBe(1)
    expect(await ann.send(updateMessage(first))).toBeNull()
    expect(textOf(ann.document.live.doc)).toContain('first w0 w1 w2 w3 w4 w5 w6 w7 ')
  })

  it('[DOOR7] lets a reader read and answer our state vector, drops what it writes and refuses it by name', async () => {
    const [reader, writer] = [await world.join(projectId, { role: 'viewer', userId: 'eve' }), await world.join(projectId)]
    await reader.send(nothing)
    expect(await reader.send(step2Message(Y.encodeStateAsUpdate(docFrom(reader.transport.messages))))).toBeNull()
    expect(await reader.send(updateMessage(typed('mine').update))).toBe('read_only')
    expect(await writer.send(updateMessage(typed('theirs').update))).toBeNull()
    await vi.waitFor(() => expect(textOf(docFrom(reader.transport.messages))).toContain('theirs'))
    expect([textOf(writer.document.live.doc).includes('mine'), reader.transport.closedWith]).toEqual([false, undefined])
    reader.connection.role = 'editor'
    expect(await reader.send(updateMessage(typed('mine').update))).toBeNull()
  })

  it('[DOOR10] takes a message in chunks and gives one so to those who asked', async () => {
    const transport = new MemoryTransport()
    transport.takesChunks = true
    const [ann, bob] = [await world.join(projectId, { transport }), await world.join(projectId, { userId: 'bob' })]
    await Promise.all([ann.send(nothing), bob.send(nothing)])
    const large = 'é😀'.repeat(400_000)
    const parts = splitIntoChunks(new Frame('', updateMessage(typed(large).update)))
    expect(parts.length).toBeGreaterThan(2)
    expect(await Promise.all(parts.map(({ message }) => bob.send(message)))).toEqual(parts.map(() => null))
    await vi.waitFor(() =>
      expect(transport.messages.filter((message) => hear(message).type === messageType.chunk).length).toBe(parts.length),
    )
    expect(bob.document.live.text.length).toBeGreaterThan(large.length)
  })

  it('[DOOR13] slows down who sends too much of anything, and refuses nothing', async () => {
    await reopen({ limits: { updatesPerSecond: 50, updatesBurst: 10 } })
    const ann = await world.join(projectId)
    const codes = await Promise.all(
      Array.from({ length: 15 }, (_, index) => ann.send(index % 2 ? nothing : updateMessage(typed('x').update))),
    )
    expect(codes.every((code) => code === null)).toBe(true)
    expect(ann.transport.pausesMs.length).toBe(5)
    expect(ann.transport.pausesMs.at(-1)).toBeGreaterThan(70)
  })

  it('[DOOR14] is refused when the document has as many as it takes, and there is room again when one leaves', async () => {
    await reopen({ config: { DOCUMENT_CONNECTIONS_MAX: '2' } })
    const [first] = [await world.join(projectId), await world.join(projectId)]
    await expect(world.join(projectId)).rejects.toMatchObject({ code: 'document_crowded' })
    first.leave()
    await expect(world.join(projectId)).resolves.toBeDefined()
  })
})

describe('bad messages', () => {
  it('[DOOR8] whatever the bytes, each is settled once, and nobody else notices', async () => {
    const eve = await world.join(projectId, { userId: 'eve' })
    const ann = await world.join(projectId)
    await ann.send(nothing)
    const messages = [
      nothing,
      updateMessage(typed('hello').update),
      step2Message(typed('there').update),
      new Uint8Array([3]),
      new Uint8Array([1, 1, 0]),
    ]
    const mangled = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .tuple(fc.constantFrom(...messages), fc.nat(), fc.nat(255))
        .map(([message, at, byte]) => message.map((value, index) => (index === at % message.length ? byte : value))),
      fc.tuple(fc.constantFrom(...messages), fc.nat()).map(([message, end]) => message.subarray(0, end % (message.length + 1))),
      fc
        .tuple(fc.constantFrom(0, 1, 2, 3, 110, 111, 9), fc.uint8Array({ maxLength: 20 }))
        .map(([type, rest]) => new Uint8Array([type, ...rest])),
    )
    const settlements: number[] = []
    fc.assert(
      fc.property(mangled, (message) => {
        const index = settlements.push(0) - 1
        eve.connection.receive(message, () => (settlements[index] = (settlements[index] ?? 0) + 1))
      }),
      { numRuns: 1_500 },
    )
    await setImmediate()
    await world.updateLog.flushed()
    expect(settlements.filter((count) => count !== 1)).toEqual([])
    expect(new Set(refusals(eve.transport))).toEqual(new Set(['invalid_frame']))
    expect(await ann.send(updateMessage(typed('still here').update))).toBeNull()
    expect([ann.transport.refusals, ann.transport.closedWith, world.logged.filter((event) => event !== 'document.gap')]).toEqual([
      [],
      undefined,
      [],
    ])
    const reader = new DocumentWorld({ url: fresh.url })
    const copy = await reader.join(projectId)
    expect(textOf(copy.document.live.doc)).toBe(textOf(ann.document.live.doc))
    await reader.close()
  })

  it('[DOOR9] too large ones are refused by name before they are taken apart, whole or in parts', async () => {
    await reopen({ config: { DOCUMENT_MAX_BYTES: '100000' } })
    const eve = await world.join(projectId)
    const huge = new Uint8Array(20 * 1024 * 1024)
    const startMs = performance.now()
    expect(await eve.send(updateMessage(huge))).toBe('too_large')
    expect(await eve.send(updateMessage(new Uint8Array(100_001)))).toBe('too_large')
    expect(performance.now() - startMs).toBeLessThan(200)
    const reader = await world.join(projectId, { role: 'viewer' })
    const cursors = huge.slice()
    cursors[0] = messageType.awareness
    expect([await reader.send(updateMessage(huge)), await reader.send(cursors)]).toEqual(['too_large', 'too_large'])
    expect(refusals(eve.transport)).toEqual(['too_large', 'too_large'])
    const parts = splitIntoChunks(new Frame('', updateMessage(new Uint8Array(4 * 1024 * 1024))))
    const codes = await Promise.all(parts.map(({ message }) => eve.send(message)))
    expect(codes.includes('too_large')).toBe(true)
    expect(eve.document.live.text.length).toBe('# Spec\n'.length)
  })

  it('[DOC23] a presence of 2 MB is refused by name and shown to nobody', async () => {
    const [eve, ann] = [await world.join(projectId, { userId: 'eve' }), await world.join(projectId)]
    const update = encoding.createEncoder()
    for (const value of [1, 77, 1]) encoding.writeVarUint(update, value)
    encoding.writeVarString(update, JSON.stringify({ blob: 'x'.repeat(2 * 1024 * 1024) }))
    const message = encoding.createEncoder()
    encoding.writeVarUint(message, messageType.awareness)
    encoding.writeVarUint8Array(message, encoding.toUint8Array(update))
    expect(await eve.send(encoding.toUint8Array(message))).toBe('awareness_too_large')
    expect(await ann.send(new Uint8Array([messageType.queryAwareness]))).toBeNull()
    expect(ann.transport.messages.at(-1)?.byteLength).toBeLessThan(10)
  })
})

describe('questions that cost more than they weigh', () => {
  it('[DOOR20] thousands of them in one read are answered once at once, and once for the rest', async () => {
    const ann = await world.join(projectId)
    const viewer = await world.join(projectId, { role: 'viewer' })
    expect(await ann.send(updateMessage(typed('some words').update))).toBe(null)
    const vector = Y.encodeStateVector(ann.document.live.doc)
    const before = viewer.transport.messages.length
    const settled: unknown[] = []
    for (let question = 0; question < 1_900; question++) {
      viewer.connection.receive(step1Message(vector), (refusal) => settled.push(refusal))
      viewer.connection.receive(new Uint8Array([messageType.queryAwareness]), (refusal) => settled.push(refusal))
    }
    expect(settled).toEqual(Array.from({ length: 3_800 }, () => null))
    expect(viewer.transport.messages.length - before).toBe(2)
    await vi.waitFor(() => expect(viewer.transport.messages.length - before).toBe(4), 2_000)
  })

  it('[DOOR20] the last state vector asked with is the one that is answered', async () => {
    const ann = await world.join(projectId)
    const { doc, update } = typed('first ')
    expect(await ann.send(updateMessage(update))).toBe(null)
    const bob = await world.join(projectId)
    bob.connection.receive(step1Message(Y.encodeStateVector(doc)), () => undefined)
    const later = typed('second', doc).update
    expect(await ann.send(updateMessage(later))).toBe(null)
    bob.connection.receive(step1Message(new Uint8Array([0])), () => undefined)
    await vi.waitFor(() => expect(textOf(docFrom(bob.transport.messages))).toContain('first second'), 2_000)
  })
})
