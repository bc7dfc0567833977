// A lock between processes: a folder that only one of them can make, kept fresh by its owner so that a dead one's is taken over.

import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

const refreshMs = 1_000
/** An owner that has not refreshed its lock for this long is dead or stopped. */
const staleMs = 10_000
const retryMs = 50

/** Runs `work` while holding the folder `path`; waits for another owner, and takes over from a dead one. Gives what `work` gives. */
export async function withFolderLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await tryTake(path))) {
    await removeStale(path)
    await wait(retryMs)
  }
  const refreshing = setInterval(() => {
    const now = new Date()
    // The lock is gone only when someone took this process for dead; the work ends in a rename either way.
    utimes(path, now, now).catch(() => clearInterval(refreshing))
  }, refreshMs)
  try {
    return await work()
  } finally {
    clearInterval(refreshing)
    await rm(path, { recursive: true, force: true })
  }
}

async function tryTake(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Renamed before it is removed: of several who find it stale only one succeeds, and none removes a fresh one. */
async function removeStale(path: string): Promise<void> {
  const age = await stat(path).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  )
  if (age < staleMs) return
  const aside = `${path}-${randomUUID()}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (moved) await rm(aside, { recursive: true, force: true })
}
