// Every state in which an earlier run can have left the embedded PostgreSQL's folder, and a second server on it.

import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EmbeddedFolder, ask, processGone, readWord, writeWord } from '../../test/rigs/embedded-folder.ts'
import { chooseAccount } from './postgres-account.ts'

let place: EmbeddedFolder

beforeEach(async () => {
  place = await EmbeddedFolder.create()
})

afterEach(() => place.remove())

describe('what an earlier run left', () => {
  it('[PG25] ends itself when the server is killed, and the next start finds everything acked', async () => {
    const child = await place.startChild()
    await writeWord(child.url)
    await child.kill()
    await processGone(child.postmasterPid)
    expect(await readWord((await place.start()).url)).toEqual([{ word: 'acked' }])
  })

  it('[PG25] starts at once after a kill, again and again', async () => {
    const first = await place.start()
    await ask(first.url, 'create table counted (n int)')
    await first.stop()
    for (let round = 1; round <= 5; round += 1) {
      const child = await place.startChild()
      expect(child.failed).toBeUndefined()
      await ask(child.url, `insert into counted values (${round})`)
      await child.kill()
    }
    expect(await ask((await place.start()).url, 'select count(*)::int as count from counted')).toEqual([{ count: 5 }])
  })

  it('[PG25] stops an orphan that still runs in the folder, and starts its own', async () => {
    const first = await place.start()
    await writeWord(first.url)
    await first.stop()
    const orphan = await place.startOrphan()
    const second = await place.start()
    await orphan.ended
    expect(second.pid).not.toBe(orphan.pid)
    expect(await readWord(second.url)).toEqual([{ word: 'acked' }])
  })

  it('[PG26] is not held up by the pid file of a dead postmaster, nor by another program that has its number now', async () => {
    const first = await place.start()
    await writeWord(first.url)
    await first.stop()
    const orphan = await place.startOrphan()
    const pidFile = join(place.dataDir, 'postgres', 'data', 'postmaster.pid')
    const left = await readFile(pidFile, 'utf8')
    orphan.signal('SIGKILL')
    await orphan.ended
    expect(await readFile(pidFile, 'utf8')).toBe(left)
    const second = await place.start()
    expect(await readWord(second.url)).toEqual([{ word: 'acked' }])
    await second.stop()

    const account = await chooseAccount(join(place.dataDir, 'postgres', 'data'))
    const other = spawn('sleep', ['60'], account ? { uid: account.uid, gid: account.gid, cwd: '/' } : {})
    place.onRemove(async () => other.kill('SIGKILL'))
    await writeFile(pidFile, left.replace(/^\d+/, String(other.pid)))
    const third = await place.start()
    expect(await readWord(third.url)).toEqual([{ word: 'acked' }])
    expect(other.exitCode ?? other.signalCode).toBeNull()
  })

  it('[PG27] lets one server have a folder: the second says so and stops, and a killed first is no obstacle', async () => {
    const first = await place.startChild()
    const [second, third] = await Promise.all([place.startChild(), place.startChild()])
    const sentence = `another server (process ${first.pid}) is using ${place.dataDir}: stop it, or give this one another DATA_DIR`
    expect([second.failed, third.failed]).toEqual([sentence, sentence])
    expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await first.kill()
    const fourth = await place.startChild()
    expect(fourth.failed).toBeUndefined()
    expect(await ask(fourth.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('[PG27] also when they start in the same moment, on a folder that is not there yet', async () => {
    const children = await Promise.all([place.startChild(), place.startChild(), place.startChild()])
    expect(children.filter(({ failed }) => failed === undefined)).toHaveLength(1)
    expect(children.filter(({ failed }) => failed?.startsWith('another server'))).toHaveLength(2)
  })
})
