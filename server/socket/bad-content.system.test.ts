// Messages of the right form with what must not be let in: forged, too large, out of order, not clean.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest'
import * as Y from 'yjs'
import { connectSocketio, enterBySocketio, enterByYjs, joinOn } from '../../test/rigs/peer-lines.ts'
import { createProject, readSpec, signUp } from '../../test/rigs/people.ts'
import { awarenessMessage, awarenessUpdate, chunkMessage, syncMessage } from '../../test/rigs/sync-messages.ts'
import {
  openWitnessedDocument,
  startWitnessedServer,
  type WitnessedDocument,
  type WitnessedServer,
} from '../../test/rigs/witnessed-document.ts'

const mib = 1024 * 1024

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

it('[DOOR8] takes no presence for somebody else, and none that is too large', async () => {
  const { clientID } = document.witness.peer.doc
  await document.witness.peer.sayState({ cursor: 1 })
  const heardBefore = document.witness.peer.heard.length
  const { peer } = await enterBySocketio(document.entry)
  await peer.sayState({ cursor: 2 })
  expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: clientID, clock: 99, json: '{"user":{"name":"Forged"}}' }])))).toBe(
    '',
  )
  expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: clientID, clock: 999, json: 'null' }])))).toBe('')
  const large = JSON.stringify({ cursor: 'x'.repeat(2 * mib) })
  expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: peer.doc.clientID, clock: 9, json: large }])))).toBe(
    'awareness_too_large',
  )
  for (const json of ['', '{', '[1]', '"text"', '7', '{"a":', 'undefined']) {
    expect(await peer.send(awarenessMessage(awarenessUpdate([{ clientId: peer.doc.clientID, clock: 10, json }]))), json).toBe(
      'invalid_frame',
    )
  }
  // Another newcomer is told what everybody knows: the witness is where it was, the sender has its last good state.
  const { peer: newcomer } = await enterBySocketio(document.entry)
  expect(await newcomer.send(new Uint8Array([3]))).toBe('')
  expect(newcomer.awareness.getStates().get(clientID)).toMatchObject({ cursor: 1, user: { name: 'Witness' } })
  expect(newcomer.awareness.getStates().get(peer.doc.clientID)).toMatchObject({ cursor: 2, user: { name: 'Sender' } })
  const told = document.witness.peer.heard.slice(heardBefore).filter(({ type }) => type === 'awareness')
  expect(Math.max(...told.map((message) => (message.type === 'awareness' ? message.update.byteLength : 0)))).toBeLessThan(2_000)
  newcomer.close()
  peer.close()
  const other = await enterByYjs(document.entry)
  other.socket.send(awarenessMessage(awarenessUpdate([{ clientId: other.peer.doc.clientID, clock: 1, json: large }])))
  expect(await other.peer.typeWord('after-a-large-state')).toBe('')
  other.peer.close()
})

it('[DOOR9] refuses an update of 20 MB by name, and closes for what is more than it reads', async () => {
  const large = new Y.Doc()
  large.getText('content').insert(0, 'x'.repeat(20 * mib))
  const message = syncMessage('update', Y.encodeStateAsUpdate(large))
  const bySocketio = await enterBySocketio(document.entry)
  expect(await bySocketio.peer.send(message)).toBe('too_large')
  expect(await bySocketio.peer.typeWord('after-20-mb')).toBe('')
  expect(await sendAndAnswer(message)).toEqual({ code: 4413, reason: 'too_large' })
  const more = new Uint8Array(33 * mib)
  expect(await sendAndAnswer(more)).toEqual({ code: 4413, reason: 'too_large' })
  void bySocketio.peer.send(more)
  expect(await bySocketio.peer.ended).toMatchObject({ code: 4413, reason: 'too_large' })
})

/** How /yjs ends for who sends this. */
async function sendAndAnswer(message: Uint8Array) {
  const { peer, socket } = await enterByYjs(document.entry)
  socket.send(message)
  return peer.ended
}

it('[DOOR10] takes a large message in chunks, gives one in chunks to who asks, whole to others, and refuses chunks out of order', async () => {
  const { peer } = await enterBySocketio({ ...document.entry, chunks: true })
  const large = new Y.Doc()
  large.getText('content').insert(0, ` ${'long '.repeat(500_000)}`)
  const message = syncMessage('update', Y.encodeStateAsUpdate(large))
  const parts = [0, 1, 2].map((index) => message.subarray(index * mib, (index + 1) * mib))
  const chunk = (index: number, transferId = 7, count = 3) =>
    chunkMessage({ transferId, index, count, bytes: parts[index] ?? new Uint8Array() })
  expect(await peer.send(chunk(1))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(2))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(1))).toBe('')
  expect(await peer.send(chunk(1))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(1, 8))).toBe('invalid_frame')
  expect(await peer.send(chunk(0))).toBe('')
  expect(await peer.send(chunk(1))).toBe('')
  expect(await peer.send(chunk(2))).toBe('')
  const markdown = await readSpec(world.owner, document.projectId)
  expect(markdown).toContain('long long')
  for (const door of [enterBySocketio, enterByYjs]) {
    const inParts = await door({ ...document.entry, chunks: true })
    expect(inParts.peer.heard.filter(({ type }) => type === 'chunk')).toHaveLength(3)
    expect(inParts.peer.text.toString()).toBe(markdown)
    const whole = await door(document.entry)
    expect(whole.peer.heard.filter(({ type }) => type === 'chunk')).toHaveLength(0)
    expect(whole.peer.text.toString()).toBe(markdown)
    inParts.peer.close()
    whole.peer.close()
  }
  peer.close()
  const byYjs = await enterByYjs(document.entry)
  byYjs.socket.send(chunk(2))
  expect(await byYjs.peer.ended).toEqual({ code: 4422, reason: 'invalid_frame' })
})

it('[DOC18] makes LF of CRLF, however it comes in', async () => {
  const { peer } = await enterByYjs(document.entry)
  expect(await peer.edit((text) => text.insert(0, 'one\r\ntwo\rthree'))).toBe('')
  await document.witness.peer.untilText((text) => text.startsWith('one\ntwo\nthree'))
  expect(await peer.edit((text) => text.insert(0, 'cut\r'))).toBe('')
  expect(await peer.edit((text) => text.insert(text.toString().indexOf('cut') + 4, '\nhere '))).toBe('')
  await document.witness.peer.untilText((text) => text.startsWith('cut') && text.includes('here '))
  expect(await readSpec(world.owner, document.projectId)).not.toContain('\r')
  peer.close()
})

it('[DOOR8] keeps markup and SQL in every name as text', async () => {
  const nasty = `<img src=x onerror="alert(1)">'; drop table project; -- \${1} {{x}} \\`
  const person = await signUp({ serverUrl: world.server.url, name: nasty.slice(0, 90) })
  const own = await createProject(person, nasty, nasty)
  const project = (await (await person.request(`/api/projects/${own}`)).json()) as { name: string; description: string }
  expect(project).toMatchObject({ name: nasty, description: nasty })
  const { joined, peer } = await joinOn(await connectSocketio({ serverUrl: world.server.url, token: person.token }), {
    serverUrl: world.server.url,
    projectId: own,
    token: person.token,
  })
  expect(joined.members).toMatchObject([{ name: nasty.slice(0, 90), role: 'owner' }])
  expect(await readSpec(person, own)).toContain('<img')
  peer.close()
})
