// A Redis of a test's own: a real server on a free port, which can be stopped, frozen and started again.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Redis } from 'ioredis'
import { programOnPath } from './program-on-path.ts'

export interface PrivateRedis {
  readonly url: string
  readonly port: number
  /** Of the process that runs now; undefined while none does. */
  readonly pid: number | undefined
  /** Ends it at once, as a crash does; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port, empty. */
  start(): Promise<void>
  /** It takes what is sent, and answers nothing, until `thaw`. */
  freeze(): void
  thaw(): void
  /** Names of all channels that somebody listens on. */
  channels(): Promise<string[]>
  stop(): Promise<void>
}

/** The program, or undefined where there is none: tests that need it are skipped then, which fails under CI. */
export const redisProgram = ['redis-server', 'valkey-server'].find(programOnPath)

/** Starts one. */
export async function startRedis(): Promise<PrivateRedis> {
  const port = await findFreePort()
  let child: ChildProcess | undefined
  const start = async () => {
    child = spawn(
      redisProgram ?? 'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'],
      {
        stdio: 'ignore',
      },
    )
    await untilAnswers(port)
  }
  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null) return
    const ended = once(ending, 'exit')
    ending.kill(signal)
    // A frozen one hears nothing but this.
    if (signal !== 'SIGKILL') ending.kill('SIGCONT')
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child?.pid
    },
    kill: () => end('SIGKILL'),
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async channels() {
      const client = new Redis(port, '127.0.0.1')
      try {
        return (await client.pubsub('CHANNELS')) as string[]
      } finally {
        client.disconnect()
      }
    },
    stop: () => end('SIGTERM'),
  }
}

async function untilAnswers(port: number): Promise<void> {
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null })
  client.on('error', () => undefined)
  try {
    await client.ping()
  } finally {
    client.disconnect()
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
