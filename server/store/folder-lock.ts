// One live server a folder: a lock that the kernel holds for the process and drops with it, however the process ends.

import { stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The lock of one folder; released by `release` or by the end of the process, kill -9 included. */
export interface FolderLock {
  release(): Promise<void>
}

/** Thrown when another live process holds the folder; the message is for a person. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

/** How long a server that is just ending may still hold it, in ms. */
const handOverMs = 1_000
const retryMs = 100

/** Takes the lock of `folder`, which must exist; throws FolderInUseError when another live process keeps it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = await lockAddress(folder)
  for (const giveUpAt = performance.now() + handOverMs; ;) {
    const server = await listen(address)
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) }
    if (performance.now() > giveUpAt) {
      const holder = await askHolder(address)
      throw new FolderInUseError(
        `another server (${holder ? `process ${holder}` : 'still alive'}) is using ${folder}: stop it, or give this one another DATA_DIR`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

/**
 * A local socket named after the folder itself rather than its path, so that a link to the folder meets the same lock.
 * On Linux (abstract name) and Windows (pipe) it has no file, hence nothing stale; on macOS its file may be left over.
 */
async function lockAddress(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true })
  const name = `elenchus-${dev}-${ino}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

/** Gives undefined when somebody else listens there. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    // Whoever asks is told who holds it.
    const server = createServer((socket) => void socket.on('error', () => socket.destroy()).end(String(process.pid)))
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen({ path: address }, () => resolve(server.unref()))
  })
}

function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect({ path: address, timeout: 500 })
    socket.on('data', (bytes) => (said += bytes.toString('utf8')))
    socket.on('timeout', () => socket.destroy())
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(/^\d+$/.test(said) ? said : undefined))
  })
}
