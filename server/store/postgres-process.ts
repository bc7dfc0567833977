// Starting PostgreSQL's programs as the right user, in a folder open to it, apart from the terminal.

import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Account } from './postgres-account.ts'

export interface SpawnPlace {
  /** Whom it runs as; null is ourselves. */
  account: Account | null
  /** Must be open to the account: PostgreSQL looks up the folder it was started in, and fails in one that is closed to it. */
  cwd: string
}

/** Starts a program with an environment of its own; what it writes can be read by `readLines`. */
export function spawnAs({ account, cwd }: SpawnPlace, program: string, args: string[]): ChildProcess {
  return spawn(program, args, {
    cwd,
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // In a session of its own: Ctrl-C in the terminal is for the server, which still has updates to write when it comes.
    detached: true,
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  })
}

/** Calls `onLine` for each line the program writes, to either stream. */
export function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine)
  }
}

/** Resolves when the program has ended well; throws its last lines when not. */
export function runToEnd(child: ChildProcess, input = ''): Promise<void> {
  const lines: string[] = []
  readLines(child, (line) => lines.push(line))
  // A program that ends before it has read everything says why in its lines.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${child.spawnfile} failed: ${lines.slice(-5).join('\n')}`))
    })
  })
}

/**
 * Ends process `pid` the fast way as soon as this process is gone, kill -9 included: a shell waits for the end of a pipe
 * that only we hold. Gives the way to call it off. The next start would deal with an orphan; this one is for when there
 * is none.
 */
export function endWithUs(place: SpawnPlace, pid: number): () => void {
  if (process.platform === 'win32') return () => undefined
  const guard = spawnAs(place, '/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)])
  // It must never be what keeps this process alive, nor what ends it.
  guard.on('error', () => undefined)
  guard.stdin?.on('error', () => undefined)
  guard.unref()
  for (const stream of guard.stdio) unrefStream(stream)
  return () => void guard.kill('SIGKILL')
}

function unrefStream(stream: unknown): void {
  if (stream && typeof stream === 'object' && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
}
