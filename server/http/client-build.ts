// Builds the page when its sources have changed since the last build: one process at a time, without a gap for those who serve it.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '../base/log.ts'
import { withFolderLock } from './folder-lock.ts'

export interface ClientBuildOptions {
  log: Log
  /** The folder with `client/`, `shared/`, `package-lock.json` and `node_modules/`; the project's own unless given. */
  root?: string
}

/** What is known about a build: the hash of what it was made from, and its files, relative to the folder. */
interface BuildRecord {
  hash: string
  files: string[]
}

const projectRoot = fileURLToPath(new URL('../../', import.meta.url))
const recordName = '.build.json'
const shownErrorChars = 4_000

/**
 * Makes sure that `client/dist` is the page as the sources have it; gives that folder. Takes some 20 ms when it is already,
 * a few seconds when not. Rejects with Vite's own words when the sources do not build; the last good build stays then.
 */
export async function ensureClientBuilt({ log, root = projectRoot }: ClientBuildOptions): Promise<string> {
  const dist = join(root, 'client', 'dist')
  if (await isCurrent(dist, await hashSources(root))) return dist
  await withFolderLock(join(root, 'client', '.dist-lock'), async () => {
    // Read again under the lock: another process may have built meanwhile, or the sources moved on.
    const hash = await hashSources(root)
    if (await isCurrent(dist, hash)) return
    const startedAt = performance.now()
    log.info({}, 'client.build_started')
    await buildInto(root, dist, hash)
    log.info({ durationMs: Math.round(performance.now() - startedAt) }, 'client.built')
  })
  return dist
}

/** Whether the page is as the sources have it; builds nothing. */
export async function isClientBuilt(root = projectRoot): Promise<boolean> {
  return isCurrent(join(root, 'client', 'dist'), await hashSources(root))
}

async function isCurrent(dist: string, hash: string): Promise<boolean> {
  const record = await readRecord(dist)
  return record?.hash === hash && (await exists(join(dist, 'index.html')))
}

async function buildInto(root: string, dist: string, hash: string): Promise<void> {
  const fresh = await mkdtemp(join(root, 'client', '.dist-'))
  try {
    await runVite(root, fresh)
    await publish(fresh, dist, hash)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** In a process of its own, so that the bundler's memory is given back and nothing of it stays in the server. */
function runVite(root: string, outDir: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [
    vite,
    'build',
    '--config',
    join('client', 'vite.config.ts'),
    '--configLoader',
    'native',
    '--outDir',
    outDir,
    '--logLevel',
    'warn',
  ]
  return new Promise((resolve, reject) => {
    // An environment of its own: a NODE_ENV of the server's would put React's development build into the page.
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { NODE_ENV: 'production', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-shownErrorChars)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the page could not be built (vite ended with ${code}):\n${output}`))
    })
  })
}

/**
 * Moves a build into `dist` file by file, index.html last: whoever serves the folder meanwhile has either the old page or the
 * new one, whole. Files of the build before stay for pages that are still open and load more of it; older ones go.
 */
async function publish(fresh: string, dist: string, hash: string): Promise<void> {
  const before = await readRecord(dist)
  const files = (await listFiles(fresh))
    .map((file) => relative(fresh, file))
    .toSorted((a, b) => Number(a === 'index.html') - Number(b === 'index.html'))
  for (const file of files) {
    await mkdir(dirname(join(dist, file)), { recursive: true })
    await rename(join(fresh, file), join(dist, file))
  }
  const kept = new Set([...files, ...(before?.files ?? []), recordName])
  for (const file of await listFiles(dist)) {
    if (!kept.has(relative(dist, file))) await rm(file, { force: true })
  }
  const record: BuildRecord = { hash, files }
  await writeFile(join(fresh, recordName), JSON.stringify(record))
  await rename(join(fresh, recordName), join(dist, recordName))
}

async function readRecord(dist: string): Promise<BuildRecord | null> {
  try {
    const record = JSON.parse(await readFile(join(dist, recordName), 'utf8')) as Partial<BuildRecord>
    return typeof record.hash === 'string' && Array.isArray(record.files) ? { hash: record.hash, files: record.files } : null
  } catch {
    // No build yet, or none of ours: built anew.
    return null
  }
}

/** The hash of everything the build reads, by path and content; times say nothing after a clone or a checkout. */
async function hashSources(root: string): Promise<string> {
  const files = [...(await listFiles(join(root, 'client'))), ...(await listFiles(join(root, 'shared'))), join(root, 'package-lock.json')]
  const hash = createHash('sha256')
  for (const file of files.filter((path) => !/\.test\.tsx?$/.test(path)).toSorted()) {
    const content = await readFile(file)
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** The files under `folder`, without builds; an empty list when there is no such folder. */
async function listFiles(folder: string): Promise<string[]> {
  if (!(await exists(folder))) return []
  const entries = await readdir(folder, { withFileTypes: true })
  const lists = entries
    .filter((entry) => entry.name !== 'dist' && !entry.name.startsWith('.dist-'))
    .map(async (entry) => (entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
  return (await Promise.all(lists)).flat()
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
