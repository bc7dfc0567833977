// What an earlier server left behind in PostgreSQL's folder: a postmaster that still runs, or a pid file that means nothing any more.

import { execFile } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from '../base/log.ts'

/** Larger than any pid of Linux, macOS or Windows: PostgreSQL finds nobody there. */
const nobodysPid = '2147483646'

/**
 * Ends a postmaster that still runs on `dataFolder` and waits for it, or takes the meaning from a stale pid file. Only
 * for the holder of the folder's lock: it is what tells an orphan from another live server's postmaster.
 */
export async function clearOrphan(dataFolder: string, log: Log): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  const text = await readFile(pidFile, 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0) return
  if (await isPostmasterOf(pid, dataFolder)) {
    log.warn({ pid }, 'postgres.orphan_found')
    await endOrphan(pid, dataFolder)
    return
  }
  // PostgreSQL refuses to start when any process of its user has that number. The rest of the file is kept: by it
  // PostgreSQL sees whether backends of the dead postmaster are still at work.
  await writeFile(pidFile, text.replace(/^\d+/, nobodysPid))
  log.warn({ pid }, 'postgres.stale_pid_file')
}

async function endOrphan(pid: number, dataFolder: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    sendSignal(pid, signal)
    for (const giveUpAt = performance.now() + 5_000; performance.now() < giveUpAt;) {
      if (!(await isPostmasterOf(pid, dataFolder))) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  throw new Error(`a PostgreSQL of an earlier run (process ${pid}) cannot be stopped: end it by hand`)
}

/** Whether the process runs PostgreSQL in that folder; false for a zombie, and for a number that went to another program. */
async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  if (process.platform === 'linux') {
    try {
      // A postmaster works inside its data folder, by whatever path it was given.
      const [cwd, folder, command] = await Promise.all([
        stat(`/proc/${pid}/cwd`),
        stat(dataFolder),
        readFile(`/proc/${pid}/cmdline`, 'utf8'),
      ])
      return cwd.ino === folder.ino && cwd.dev === folder.dev && /postgres/.test(command.split('\0')[0] ?? '')
    } catch {
      // No such process, a zombie, or one of a user whose processes we may not look into: not ours in any case.
      return false
    }
  }
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'args=']).catch(() => ({ stdout: '' }))
  return stdout.includes(dataFolder)
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended in between, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
