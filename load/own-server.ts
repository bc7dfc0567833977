// The servers of a run that is given no address: child processes with data folders of their own, ended with the run.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')
const readyWithinMs = 60_000
const stopWithinMs = 20_000

export interface RunningProgram {
  url: string
  pid: number
  /** Ends it in order, and removes what it kept. */
  stop: () => Promise<void>
}

export interface OwnServer extends RunningProgram {
  /** Of the PostgreSQL that it brought along. */
  databaseUrl: () => Promise<string>
}

/** A program that prints the address at which it is ready. */
export interface ServerProgram {
  /** From the project's root. */
  file: string
  env: Record<string, string>
}

/** Starts a server on a free port with `settings` over the defaults; rejects when it ends before it is ready. */
export async function startOwnServer(settings: Record<string, string>): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'elenchus-load-'))
  // Open to the user that PostgreSQL runs as under root: else its data would lie elsewhere, and stay behind.
  await chmod(dataDir, 0o755)
  const env = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings }
  const removeData = () => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  try {
    const server = await startProgram({ file: 'server/main.ts', env })
    const stop = async (): Promise<void> => {
      await server.stop()
      await removeData()
    }
    return { ...server, stop, databaseUrl: () => readDatabaseUrl(dataDir) }
  } catch (error) {
    await removeData()
    throw error
  }
}

/** Starts any server that says `ready at http://…`; rejects when it ends before. */
export async function startProgram({ file, env }: ServerProgram): Promise<RunningProgram> {
  const child = spawn(process.execPath, [file], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = await readyAddress(child)
    if (child.pid === undefined) throw new Error('the server has no process id')
    return { url, pid: child.pid, stop: () => endChild(child) }
  } catch (error) {
    await endChild(child)
    throw error
  }
}

/** The embedded PostgreSQL keeps its password beside its data, and its port in the file of its process. */
async function readDatabaseUrl(dataDir: string): Promise<string> {
  const home = join(dataDir, 'postgres')
  const password = (await readFile(join(home, 'password'), 'utf8')).trim()
  const port = (await readFile(join(home, 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]
  return `postgres://elenchus:${password}@127.0.0.1:${port}/postgres`
}

async function readyAddress(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const timer = setTimeout(() => reject(new Error(`the server was not ready within ${readyWithinMs} ms`)), readyWithinMs)
  child.once('exit', (code, signal) => reject(new Error(`the server ended with ${code ?? signal} before it was ready`)))
  child.once('error', reject)
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      const url = /ready at (http:\/\/\S+)/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
      // Standard output is the report's; what the server logs goes beside it.
      else process.stderr.write(`${line}\n`)
    })
  }
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  await ended
  clearTimeout(timer)
}
