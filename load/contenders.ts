// The servers that are measured beside each other: how each is started, and how the crowd connects to it.

import { randomUUID } from 'node:crypto'
import { findFreePort } from './free-port.ts'
import { openHocuspocusConnection } from './hocuspocus-connection.ts'
import { startRedis } from './own-redis.ts'
import { startOwnServer, startProgram, type RunningProgram } from './own-server.ts'
import { setOwnStage } from './own-stage.ts'
import { seatPeople } from './seats.ts'
import type { TypingOptions } from './typing-options.ts'
import type { Stage } from './typing-run.ts'
import { openYWebsocketConnection } from './yjs-connection.ts'

/** Something to run the crowd against. */
export interface Contender {
  name: string
  /** What it promises with its answer to an update, in words for the table. */
  ack: string
  start(options: TypingOptions): Promise<Started>
}

export interface Started {
  stage: Stage
  stop: () => Promise<void>
  /** Resolves once no document is in memory; only where what was stored comes back. */
  untilClosed?: () => Promise<void>
}

const committed = 'committed'

/** One server each. */
export const singleNodes: readonly Contender[] = [
  { name: 'Elenchus, /yjs', ack: committed, start: (options) => startOurs({ ...options, door: 'yjs' }) },
  { name: 'Elenchus, Socket.IO', ack: committed, start: (options) => startOurs({ ...options, door: 'socketio' }) },
  {
    name: 'y-websocket server 0.1.5',
    ack: 'none',
    start: async ({ people, documents }) => {
      const server = await startPeer('load/peers/y-websocket.js', {})
      const run = randomUUID()
      const seats = seatPeople(people, documents)
      const roomOf = (index: number) => `${server.url}/${run}-${seats[index]?.document}`
      const open: Stage['open'] = (index, handlers) => openYWebsocketConnection(roomOf(index), handlers)
      return { stage: { seats, open, pids: [server.pid], hasAcks: false }, stop: server.stop }
    },
  },
  { name: 'Hocuspocus 4.7', ack: 'in memory', start: (options) => startHocuspocus(1, options) },
]

/** Two nodes each, over a Redis of the run's own; typist n is on node n modulo 2. */
export const pairsOfNodes: readonly Contender[] = [
  { name: 'Elenchus, /yjs, two nodes', ack: committed, start: (options) => startOurPair({ ...options, door: 'yjs' }) },
  { name: 'Elenchus, Socket.IO, two nodes', ack: committed, start: (options) => startOurPair({ ...options, door: 'socketio' }) },
  { name: 'Hocuspocus 4.7, extension-redis, two nodes', ack: 'in memory', start: (options) => startHocuspocus(2, options) },
]

async function startOurs(options: TypingOptions): Promise<Started> {
  const server = await startOwnServer(options.settings)
  const stage = await setOwnStage([server.url], [server.pid], options)
  return { stage, stop: server.stop, untilClosed: () => untilClosed(server.url) }
}

async function untilClosed(serverUrl: string): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(`${serverUrl}/metrics`)).text()
    if (/^elenchus_open_documents 0$/m.test(metrics)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The first brings its embedded PostgreSQL, which the second uses too. */
async function startOurPair(options: TypingOptions) {
  const redis = await startRedis()
  const shared = { ...options.settings, REDIS_URL: redis.url, AUTH_SECRET: randomUUID() }
  const first = await startOwnServer(shared)
  const second = await startOwnServer({ ...shared, DATABASE_URL: await first.databaseUrl() })
  const stop = async (): Promise<void> => {
    await second.stop()
    await first.stop()
    await redis.stop()
  }
  return { stage: await setOwnStage([first.url, second.url], [first.pid, second.pid], options), stop }
}

async function startHocuspocus(nodes: number, { people, documents }: TypingOptions) {
  const redis = nodes > 1 ? await startRedis() : undefined
  const servers: RunningProgram[] = []
  for (let node = 0; node < nodes; node++)
    servers.push(await startPeer('load/peers/hocuspocus.js', redis ? { REDIS_PORT: String(redis.port) } : {}))
  const run = randomUUID()
  const seats = seatPeople(people, documents)
  const open: Stage['open'] = (index, handlers) =>
    openHocuspocusConnection(servers[index % nodes]?.url ?? '', `${run}-${seats[index]?.document}`, handlers)
  const stop = async (): Promise<void> => {
    for (const server of servers) await server.stop()
    await redis?.stop()
  }
  return { stage: { seats, open, pids: servers.map(({ pid }) => pid), hasAcks: true }, stop }
}

async function startPeer(file: string, env: Record<string, string>): Promise<RunningProgram> {
  const port = await findFreePort()
  return startProgram({ file, env: { ...env, HOST: '127.0.0.1', PORT: String(port) } })
}
