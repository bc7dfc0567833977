// The PostgreSQL of the machine, which is another version than the one that comes with the server, with settings of a test's own.

import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseAccount } from '../../server/store/postgres-account.ts'
import { clusterUser, findFreePort } from '../../server/store/postgres-cluster.ts'
import { endWithUs, readLines, runToEnd, spawnAs } from '../../server/store/postgres-process.ts'
import { findProgram } from './program-on-path.ts'

const [initdb, postgres] = ['initdb', 'postgres'].map(findProgram)

/** Whether the machine has one. */
export const hasMachinePostgres = initdb !== undefined && postgres !== undefined

/** Starts it with an empty database `postgres`, in some seconds; everyone on this machine may connect. */
export async function startMachinePostgres(settings: Record<string, string> = {}): Promise<{ url: string; remove(): Promise<void> }> {
  if (initdb === undefined || postgres === undefined) throw new Error('this machine has no PostgreSQL of its own')
  const account = await chooseAccount()
  const folder = await mkdtemp('/tmp/elenchus-machine-postgres-')
  const dataFolder = join(folder, 'data')
  await mkdir(dataFolder, { mode: 0o700 })
  if (account) for (const path of [folder, dataFolder]) await chown(path, account.uid, account.gid)
  const as = { account, cwd: dataFolder }
  await runToEnd(spawnAs(as, initdb, ['-D', dataFolder, `--username=${clusterUser}`, '--auth=trust', '--encoding=UTF8', '--locale=C']))
  const port = await findFreePort()
  const all = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const child = spawnAs(as, postgres, ['-D', dataFolder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])])
  child.stdin?.destroy()
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    void ended.then(() => reject(new Error('the PostgreSQL of the machine ended')))
    readLines(child, (line) => (/database system is ready to accept connections/.test(line) ? resolve() : undefined))
  })
  const callOff = endWithUs(as, child.pid ?? 0)
  return {
    url: `postgres://${clusterUser}@127.0.0.1:${port}/postgres`,
    async remove() {
      child.kill('SIGINT')
      await ended
      callOff()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
