// Starts the whole server as a child process for system tests: a free port, a private data folder, killed by its pid.

import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface StartServerOptions {
  /** Settings of the server beside HOST, PORT and DATA_DIR, which the rig gives. */
  env?: Record<string, string>
  /** Kept when given; else a temporary folder that goes with `stop()`. */
  dataDir?: string
  /** A free one unless given. */
  port?: number
  /** Where the server's code lies; the project itself unless given. */
  code?: string
}

/** A running server. Its address stays over `restart()`. */
export interface ServerProcess {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  /** Of the process that runs now. Throws while none does. */
  readonly pid: number
  /** SIGKILL; resolves when the process is gone and its port is closed. */
  kill9(): Promise<void>
  /** SIGTERM; resolves with the exit code when the process is gone. */
  terminate(): Promise<number | null>
  /** Starts again on the same port and data, after `kill9` or `terminate`; resolves when it is ready, with another pid. */
  restart(): Promise<void>
  /** Ends it and removes a temporary data folder; for `afterAll`. */
  stop(): Promise<void>
  /** All that it wrote to stdout and stderr so far. */
  output(): string
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const readyPattern = /Elenchus is ready at (http:\/\/\S+)/
const readyTimeoutMs = 60_000
const stopTimeoutMs = 15_000

/** Starts a server and waits until it says that it is ready. Rejects with its output when it ends before. */
export async function startServer({ env = {}, dataDir, port, code = root }: StartServerOptions = {}): Promise<ServerProcess> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'elenchus-server-')))
  // Open to be passed through: where we are root, PostgreSQL is not, and would keep its data elsewhere on the machine.
  if (dataDir === undefined) await chmod(folder, 0o711)
  const chosenPort = port ?? (await findFreePort())
  const settings = { LOG_LEVEL: 'warn', ...env, HOST: '127.0.0.1', PORT: String(chosenPort), DATA_DIR: folder }
  let output = ''
  let child: ChildProcess | null = null

  const start = async () => {
    const started = launch(code, settings, (text) => {
      output += text
    })
    child = started
    await untilReady(started, () => output)
  }
  const end = async (signal: NodeJS.Signals, patienceMs?: number): Promise<number | null> => {
    const ending = child
    child = null
    return ending ? endProcess(ending, signal, patienceMs) : null
  }

  await start()
  return {
    url: `http://127.0.0.1:${chosenPort}`,
    port: chosenPort,
    dataDir: folder,
    get pid() {
      if (child?.pid === undefined || hasEnded(child)) throw new Error('the server is not running')
      return child.pid
    },
    async kill9() {
      await end('SIGKILL')
      await untilPortClosed(chosenPort)
    },
    terminate: () => end('SIGTERM'),
    async restart() {
      if (child) throw new Error('the server is still running: kill or terminate it first')
      output = ''
      await start()
    },
    async stop() {
      await end('SIGTERM', stopTimeoutMs)
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
    output: () => output,
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** With `patienceMs` it is killed when it has not ended by then. */
async function endProcess(child: ChildProcess, signal: NodeJS.Signals, patienceMs?: number): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const overdue = patienceMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), patienceMs)
  child.kill(signal)
  return ended.finally(() => clearTimeout(overdue))
}

function launch(cwd: string, settings: Record<string, string>, onText: (text: string) => void): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd,
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', (chunk: Buffer) => onText(chunk.toString('utf8')))
  child.stderr?.on('data', (chunk: Buffer) => onText(chunk.toString('utf8')))
  return child
}

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      settle(new Error(`the server was not ready after ${readyTimeoutMs} ms:\n${output()}`))
    }, readyTimeoutMs)
    const onExit = (code: number | null) => settle(new Error(`the server ended with ${code} before it was ready:\n${output()}`))
    const onData = () => {
      if (readyPattern.test(output())) settle()
    }
    const settle = (error?: Error) => {
      clearTimeout(timer)
      child.off('exit', onExit)
      child.stdout?.off('data', onData)
      if (error) reject(error)
      else resolve()
    }
    child.on('error', settle)
    child.on('exit', onExit)
    child.stdout?.on('data', onData)
  })
}

/** A port that is free now; whoever takes it first has it. */
async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function untilPortClosed(port: number): Promise<void> {
  while (await isPortOpen(port)) await wait(20)
}

function isPortOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
