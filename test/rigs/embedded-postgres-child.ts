// Starts `embedded-postgres-process.ts` as a child process and reads what it tells.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface EmbeddedChildOptions {
  dataDir: string
  sharedHome?: string
  /** The project's folder, when it is a copy. */
  project?: string
  /** As whom; root may choose. */
  uid?: number
  umask?: number
}

/** A process that runs an embedded PostgreSQL, or that could not and said why. */
export interface EmbeddedChild {
  /** Empty when it failed. */
  readonly url: string
  /** The postmaster's. */
  readonly postmasterPid: number
  readonly pid: number
  /** The sentence it gave up with. */
  readonly failed: string | undefined
  /** SIGTERM, and what it told at its end; `toGroup` sends SIGINT to its whole process group, as Ctrl-C does. */
  stop(how?: 'toGroup'): Promise<{ wasServing?: boolean }>
  /** kill -9. */
  kill(): Promise<void>
}

/** What the process tells, a line each. */
interface Told {
  url?: string
  pid?: number
  failed?: string
  wasServing?: boolean
}

/** Resolves when it serves or has given up. */
export async function startEmbeddedChild(options: EmbeddedChildOptions): Promise<EmbeddedChild> {
  const { child, next, ended } = spawnChild(options)
  const first = await next()
  if (first.failed !== undefined) await ended
  return {
    url: first.url ?? '',
    postmasterPid: first.pid ?? 0,
    pid: child.pid ?? 0,
    failed: first.failed,
    async stop(how) {
      if (how === 'toGroup') process.kill(-(child.pid ?? 0), 'SIGINT')
      else child.kill('SIGTERM')
      const last = await next()
      await ended
      return last
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function spawnChild({ dataDir, sharedHome = '/nonexistent', project, uid, umask }: EmbeddedChildOptions) {
  const args = ['test/rigs/embedded-postgres-process.ts', dataDir, sharedHome]
  if (umask !== undefined) args.push(String(umask))
  const child = spawn(process.execPath, args, {
    cwd: project ?? fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that a test can do to it what a terminal does.
    detached: true,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  // With all it has written read, too.
  const ended = once(child, 'close')
  let complaints = ''
  child.stderr.on('data', (bytes: Buffer) => (complaints += bytes.toString('utf8')))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Told> => {
    const line = await lines.next()
    if (!line.done) return JSON.parse(line.value) as Told
    await ended
    return { failed: `ended without a word (${child.exitCode ?? child.signalCode}): ${complaints}` }
  }
  return { child, next, ended }
}
