// kill -9 of the server under typing, as often as is asked for: `node test/kill-loop.ts 100`. Ends with 1 when an acked word is lost.

import { killRound } from './rigs/kill-round.ts'
import { startServer } from './rigs/server-process.ts'
import { startProject } from './rigs/typists.ts'

const rounds = Number(process.argv[2] ?? 100)
/** A document of its own for so many rounds: one that grows for ever makes the typists slow, not the server. */
const roundsPerProject = 10

const server = await startServer()
const totals = { acked: 0, inFlight: 0, lost: 0 }
try {
  let project = await startProject(server.url)
  for (let round = 1; round <= rounds; round++) {
    if (round % roundsPerProject === 0) project = await startProject(server.url)
    const killAfter = 10 + Math.floor(Math.random() * 400)
    const result = await killRound({
      server,
      round,
      killAfter,
      projectId: project.projectId,
      people: project.people,
      count: 20,
      everyMs: 40,
    })
    if (!result.isAnotherProcess) throw new Error('the server was not killed')
    totals.acked += result.acked
    totals.inFlight += result.inFlight
    totals.lost += result.lost.length
    process.stdout.write(`${round}: ${result.acked} acked, ${result.inFlight} in flight, ${result.lost.length} lost\n`)
  }
} finally {
  await server.stop()
}
process.stdout.write(`${rounds} kills: ${totals.acked} words acked, ${totals.inFlight} in flight, ${totals.lost} acked and lost\n`)
process.exit(totals.lost === 0 ? 0 : 1)
