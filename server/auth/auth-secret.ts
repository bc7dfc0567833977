// The secret that signs cookies: given by a setting, else made once and kept in the data folder.

import { randomBytes } from 'node:crypto'
import { mkdir, link, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

const fileName = 'auth-secret'

/** Gives the secret of `dataDir`, making it at the first start; two servers that start at once get the same one. */
export async function loadAuthSecret(dataDir: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const path = join(dataDir, fileName)
  const kept = await readSecret(path)
  if (kept !== null) return kept
  await mkdir(dataDir, { recursive: true })
  await writeOnce(path, randomBytes(32).toString('hex'))
  const made = await readSecret(path)
  if (made === null) throw new Error(`${path} could not be read back`)
  return made
}

/** Why the secret of `dataDir` cannot be used, in words; undefined when it can, or is not made yet. */
export async function keptSecretProblem(dataDir: string): Promise<string | undefined> {
  return readSecret(join(dataDir, fileName)).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

async function readSecret(path: string): Promise<string | null> {
  try {
    const secret = (await readFile(path, 'utf8')).trim()
    if (secret.length < 32) throw new Error(`${path} is too short for a secret: delete it, and everyone signs in again`)
    return secret
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Writes beside and links into place: the link fails when the file is there, and nobody ever reads half a secret. */
async function writeOnce(path: string, secret: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(secret)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
