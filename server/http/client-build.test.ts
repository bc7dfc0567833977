// Building the page: when it is built, by whom, and what those who serve the folder see meanwhile; with a small real project.

import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog, type Log } from '../base/log.ts'
import { ensureClientBuilt } from './client-build.ts'

const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

let root: string
let builds: number
let log: Log

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'elenchus-build-'))
  builds = 0
  const silent = createLog('silent')
  log = Object.assign(Object.create(silent) as Log, {
    info: (_facts: unknown, event: string) => {
      if (event === 'client.build_started') builds++
    },
  })
  await mkdir(join(root, 'client'))
  await mkdir(join(root, 'shared'))
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  await cp(join(projectRoot, 'package-lock.json'), join(root, 'package-lock.json'))
  await writeFile(
    join(root, 'client', 'vite.config.ts'),
    `export default { root: import.meta.dirname, build: { reportCompressedSize: false } }\n`,
  )
  await writeFile(join(root, 'client', 'index.html'), '<!doctype html><script type="module" src="/main.ts"></script>')
  await writeMain('first')
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function writeMain(word: string): Promise<void> {
  await writeFile(join(root, 'client', 'main.ts'), `document.title = '${word}'\n`)
}

/** What a browser would run now: the script that index.html names. */
async function servedScript(): Promise<string> {
  const dist = join(root, 'client', 'dist')
  const name = /assets\/[\w-]+\.js/.exec(await readFile(join(dist, 'index.html'), 'utf8'))?.[0]
  return readFile(join(dist, name ?? 'no script'), 'utf8')
}

describe('ensureClientBuilt', () => {
  it('[PAGE16] builds once, and again only when a source has changed', async () => {
    expect(await ensureClientBuilt({ log, root })).toBe(join(root, 'client', 'dist'))
    expect(await servedScript()).toContain('first')
    await ensureClientBuilt({ log, root })
    expect(builds).toBe(1)
    await writeFile(join(root, 'shared', 'limits.ts'), 'export const limit = 1\n')
    await ensureClientBuilt({ log, root })
    expect(builds).toBe(2)
    await writeFile(join(root, 'client', 'main.test.ts'), 'a test is no source\n')
    await ensureClientBuilt({ log, root })
    expect(builds).toBe(2)
  })

  it('[PAGE16] builds once for several who start together', async () => {
    await Promise.all([1, 2, 3].map(() => ensureClientBuilt({ log, root })))
    expect(builds).toBe(1)
    expect(await readdir(join(root, 'client'))).not.toContain('.dist-lock')
  })

  it('[PAGE16] takes over the lock of a process that died', async () => {
    const lock = join(root, 'client', '.dist-lock')
    await mkdir(lock)
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(lock, longAgo, longAgo)
    await ensureClientBuilt({ log, root })
    expect(builds).toBe(1)
  })

  it('[PAGE16] serves the old page or the new one, whole, at every moment of a build', async () => {
    await ensureClientBuilt({ log, root })
    await writeMain('second')
    const seen = new Set<string>()
    let isBuilding = true
    const building = ensureClientBuilt({ log, root }).finally(() => {
      isBuilding = false
    })
    while (isBuilding) {
      // Fails when index.html, or the script it names, is missing at this moment.
      const script = await servedScript()
      seen.add(script.includes('second') ? 'second' : 'first')
    }
    await building
    expect(seen).toContain('first')
    expect(await servedScript()).toContain('second')
  })

  it('[PAGE16] keeps the files of the build before for open pages, and none older', async () => {
    const scripts: string[] = []
    for (const word of ['first', 'second', 'third']) {
      await writeMain(word)
      await ensureClientBuilt({ log, root })
      scripts.push(await servedScript())
    }
    const names = await readdir(join(root, 'client', 'dist', 'assets'))
    const contents = await Promise.all(names.map((name) => readFile(join(root, 'client', 'dist', 'assets', name), 'utf8')))
    expect(contents.toSorted()).toEqual(scripts.slice(1).toSorted())
  })

  it("[PAGE16] reports sources that do not build in the builder's words and leaves the last build", async () => {
    await ensureClientBuilt({ log, root })
    await writeFile(join(root, 'client', 'main.ts'), `import './not-there.ts'\n`)
    await expect(ensureClientBuilt({ log, root })).rejects.toThrow(/not-there/)
    expect(await servedScript()).toContain('first')
    expect((await readdir(join(root, 'client'))).filter((name) => name.startsWith('.dist-'))).toEqual([])
  })
})
