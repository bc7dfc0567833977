// Both doors into one document: what comes in through one is seen through the other, and who may only look.

import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { enterBySocketio, enterByYjs } from '../../test/rigs/peer-lines.ts'
import { untilText } from '../../test/rigs/peer.ts'
import { createProject, letIn, readSpec, signUp, type Person } from '../../test/rigs/people.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'
import { openForeignEditor, untilSynced } from '../../test/rigs/websocket-provider.ts'

let database: FreshDatabase
let server: ServerProcess
let serverUrl: string
let owner: Person
let viewer: Person
let projectId: string

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url } })
  serverUrl = server.url
  owner = await signUp({ serverUrl, name: 'Ada' })
  viewer = await signUp({ serverUrl, name: 'Vera' })
  projectId = await createProject(owner, 'Doors')
  await letIn({ owner, projectId, people: [viewer], role: 'viewer' })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

it('[DOOR1] shows what is written through one door through the other, and who is there', async () => {
  const foreign = openForeignEditor({ serverUrl, projectId, token: owner.token })
  await untilSynced(foreign)
  const { peer, socket } = await enterBySocketio({ serverUrl, projectId, token: viewer.token })
  const present = new Promise((resolve) => {
    socket.on('presence', (event: { present: { connections: number }[] }) => {
      if (event.present.reduce((sum, { connections }) => sum + connections, 0) === 3) resolve(event)
    })
  })
  const writer = await enterBySocketio({ serverUrl, projectId, token: owner.token })
  expect(await writer.peer.typeWord('across')).toBe('')
  await untilText(foreign.doc, (text) => text.includes(' across '))
  foreign.text.insert(0, 'back ')
  await peer.untilText((text) => text.startsWith('back '))

  expect(await present).toMatchObject({
    projectId,
    present: expect.arrayContaining([
      { userId: owner.userId, name: 'Ada', color: expect.any(String) as string, role: 'owner', connections: 2 },
      { userId: viewer.userId, name: 'Vera', color: expect.any(String) as string, role: 'viewer', connections: 1 },
    ]) as unknown[],
  })
  foreign.provider.awareness.setLocalStateField('cursor', 3)
  await vi.waitFor(
    () => expect(peer.awareness.getStates().get(foreign.doc.clientID)).toMatchObject({ cursor: 3, user: { name: 'Ada' } }),
    5_000,
  )
  await peer.sayState({ cursor: 7, user: { name: 'Forged' } })
  await vi.waitFor(
    () => expect(foreign.provider.awareness.getStates().get(peer.doc.clientID)).toMatchObject({ cursor: 7, user: { name: 'Vera' } }),
    5_000,
  )
  peer.close()
  await vi.waitFor(() => expect(foreign.provider.awareness.getStates().has(peer.doc.clientID)).toBe(false), 5_000)
  writer.peer.close()
  foreign.destroy()
})

it('[DOOR4] answers each write on /yjs by its number', async () => {
  const { socket, peer } = await enterByYjs({ serverUrl, projectId, token: owner.token })
  expect(await peer.typeWord('numbered')).toBe('')
  peer.close()
  expect(socket.readyState).not.toBe(WebSocket.OPEN)
  const reader = await enterByYjs({ serverUrl, projectId, token: viewer.token })
  expect(await reader.peer.typeWord('refused')).toBe('read_only')
  expect(reader.peer.heard.filter(({ type }) => type === 'step2')).toHaveLength(1)
  reader.peer.close()
})

it('[DOOR7] lets a viewer read and be seen, and write through neither door', async () => {
  const before = await readSpec(owner, projectId)
  for (const enter of [enterBySocketio, enterByYjs]) {
    const { peer } = await enter({ serverUrl, projectId, token: viewer.token })
    expect(peer.text.toString()).toBe(before)
    expect(await peer.typeWord('forbidden')).toBe('read_only')
    expect(await peer.edit((text) => text.delete(0, 3))).toBe('read_only')
    expect(peer.end).toBeNull()
    const witness = await enterBySocketio({ serverUrl, projectId, token: owner.token })
    await peer.sayState({ cursor: 1 })
    await vi.waitFor(
      () => expect(witness.peer.awareness.getStates().get(peer.doc.clientID)).toMatchObject({ user: { name: 'Vera' } }),
      5_000,
    )
    expect(await readSpec(owner, projectId)).toBe(before)
    witness.peer.close()
    peer.close()
  }
  // An unmodified editor of a viewer stays connected and does not see its own words come to anything.
  const foreign = openForeignEditor({ serverUrl, projectId, token: viewer.token })
  await untilSynced(foreign)
  foreign.text.insert(0, 'forbidden ')
  const writer = await enterBySocketio({ serverUrl, projectId, token: owner.token })
  expect(await writer.peer.typeWord('allowed')).toBe('')
  await untilText(foreign.doc, (text) => text.includes(' allowed '))
  expect(await readSpec(owner, projectId)).not.toContain('forbidden')
  expect(foreign.connects).toBe(1)
  foreign.destroy()
  writer.peer.close()
})
