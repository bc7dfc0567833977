// Every event of the sockets sent by every role: one table says who may, and everybody else is refused by name.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may, type Role } from '../shared/domain/roles.ts'
import { connectSocketio, enterBySocketio, enterByYjs } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, letIn, readSpec, signUp, type Person } from './rigs/people.ts'
import { askers, eventRules, type AskerName } from './rigs/rights-table.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let server: ServerProcess
let people: Record<Exclude<AskerName, 'nobody'>, Person>
let projectId: string

beforeAll(async () => {
  server = await startServer()
  const [owner, editor, commenter, viewer, stranger] = await Promise.all(
    askers.filter((asker) => asker !== 'nobody').map((name) => signUp({ serverUrl: server.url, name })),
  )
  if (!owner || !editor || !commenter || !viewer || !stranger) throw new Error('somebody is missing')
  people = { owner, editor, commenter, viewer, stranger }
  projectId = await createProject(owner, 'Matrix')
  await letIn({ owner, projectId, people: [editor], role: 'editor' })
  await letIn({ owner, projectId, people: [commenter], role: 'commenter' })
  await letIn({ owner, projectId, people: [viewer], role: 'viewer' })
})
afterAll(() => server.stop())

const members = ['owner', 'editor', 'commenter', 'viewer'] as const satisfies readonly Role[]
const as = (who: Exclude<AskerName, 'nobody'>) => ({ serverUrl: server.url, projectId, token: people[who].token })

describe('project:join', () => {
  it.each(members)('[MEM9] lets in a member who is %s, in that role', async (role) => {
    const { joined, socket } = await enterBySocketio(as(role))
    expect(may(role, eventRules['project:join'].needs)).toBe(true)
    expect(joined.role).toBe(role)
    socket.close()
  })

  it('[MEM9] hides the project from a stranger, and the line from nobody', async () => {
    await expect(enterBySocketio(as('stranger'))).rejects.toThrow('not_found')
    await expect(connectSocketio({ serverUrl: server.url, token: 'nobody' })).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('yjs', () => {
  it.each(members)('[MEM9] takes an update from a member who is %s only if their role writes, through both doors', async (role) => {
    const isToWrite = may(role, eventRules.yjs.needs)
    const bySocketio = await enterBySocketio(as(role))
    const byYjs = await enterByYjs(as(role))
    expect(await bySocketio.peer.typeWord(`${role}-socketio`)).toBe(isToWrite ? '' : 'read_only')
    expect(await byYjs.peer.typeWord(`${role}-yjs`)).toBe(isToWrite ? '' : 'read_only')
    const text = await readSpec(people.owner, projectId)
    expect([text.includes(`${role}-socketio`), text.includes(`${role}-yjs`)]).toEqual([isToWrite, isToWrite])
    bySocketio.socket.close()
    byYjs.socket.close()
  })

  it('[MEM9] takes none from who has not joined, nor into another project than the one that was joined', async () => {
    const own = await createProject(people.stranger, 'Own')
    const { socket } = await enterBySocketio({ ...as('stranger'), projectId: own })
    const answer = await new Promise((resolve) => socket.emit('yjs', projectId, new Uint8Array([0, 2, 2, 0, 0]), undefined, resolve))
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_joined' } })
    socket.close()
  })
})

describe('version:restore', () => {
  it.each(members)('[MEM9] is taken from a member who is %s only if their role writes', async (role) => {
    const made = await people.owner.request(`/api/projects/${projectId}/versions`, jsonBody('POST', { name: `before ${role}` }))
    const { id: versionId } = await answerOf<{ id: string }>(made)
    const { socket } = await enterBySocketio(as(role))
    const answer = await new Promise((resolve) => socket.emit('version:restore', { projectId, versionId }, resolve))
    const isToWrite = may(role, eventRules['version:restore'].needs)
    expect(answer).toMatchObject(isToWrite ? { ok: true } : { ok: false, error: { code: 'forbidden' } })
    socket.close()
  })

  it('[MEM9] is taken from nobody who has not joined', async () => {
    const socket = await connectSocketio(as('stranger'))
    const answer = await new Promise((resolve) => socket.emit('version:restore', { projectId, versionId: projectId }, resolve))
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_joined' } })
    socket.close()
  })
})

describe('project:leave', () => {
  it('[MEM9] tells nobody whether there is such a project', async () => {
    expect(eventRules['project:leave'].needs).toBe('anybody')
    const socket = await connectSocketio(as('stranger'))
    const leave = (id: string) => new Promise((resolve) => socket.emit('project:leave', { projectId: id }, resolve))
    expect(await leave(projectId)).toEqual(await leave('00000000-0000-4000-8000-000000000000'))
    socket.close()
  })
})
