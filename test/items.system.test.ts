// Items of a spec that people type through both doors of a real server: numbered at once, told to screens, read over HTTP.

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Item, ItemList, ItemsEvent } from '../shared/wire/items.ts'
import { enterBySocketio, enterByYjs } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, letIn, signUp, type Person } from './rigs/people.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let server: ServerProcess
let ada: Person
let bob: Person
let projectId: string
beforeAll(async () => {
  server = await startServer()
  ada = await signUp({ serverUrl: server.url, name: 'Ada' })
  bob = await signUp({ serverUrl: server.url, name: 'Bob' })
  projectId = await createProject(ada)
  await letIn({ owner: ada, projectId, people: [bob] })
})
afterAll(() => server.stop())

const list = async (query = '') => (await answerOf<ItemList>(await ada.request(`/api/projects/${projectId}/items${query}`))).items

it('[ITM9] typed through both doors get numbers by themselves, on the screens of others too, and are still the same after a restart', async () => {
  const bySocketio = await enterBySocketio({ serverUrl: server.url, projectId, token: ada.token })
  const byYjs = await enterByYjs({ serverUrl: server.url, projectId, token: bob.token })
  await byYjs.peer.inStep
  const heard: ItemsEvent[] = []
  bySocketio.socket.on('items', (event: ItemsEvent) => heard.push(event))
  expect(await byYjs.peer.edit((text) => text.insert(text.length, '\n## Goals\n\n- Sell pots online\n'))).toBe('')
  await expect
    .poll(() => heard.flatMap(({ changed }) => changed ?? []).map(({ ref, text }) => `${ref} ${text}`))
    .toEqual(['SPEC-1 Sell pots online'])
  expect(heard[0]).toMatchObject({ projectId, revision: 1, gone: [] })
  await bySocketio.peer.edit((text) => text.insert(text.toString().indexOf(' online'), ' and kilns'))
  await expect.poll(async () => (await list()).map(({ text }) => text)).toEqual(['Sell pots and kilns online'])
  const [item] = await list()
  expect(item).toMatchObject({ number: 1, authorId: bob.userId, source: 'typed', confidence: 1, status: 'current' })
  const added = await answerOf<Item>(
    await bob.request(`/api/projects/${projectId}/items`, jsonBody('POST', { category: 'security', text: 'Doors are locked' })),
  )
  expect(added).toMatchObject({ ref: 'SPEC-2', authorId: bob.userId })
  await expect.poll(() => bySocketio.peer.text.toString()).toContain('## Security\n\n- Doors are locked\n')
  bySocketio.socket.close()
  byYjs.socket.close()
  await server.kill9()
  await server.restart()
  expect((await list()).map(({ id, number, text }) => [id, number, text])).toEqual([
    [item?.id, 1, 'Sell pots and kilns online'],
    [added.id, 2, 'Doors are locked'],
  ])
}, 30_000)
