// The servers that are measured beside each other: how each is started, and how the crowd connects to it.

import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { openHocuspocusConnection } from './hocuspocus-connection.ts'
import { startOwnServer, startProgram, type OwnServer } from './own-server.ts'
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
  start(options: TypingOptions): Promise<{ stage: Stage; stop: () => Promise<void> }>
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
  { name: 'Hocuspocus 4.7', ack: 'in memory', start: (options) => startHocuspocus(options) },
]

async function startOurs(options: TypingOptions) {
  const server = await startOwnServer(options.settings)
  return { stage: await setOwnStage([server.url], [server.pid], options), stop: server.stop }
}

async function startHocuspocus({ people, documents }: TypingOptions) {
  const server = await startPeer('load/peers/hocuspocus.js', {})
  const run = randomUUID()
  const seats = seatPeople(people, documents)
  const open: Stage['open'] = (index, handlers) => openHocuspocusConnection(server.url, `${run}-${seats[index]?.document}`, handlers)
  return { stage: { seats, open, pids: [server.pid], hasAcks: true }, stop: server.stop }
}

async function startPeer(file: string, env: Record<string, string>): Promise<OwnServer> {
  const port = await findFreePort()
  return startProgram({ file, env: { ...env, HOST: '127.0.0.1', PORT: String(port) } })
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
