// The secret on a real disk, also when several servers make it at once.

import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadAuthSecret } from './auth-secret.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elenchus-secret-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('[AUTH12] makes a secret once and keeps it for its user only', async () => {
  const dataDir = join(folder, 'not', 'there', 'yet')
  const secret = await loadAuthSecret(dataDir, undefined)
  expect(secret).toMatch(/^[0-9a-f]{64}$/)
  expect(await loadAuthSecret(dataDir, undefined)).toBe(secret)
  expect((await stat(join(dataDir, 'auth-secret'))).mode & 0o777).toBe(0o600)
})

it('[AUTH12] gives all who start at once the same one, and leaves no drafts', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => loadAuthSecret(folder, undefined)))
  expect(new Set(secrets).size).toBe(1)
  expect(await readdir(folder)).toEqual(['auth-secret'])
})

it('takes the one that is given and writes nothing', async () => {
  expect(await loadAuthSecret(folder, 'given')).toBe('given')
  expect(await readdir(folder)).toEqual([])
})

it('says what to do about a file that holds no secret', async () => {
  await writeFile(join(folder, 'auth-secret'), 'short')
  await expect(loadAuthSecret(folder, undefined)).rejects.toThrow(/auth-secret is too short .* delete it/)
})
