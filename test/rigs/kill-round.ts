// One kill -9 of a server under typing, and what a fresh client finds afterwards, with all who typed gone.

import { connect } from 'node:net'
import { enterBySocketio } from './peer-lines.ts'
import { missingWords } from './peer.ts'
import type { ServerProcess } from './server-process.ts'
import { startTypists, type TypistsOptions } from './typists.ts'

export interface KillRoundOptions extends Omit<TypistsOptions, 'serverUrl' | 'label'> {
  server: ServerProcess
  round: number
  /** The server is killed once so many words are acked. */
  killAfter: number
}

export interface KillRoundResult {
  acked: number
  /** Words whose ack was on its way, at best, when the server died. */
  inFlight: number
  /** Acked words that a fresh client does not find. */
  lost: string[]
  /** Whether the killed process is gone, its port was closed, and another process answers now. */
  isAnotherProcess: boolean
}

/** Lets people type, kills the server while acks are under way, starts it again and looks. */
export async function killRound({ server, round, killAfter, ...typing }: KillRoundOptions): Promise<KillRoundResult> {
  const { url: serverUrl, pid } = server
  const typists = await startTypists({ ...typing, serverUrl, label: `r${round}` })
  await typists.untilAcked(killAfter)
  process.kill(pid, 'SIGKILL')
  // Not the lines but the answers matter: one that was already on its way still counts as given.
  await Promise.all(typists.peers.map((peer) => peer.ended))
  await server.kill9()
  const wasClosed = await isPortClosed(server.port)
  const acked = typists.acked()
  const inFlight = typists.unanswered()
  await typists.leave()
  await server.restart()
  const { peer: fresh } = await enterBySocketio({ serverUrl, projectId: typing.projectId, token: typing.people[0]?.token ?? '' })
  const lost = missingWords(fresh.text.toString(), acked)
  fresh.close()
  return { acked: acked.length, inFlight, lost, isAnotherProcess: wasClosed && server.pid !== pid && !isAlive(pid) }
}

function isPortClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', () => resolve(true))
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
