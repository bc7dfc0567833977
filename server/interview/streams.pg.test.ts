// Streams of words on two nodes and a real PostgreSQL: who reads them lacks nothing, whatever happens to whoever writes them.

import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { InterviewNode, Reader, type InterviewNodeOptions } from '../../test/rigs/interview-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { seededRandom } from '../../test/rigs/seeded-random.ts'
import type { Bus } from '../base/bus.ts'
import { MemoryBusHub } from '../base/memory-bus.ts'
import { InterviewerFailure } from './interviewer.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let hub: MemoryBusHub
let projectId: string
const nodes: InterviewNode[] = []
const readers: Reader[] = []

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new DocumentWorld({ url: fresh.url })
  hub = new MemoryBusHub()
  projectId = await world.newProject()
})
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.leave()
  await Promise.all(nodes.splice(0).map((node) => node.runs.stop()))
  await world.close()
  await fresh.drop()
})

function startNode(options: Partial<InterviewNodeOptions> = {}): InterviewNode {
  const node = new InterviewNode({ world, bus: hub.connect(), ...options })
  node.runs.start()
  nodes.push(node)
  return node
}
async function watch(node: InterviewNode): Promise<Reader> {
  const reader = await node.watch(projectId)
  readers.push(reader)
  return reader
}
/** The same cut, but not inside a surrogate pair. */
const wholeUnits = (text: string, at: number) => (text.slice(0, at).isWellFormed() ? at : at + 1)
let requests = 0
const ask = (node: InterviewNode, userId = 'ann') => node.interview.ask({ projectId, userId, requestId: `${++requests}` })
async function begin(node: InterviewNode) {
  const coming = node.nextCall()
  const { messageId } = await ask(node)
  return { messageId, call: await coming }
}
const untilEnd = (reader: Reader, messageId: string) =>
  vi.waitFor(() => expect(reader.endOf(messageId)).toBeDefined(), { timeout: 10_000 }).then(() => reader.endOf(messageId))

describe('a stream', () => {
  it('[STR1] brings its first words at once and then what gathered, to everyone on every node, and whole at its end', async () => {
    const [one, other] = [startNode(), startNode()]
    const all = [await watch(one), await watch(other)]
    const { messageId, call } = await begin(one)
    call.say('First')
    for (const reader of all) await vi.waitFor(() => expect(reader.textOf(messageId)).toBe('First'), { interval: 2 })
    const words = Array.from({ length: 400 }, (_, index) => ` ${index}😀`)
    const startedAtMs = performance.now()
    for (const [index, word] of words.entries()) {
      call.say(word)
      if (index % 4 === 0) await wait(2)
    }
    call.end()
    const text = `First${words.join('')}`
    for (const reader of all) {
      expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'finished', text, isOpen: true })
      await vi.waitFor(() => expect(reader.textOf(messageId)).toBe(text))
      expect(reader.faults).toEqual([])
      // A frame every 40 ms at most, and not one a token.
      expect(reader.deltas.length).toBeLessThan(4 + (performance.now() - startedAtMs) / 38)
      for (const delta of reader.deltas) expect(delta.text.isWellFormed()).toBe(true)
    }
  })

  it('[STR2] gives who comes back at any instant, on any node, exactly what they lack', async () => {
    const [one, other] = [startNode(), startNode()]
    const random = seededRandom(7)
    const { messageId, call } = await begin(one)
    const text = Array.from({ length: 1_500 }, (_, index) => `${index} é😀 `).join('')
    const returning: Promise<void>[] = []
    let said = 0
    for (let time = 0; time < 200; time++) {
      const until = Math.min(text.length, said + Math.floor((random() * 2 * text.length) / 200))
      call.say(text.slice(said, until))
      said = until
      if (time === 190) {
        call.say(text.slice(said))
        said = text.length
        call.end()
      }
      const reader = new Reader()
      readers.push(reader)
      const node = random() < 0.5 ? one : other
      reader.leave = node.interview.watch(projectId, reader)
      // It had some of it before it went away.
      reader.texts.set(messageId, text.slice(0, wholeUnits(text, Math.floor(random() * said * 0.5))))
      returning.push(reader.comeBack(node, projectId, messageId))
      if (random() < 0.3) await wait(random() * 12)
    }
    await Promise.all(returning)
    for (const reader of readers) {
      await vi.waitFor(() => expect(reader.textOf(messageId) === text).toBe(true), 10_000)
      expect(reader.faults).toEqual([])
    }
    expect((await one.interview.resume(projectId, messageId, { offset: 100 })).text).toBe(text.slice(100))
  })

  it('[STR3] is stopped from another node, upstream within 200 ms, before its first word too', async () => {
    const [one, other] = [startNode(), startNode()]
    const reader = await watch(other)
    for (const text of ['', 'Some words']) {
      const { messageId, call } = await begin(one)
      if (text !== '') call.say(text)
      await vi.waitFor(() => expect(reader.textOf(messageId)).toBe(text))
      const startedAtMs = performance.now()
      await other.interview.stop(projectId, messageId)
      expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'stopped', text })
      expect((call.abortedAtMs ?? Infinity) - startedAtMs).toBeLessThan(200)
    }
  })

  it('[STR3] is stopped by the database when the bus loses the wish', async () => {
    const deaf: Bus = {
      isConnected: true,
      publish: () => undefined,
      hint: () => undefined,
      subscribe: () => ({ ready: Promise.resolve(), unsubscribe: () => undefined }),
      onGap: () => () => undefined,
    }
    const [one, other] = [startNode({ bus: deaf, timing: { renew: 100 } }), startNode({ bus: deaf })]
    const reader = await watch(one)
    const { messageId, call } = await begin(one)
    await other.interview.stop(projectId, messageId)
    expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'stopped' })
    expect(call.abortedAtMs).not.toBeNull()
  })

  it('[STR4] that fails is tried again out of sight while it has no text, and ends as interrupted with its text after that', async () => {
    const node = startNode()
    const reader = await watch(node)
    const { messageId, call } = await begin(node)
    const second = node.nextCall()
    call.fail(new InterviewerFailure('overloaded'))
    const again = await second
    const third = node.nextCall()
    again.fail(new InterviewerFailure('cut'))
    const last = await third
    last.say('Half a sen')
    last.fail(new InterviewerFailure('cut'))
    expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'interrupted', text: 'Half a sen' })
    expect(node.interviewer.calls).toHaveLength(3)
    const refused = await begin(node)
    refused.call.fail(new InterviewerFailure('refused'))
    expect(await untilEnd(reader, refused.messageId)).toEqual({ state: 'failed' })
    expect(node.interviewer.calls).toHaveLength(4)
  })

  it('[STR4] that stalls, or says nothing at all, ends in a named state', async () => {
    const node = startNode({ timing: { firstToken: 50, stall: 50 } })
    const reader = await watch(node)
    const { messageId, call } = await begin(node)
    call.say('Then noth')
    expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'interrupted', text: 'Then noth' })
    expect(call.abortedAtMs).not.toBeNull()
    const silent = await begin(node)
    expect(await untilEnd(reader, silent.messageId)).toEqual({ state: 'failed' })
  })

  it('[STR5] is one at a time in a project; others wait in a fair queue, and a request runs once however often it is sent', async () => {
    const [one, other] = [startNode(), startNode()]
    const { call } = await begin(one)
    await one.interview.setMode(projectId, 'direct')
    const say = (node: InterviewNode, userId: string, requestId: string) =>
      node.interview.say({ projectId, userId, requestId }, { text: `${userId} ${requestId}`, mayWrite: true })
    const same = await Promise.all([one, other, one, other].map((node) => say(node, 'ann', 'first')))
    expect(new Set(same.map(({ messageId }) => messageId)).size).toBe(1)
    await say(other, 'ann', 'second')
    await say(other, 'bob', 'only')
    const queued = (await one.interview.list(projectId, undefined, 50)).items.filter(({ state }) => state === 'queued')
    expect(queued.map(({ authorId, position }) => [authorId, position])).toEqual([
      ['ann', 2],
      ['ann', 3],
      ['bob', 1],
    ])
    expect([...one.interviewer.calls, ...other.interviewer.calls]).toHaveLength(1)
    const reader = await watch(one)
    for (const node of [one, other]) {
      node.interviewer.onCall = (each) => {
        each.say(each.context.authorId)
        each.end()
      }
    }
    call.say('Who?')
    call.end()
    const answers = () =>
      reader.events.flatMap(({ event, message }) => (event === 'message:finished' ? [(message as { text: string }).text] : []))
    await vi.waitFor(() => expect(answers()).toEqual(['Who?', 'bob', 'ann', 'ann']), 10_000)
    expect([...one.interviewer.calls, ...other.interviewer.calls]).toHaveLength(4)
  })

  it('[STR6] whose node dies is ended by another as interrupted with the text that was seen, and goes on from there', async () => {
    const dead: InterviewNode[] = []
    const dying = startNode({
      timing: { lease: 500, renew: 100 },
      wrapRuns: (runs) => ({
        ...runs,
        renew: (...args) => (dead.length > 0 ? Promise.reject(new Error('dead')) : runs.renew(...args)),
        end: (...args) => (dead.length > 0 ? Promise.reject(new Error('dead')) : runs.end(...args)),
      }),
    })
    const other = startNode()
    const reader = await watch(other)
    const { messageId, call } = await begin(dying)
    call.say('Seen by all, stored by none')
    await vi.waitFor(() => expect(reader.textOf(messageId)).toBe('Seen by all, stored by none'))
    dead.push(dying)
    expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'interrupted', text: 'Seen by all, stored by none' })
    dying.runs.drain()
    const coming = other.nextCall()
    await other.interview.goOn(projectId, messageId, 'bob')
    const again = await coming
    expect(again.context.soFar).toBe('Seen by all, stored by none')
    again.say(' until now.')
    again.end()
    await vi.waitFor(() => expect(reader.events.filter(({ event }) => event === 'message:finished')).toHaveLength(2), 10_000)
    expect(reader.textOf(messageId)).toBe('Seen by all, stored by none until now.')
    expect(reader.faults).toEqual([])
  })

  it('[STR7] reaches its end for those whose node the last words never came to', async () => {
    const bus = hub.connect()
    let isDropping = false
    const losing: Bus = { ...bus, publish: (channel, bytes) => (isDropping ? undefined : bus.publish(channel, bytes)) }
    const [one, other] = [startNode({ bus: losing }), startNode()]
    const reader = await watch(other)
    const { messageId, call } = await begin(one)
    call.say('All but ')
    await vi.waitFor(() => expect(reader.textOf(messageId)).toBe('All but '))
    isDropping = true
    call.say('the end')
    call.end()
    expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'finished', text: 'All but the end' })
  })

  it('[STR8] holds nothing for who does not read, and tells them the rest in one piece when they do', async () => {
    const node = startNode()
    const [reader, slow] = [await watch(node), await watch(node)]
    slow.isBehind = true
    const { messageId, call } = await begin(node)
    for (let time = 0; time < 20; time++) {
      call.say(`word ${time} `)
      await wait(5)
    }
    await vi.waitFor(() => expect(reader.textOf(messageId)).toContain('word 19'))
    expect(slow.deltas).toEqual([])
    slow.isBehind = false
    await vi.waitFor(() => expect(slow.textOf(messageId)).toBe(reader.textOf(messageId)))
    expect(slow.deltas).toHaveLength(1)
    call.end()
    await untilEnd(slow, messageId)
  })

  it('[STR9] that is quiet is kept alive by words that are empty', async () => {
    const node = startNode({ timing: { quiet: 30 } })
    const reader = await watch(node)
    const { messageId, call } = await begin(node)
    call.say('Well')
    await vi.waitFor(() => expect(reader.deltas.filter(({ text }) => text === '').length).toBeGreaterThan(2))
    expect(reader.textOf(messageId)).toBe('Well')
    call.end()
    await untilEnd(reader, messageId)
  })

  it('[STR10] that has no words yet is written by another node when its own stops', async () => {
    const [one, other] = [startNode(), startNode()]
    const reader = await watch(other)
    const { messageId } = await begin(one)
    const coming = other.nextCall()
    await one.runs.stop()
    const call = await coming
    call.say('Here')
    call.end()
    expect(await untilEnd(reader, messageId)).toMatchObject({ state: 'finished', text: 'Here' })
  })
})
