// Edits on someone's behalf: who hears of them, in which order, and how.

import { decoding } from 'lib0'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { MemoryBusHub } from '../base/memory-bus.ts'
import { DocumentWorld, type Joined } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { docFrom, hear, step1Message, textOf, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import { editFor } from './edit-for.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let projectId: string
const nothing = step1Message(Y.encodeStateVector(new Y.Doc()))
const greeting = [{ at: 0, remove: 0, insert: 'Hello. ' }]

beforeAll(async () => {
  fresh = await freshDatabase()
})

beforeEach(async () => {
  world = new DocumentWorld({ url: fresh.url })
  projectId = await world.newProject()
})

afterEach(() => world.close())
afterAll(() => fresh.drop())

async function joined(): Promise<Joined> {
  const person = await world.join(projectId)
  await person.send(nothing)
  await vi.waitFor(() => expect(textOf(docFrom(person.transport.messages))).toBe('# Spec\n'))
  return person
}

const ownEdits = ({ transport }: Joined) => transport.messages.filter((message) => hear(message).type === messageType.ownEdit)
const updateOf = (message: Uint8Array | undefined) => {
  const decoder = decoding.createDecoder(message ?? new Uint8Array())
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}

describe('an edit on someone’s behalf', () => {
  it('[VER1] reaches their screen before everyone hears of it, behind all that it builds on and with nothing else in it', async () => {
    const [ann, bob] = [await joined(), await joined()]
    const before = typed('before ', docFrom(bob.transport.messages))
    const sent = bob.send(updateMessage(before.update))
    // The window that carries it is not sent yet.
    await new Promise(setImmediate)
    const made = await editFor(ann.document, { userId: 'ann', screen: ann.connection }, greeting)
    await sent
    await vi.waitFor(() => expect(textOf(docFrom(bob.transport.messages))).toContain('Hello. '))
    const [own, ...others] = ownEdits(ann)
    expect(others).toEqual([])
    expect(ownEdits(bob)).toEqual([])
    expect(Buffer.from(updateOf(own))).toEqual(Buffer.from(made ?? []))
    const heardBefore = ann.transport.messages.slice(0, own && ann.transport.messages.indexOf(own))
    expect(textOf(docFrom(heardBefore))).toBe('# Spec\nbefore ')
    const copy = docFrom(heardBefore)
    Y.applyUpdate(copy, updateOf(own))
    expect(textOf(copy)).toBe('Hello. # Spec\nbefore ')
    const after = ann.transport.messages.slice(own && ann.transport.messages.indexOf(own) + 1)
    expect(after.map(hear).filter(({ sync }) => sync === syncType.update).length).toBe(1)
  })

  it('[ITM20] that was asked for elsewhere reaches all screens of that person, on other nodes too, and nobody else’s', async () => {
    const hub = new MemoryBusHub()
    const nodes = [0, 1].map(() => new DocumentWorld({ url: fresh.url, bus: hub.connect() }))
    const shared = await world.newProject()
    const people = await Promise.all(nodes.flatMap((node) => ['ann', 'bob'].map((userId) => node.join(shared, { userId }))))
    for (const person of people) await person.send(nothing)
    const [here] = people
    if (!here) throw new Error('nobody is there')
    const made = await editFor(here.document, { userId: 'ann' }, greeting)
    await vi.waitFor(() => {
      for (const { transport } of people) expect(textOf(docFrom(transport.messages))).toBe('Hello. # Spec\n')
    }, 10_000)
    expect(people.map(ownEdits).map((own) => own.map(updateOf).map((update) => Buffer.from(update)))).toEqual([
      [Buffer.from(made ?? [])],
      [],
      [Buffer.from(made ?? [])],
      [],
    ])
    await editFor(here.document, { userId: 'ann', screen: here.connection }, greeting)
    await vi.waitFor(() => {
      for (const { transport } of people) expect(textOf(docFrom(transport.messages))).toBe('Hello. Hello. # Spec\n')
    }, 10_000)
    expect(people.map((person) => ownEdits(person).length)).toEqual([2, 0, 1, 0])
    for (const node of nodes) await node.close()
  })

  it('[VER1] goes with everyone’s to a screen that is behind, and to one that does not know such messages', async () => {
    const [slow, plain] = [await joined(), await joined()]
    slow.transport.bufferedBytes = 1024 * 1024
    plain.transport.takesOwnEdits = false
    await editFor(slow.document, { userId: 'ann', screen: slow.connection }, greeting)
    await editFor(slow.document, { userId: 'ann', screen: plain.connection }, greeting)
    slow.transport.bufferedBytes = 0
    for (const person of [slow, plain]) {
      await vi.waitFor(() => expect(textOf(docFrom(person.transport.messages))).toBe('Hello. Hello. # Spec\n'))
      expect(ownEdits(person)).toEqual([])
    }
  })

  it('[VER1] that changes nothing is no update, and is told so', async () => {
    const ann = await joined()
    expect(await editFor(ann.document, { userId: 'ann', screen: ann.connection }, [])).toBeNull()
    expect(ownEdits(ann)).toEqual([])
    expect(await world.rows(projectId)).toBe(0)
  })
})
