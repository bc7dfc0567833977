// The product's promise in one test: everyone in one document through every door, the server killed, nothing lost.

import { afterAll, beforeAll, expect, it, onTestFailed, vi } from 'vitest'
import { createProvider } from '../client/collab/provider.ts'
import { connectSocket } from '../client/net/socket.ts'
import { enterBySocketio } from './rigs/peer-lines.ts'
import { untilText } from './rigs/peer.ts'
import { createProject, letIn, readSpec, signUp } from './rigs/people.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { openForeignEditor, untilSynced } from './rigs/websocket-provider.ts'

let server: ServerProcess

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('[DOC1, DOC10, DOOR1, DOOR2] loses nothing of four editors on two doors when the server is killed', async () => {
  onTestFailed(() => void process.stderr.write(server.output()))
  const serverUrl = server.url
  const owner = await signUp({ serverUrl, name: 'Ada' })
  const guest = await signUp({ serverUrl, name: 'Grace' })
  const projectId = await createProject(owner, 'Part zero')
  await letIn({ owner, projectId, people: [guest] })

  const first = openForeignEditor({ serverUrl, projectId, token: owner.token })
  const second = openForeignEditor({ serverUrl, projectId, token: guest.token })
  const { peer: third } = await enterBySocketio({ serverUrl, projectId, token: guest.token })
  const connection = connectSocket({ url: serverUrl, token: owner.token })
  const fourth = createProvider({ projectId, connection })
  await Promise.all([untilSynced(first), untilSynced(second), vi.waitFor(() => expect(fourth.state.isSynced).toBe(true), 10_000)])

  first.text.insert(first.text.length, ' one ')
  second.text.insert(second.text.length, ' two ')
  fourth.text.insert(fourth.text.length, ' four ')
  const words = ['one', 'two', 'three', 'four']
  const isWhole = (text: string) => words.every((word) => text.includes(` ${word} `))
  await third.untilText((text) => text.includes(' one ') && text.includes(' two ') && text.includes(' four '))
  // The log keeps the order, so this ack stands for all that the third editor has seen before.
  expect(await third.typeWord('three')).toBe('')
  await Promise.all([first, second, fourth].map(({ doc }) => untilText(doc, isWhole)))
  await vi.waitFor(() => expect(fourth.state.save).toMatchObject({ state: 'saved', hasUnsaved: false }), 10_000)
  expect(new Set([first, second, third, fourth].map(({ text }) => text.toString())).size).toBe(1)
  const before = first.text.toString()

  const { pid } = server
  await server.kill9()
  expect((await third.ended).reason).not.toBe('')
  // Nobody but the last one may bring the words back.
  for (const editor of [second, fourth]) editor.destroy()
  third.close()
  connection.close()
  first.provider.disconnect()
  await server.restart()
  expect(server.pid).not.toBe(pid)
  expect(await readSpec(guest, projectId)).toBe(before)

  first.provider.connect()
  await untilSynced(first)
  expect(first.text.toString()).toBe(before)
  const { peer: fresh } = await enterBySocketio({ serverUrl, projectId, token: guest.token })
  expect(fresh.text.toString()).toBe(before)
  first.text.insert(0, 'after ')
  await fresh.untilText((text) => text === `after ${before}`)
  first.destroy()
  fresh.close()
})
