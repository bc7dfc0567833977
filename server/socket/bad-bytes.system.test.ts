// Bytes and arguments that are nothing a client should send: their sender hears so, and nobody else notices.

import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { connectSocketio, endOfSocket, enterBySocketio, enterByYjs, openYjs } from '../../test/rigs/peer-lines.ts'
import { readSpec } from '../../test/rigs/people.ts'
import { syncMessage } from '../../test/rigs/sync-messages.ts'
import {
  openWitnessedDocument,
  startWitnessedServer,
  type WitnessedDocument,
  type WitnessedServer,
} from '../../test/rigs/witnessed-document.ts'

let world: WitnessedServer
let document: WitnessedDocument

beforeAll(async () => {
  world = await startWitnessedServer()
})
afterAll(() => world.stop())

beforeEach(async () => {
  document = await openWitnessedDocument(world)
  onTestFailed(() => void process.stderr.write(world.server.output()))
})
afterEach(() => document.expectUntroubled())

/** Bytes that are no message, or only the beginning of one. */
function badFrames(): Uint8Array[] {
  const doc = new Y.Doc()
  doc.getText('content').insert(0, 'some words that are long enough to be cut')
  const update = Y.encodeStateAsUpdate(doc)
  const whole = syncMessage('update', update)
  const truncated = Array.from({ length: whole.byteLength - 1 }, (_, length) => whole.subarray(0, length))
  const inside = [3, update.byteLength >> 1, update.byteLength - 1].map((length) => syncMessage('update', update.subarray(0, length)))
  const random = Array.from({ length: 60 }, (_, index) => new Uint8Array([0, index % 3, ...randomBytes(1 + (index % 40))]))
  return [
    ...truncated,
    ...inside,
    ...random,
    new Uint8Array([0, 9, 0]),
    new Uint8Array([1, 0]),
    new Uint8Array([1, 5, 255]),
    new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
  ]
}

it('[DOOR8] closes who sends bytes that are no message on /yjs, and refuses them on Socket.IO', async () => {
  const text = await readSpec(world.owner, document.projectId)
  const bySocketio = await enterBySocketio(document.entry)
  let refused = 0
  for (const frame of badFrames()) {
    const code = await bySocketio.peer.send(frame)
    expect(['', 'invalid_frame', 'too_large'], Buffer.from(frame).toString('hex')).toContain(code)
    if (code === 'invalid_frame') refused++
  }
  expect(refused).toBeGreaterThan(60)
  expect(bySocketio.peer.end).toBeNull()
  bySocketio.peer.close()
  for (const frame of badFrames().filter((_, index) => index % 4 === 0)) {
    const { peer, socket } = await enterByYjs(document.entry)
    socket.send(frame)
    // Some random bytes are a message after all; what follows is none.
    socket.send(new Uint8Array([0, 9, 0]))
    expect(await peer.ended).toEqual({ code: 4422, reason: 'invalid_frame' })
  }
  expect(await readSpec(world.owner, document.projectId)).toBe(text)
})

it('[DOOR8] ends in the same way what is wrong before the join is over', async () => {
  for (const frame of [randomBytes(40), new Uint8Array([0, 2, 200]), 'a text frame', '{"json": true}', new Uint8Array()]) {
    const socket = openYjs(world.server.url, document.projectId, { token: world.sender.token })
    socket.once('open', () => socket.send(frame))
    socket.once('open', () => socket.send(new Uint8Array([0, 9, 0])))
    expect(await endOfSocket(socket)).toEqual({ code: 4422, reason: 'invalid_frame' })
    const unknown = openYjs(world.server.url, document.projectId, { token: 'garbage' })
    unknown.once('open', () => unknown.send(frame))
    expect(await endOfSocket(unknown)).toEqual({ code: 4401, reason: 'unauthenticated' })
  }
  const socket = await connectSocketio(document.entry)
  const answer: unknown = await socket.emitWithAck('yjs', document.projectId, randomBytes(40), undefined)
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_joined' } })
  socket.close()
})

it('[DOOR8] closes who speaks no Socket.IO on its door, before and after the session is known', async () => {
  const packets = [
    randomBytes(200),
    'not a packet',
    '9',
    '4',
    '4{',
    '49',
    '42',
    '42[',
    '42["yjs"',
    '42{}',
    '42[1,2]',
    '451-["yjs",{"_placeholder":true,"num":5}]',
    '459999999-["yjs",{"_placeholder":true,"num":0}]',
    '45-',
    '2'.repeat(100),
    '43[]',
    '43999[]',
    '44',
    '40garbage',
  ]
  /** What Engine.IO and Socket.IO end without a word, as they end all who have not said who they are. */
  const bare: unknown[] = ['2'.repeat(100), '44']
  for (const packet of packets) {
    for (const isConnected of [false, true]) {
      const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
      const ended = endOfSocket(socket)
      await new Promise((resolve) => socket.once('message', resolve))
      if (isConnected) {
        socket.send(`40${JSON.stringify({ token: world.sender.token })}`)
        await new Promise((resolve) => socket.once('message', resolve))
      }
      socket.send(packet)
      // A packet that some version may yet give a meaning is passed over; this one ends any conversation.
      socket.send('4?')
      const isNamed = isConnected && !bare.includes(packet)
      expect(await ended, `${isConnected} ${packet.toString()}`).toEqual(
        isNamed ? { code: 4422, reason: 'invalid_frame' } : { code: 1005, reason: '' },
      )
    }
  }
})

it('[DOOR9] reads little of who has not said on Socket.IO who they are', async () => {
  const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  const ended = endOfSocket(socket)
  await new Promise((resolve) => socket.once('message', resolve))
  socket.send(`40${JSON.stringify({ token: 'x'.repeat(100_000) })}`)
  expect(await ended).toEqual({ code: 4413, reason: 'too_large' })
})

it('[DOOR6] answers wrong types in every argument of every event by a named error', async () => {
  const { peer, socket } = await enterBySocketio(document.entry)
  const values = [
    undefined,
    null,
    true,
    -1,
    1.5,
    'text',
    '',
    [],
    [document.projectId],
    {},
    { projectId: 1 },
    { projectId: document.projectId, epoch: 'x' },
    { projectId: document.projectId, extra: 1 },
    Buffer.from('bytes'),
    { projectId: 'x'.repeat(100) },
  ]
  for (const value of values) {
    for (const event of ['project:join', 'project:leave']) {
      expect(await socket.emitWithAck(event, value), `${event} ${JSON.stringify(value)}`).toMatchObject({
        ok: false,
        error: { code: 'invalid_request', retryable: false },
      })
    }
    const asProject: unknown = await socket.emitWithAck('yjs', value, new Uint8Array([3]), undefined)
    expect(asProject).toMatchObject({ ok: false, error: { code: 'not_joined' } })
    const asBytes: unknown = await socket.emitWithAck('yjs', document.projectId, value, undefined)
    expect(asBytes, JSON.stringify(value)).toMatchObject(
      value instanceof Buffer ? { ok: true } : { ok: false, error: { code: 'invalid_frame' } },
    )
  }
  for (const epoch of ['1', {}, [], true, 1.5, -1]) {
    expect(await socket.emitWithAck('yjs', document.projectId, new Uint8Array([3]), epoch), JSON.stringify(epoch)).toMatchObject({
      ok: false,
      error: { code: epoch === -1 ? 'stale_epoch' : 'invalid_request' },
    })
  }
  // Without arguments, without an ack, with something else in its place: nothing to answer, nothing to break.
  socket.emit('yjs')
  socket.emit('project:join')
  socket.emit('project:join', { projectId: document.projectId }, 'no function')
  socket.emit('project:leave', null)
  socket.emit('yjs', document.projectId, new Uint8Array([9, 9, 9]), undefined, 'no function')
  socket.emit('no:such:event', { projectId: document.projectId })
  for (const id of ['no-uuid', '00000000-0000-4000-8000-000000000000', document.projectId.toUpperCase(), '../..', "';--"]) {
    expect(await socket.emitWithAck('project:join', { projectId: id })).toMatchObject({
      ok: false,
      error: { code: 'not_found', retryable: false },
    })
    expect(await socket.emitWithAck('project:leave', { projectId: id })).toMatchObject({ ok: true })
  }
  expect(await peer.typeWord('still-here')).toBe('')
  socket.close()
})
