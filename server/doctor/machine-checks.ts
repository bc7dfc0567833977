// What the server needs of its machine: a Node, a folder to write in, and a port.

import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { Config } from '../base/config.ts'
import { codeOf, doubtful, fine, wrong, type Finding } from './finding.ts'
import { isElenchusAt } from './running-server.ts'

/** The first Node that runs TypeScript as it is written. */
const leastNode = [22, 18] as const
const leastFreeBytes = 1024 ** 3

export function checkNode(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return fine(`Node ${version} runs the server.`)
  return wrong(`Node ${version} is too old.`, 'Start it with `npm start`, which takes the Node of the project, after `npm ci`.')
}

/** Whether DATA_DIR, or the folder in which it will be made, can be written. Leaves nothing there. */
export async function checkDataFolder({ DATA_DIR: folder }: Pick<Config, 'DATA_DIR'>): Promise<Finding> {
  const nearest = await nearestFolder(folder)
  try {
    await rm(await mkdtemp(join(nearest, '.doctor-')), { recursive: true })
  } catch (error) {
    return wrong(
      `Nothing can be written to ${nearest} (${codeOf(error)}).`,
      'Give the user that runs the server the right to write there, or set DATA_DIR to another folder.',
    )
  }
  return nearest === folder ? fine(`${folder} can be written.`) : fine(`${folder} is not there yet and can be made.`)
}

/** Whether there is room for the data to grow. */
export async function checkSpace({ DATA_DIR: folder }: Pick<Config, 'DATA_DIR'>, leastBytes = leastFreeBytes): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder))
  const freeMib = Math.floor((bavail * bsize) / 1024 ** 2)
  if (bavail * bsize >= leastBytes) return fine(`${freeMib} MiB are free for ${folder}.`)
  return doubtful(`Only ${freeMib} MiB are free for ${folder}.`, 'Make room: a PostgreSQL whose disk is full takes no more edits.')
}

/** Whether the server can listen, or does already. */
export async function checkPort({ HOST: host, PORT: port }: Pick<Config, 'HOST' | 'PORT'>): Promise<Finding> {
  const code = await tryToListen(host, port)
  if (code === undefined) return fine(`Port ${port} of ${host} is free.`)
  if (code === 'EADDRINUSE') {
    if (await isElenchusAt(`http://${reachable(host)}:${port}`)) return fine(`A server answers on port ${port} already.`)
    return wrong(`Port ${port} of ${host} is taken by another program.`, 'End that program, or set PORT.')
  }
  if (code === 'EACCES')
    return wrong(`This user may not listen on port ${port}.`, 'Set PORT to 1024 or higher, and put a proxy in front for lower ones.')
  return wrong(`The server cannot listen on ${host} (${code}).`, 'Set HOST to an address of this machine: 127.0.0.1, or 0.0.0.0 for all.')
}

/** Where a server that listens on `host` is asked from here. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(codeOf(error)))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}

async function nearestFolder(folder: string): Promise<string> {
  for (let nearest = folder; ; nearest = dirname(nearest)) {
    const isThere = await access(nearest, constants.F_OK).then(
      () => true,
      () => false,
    )
    if (isThere || nearest === dirname(nearest)) return nearest
  }
}
