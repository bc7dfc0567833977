// kill -9 of the whole server under the typing of twenty, again and again.

import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { killRound } from './rigs/kill-round.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { startProject } from './rigs/typists.ts'

const kills = 10

let server: ServerProcess

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it(`[DOC1, DOC10] loses no acked word of twenty typists over ${kills} kills`, async () => {
  onTestFailed(() => void process.stderr.write(server.output()))
  const { projectId, people } = await startProject(server.url)
  let inFlight = 0
  for (let round = 1; round <= kills; round++) {
    const killAfter = 10 + Math.floor(Math.random() * 150)
    const result = await killRound({ server, round, killAfter, projectId, people, count: 20, everyMs: 40 })
    expect(result, `round ${round}`).toMatchObject({ lost: [], isAnotherProcess: true })
    expect(result.acked).toBeGreaterThanOrEqual(killAfter)
    inFlight += result.inFlight
  }
  // A kill between two acks proves little: over the rounds some were under way.
  expect(inFlight).toBeGreaterThan(kills)
})
