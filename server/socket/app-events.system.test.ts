// App events through the doors of a real server: in the join's answer, under their own names, and over HTTP.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppEvents } from '../projects/app-events.ts'
import { createLog } from '../base/log.ts'
import { createAppEventsStore } from '../store/app-events-store.ts'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { connectSocketio } from '../../test/rigs/peer-lines.ts'
import { createProject, signUp, type Person } from '../../test/rigs/people.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'

let database: FreshDatabase
let world: DocumentWorld
let server: ServerProcess
let ada: Person

beforeAll(async () => {
  database = await freshDatabase()
  world = new DocumentWorld({ url: database.url })
  server = await startServer({ env: { DATABASE_URL: database.url } })
  ada = await signUp({ serverUrl: server.url, name: 'Ada' })
})
afterAll(async () => {
  await server.stop()
  await world.close()
  await database.drop()
})

it('[EVT4] come with the answer to a join, and in pages over HTTP', async () => {
  const projectId = await createProject(ada)
  const events = new AppEvents({ store: createAppEventsStore(world.database), log: createLog('silent') })
  for (const index of [1, 2, 3]) await events.emit(projectId, 'quality', { index })
  const socket = await connectSocketio({ serverUrl: server.url, token: ada.token })
  const join = (request: object): Promise<unknown> => socket.emitWithAck('project:join', { projectId, ...request })
  expect(await join({ sinceEventId: 1 })).toMatchObject({
    ok: true,
    eventId: 3,
    missed: [
      { event: 'quality', eventId: 2, projectId, index: 2 },
      { event: 'quality', eventId: 3, projectId, index: 3 },
    ],
  })
  expect(await join({})).toMatchObject({ ok: true, eventId: 3, missed: null })
  const page = await ada.request(`/api/projects/${projectId}/events?after=1&limit=1`)
  expect([page.status, await page.json()]).toEqual([200, { items: [{ event: 'quality', eventId: 2, projectId, index: 2 }], eventId: 3 }])
  socket.close()
})
