// A backup as a file: compressed, readable by its owner alone, there whole or not at all.

import { createReadStream, createWriteStream } from 'node:fs'
import { access, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** Writes `content` to `path`, and gives the bytes; throws when there is a file already. */
export async function writeBackupFile(path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  if (await isThere(path)) throw new Error(`${path} is there already: give the backup another name`)
  const draft = `${path}.part`
  try {
    await rm(draft, { force: true })
    // Readable by its owner alone, since it holds password hashes and sessions; on disk before it has its name.
    await pipeline(content, createGzip(), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return (await stat(path)).size
}

/** The content of a file that `writeBackupFile` wrote; iterating throws when it is damaged. */
export async function* readBackupFile(path: string): AsyncGenerator<Uint8Array> {
  const source = createReadStream(path)
  const unpacked = createGunzip()
  const done = pipeline(source, unpacked)
  // What goes wrong is thrown where the content is read.
  done.catch(() => undefined)
  for await (const chunk of unpacked) yield chunk as Uint8Array
  await done
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
