// `npm run backup` beside a server that runs on the embedded PostgreSQL, and `npm run restore` into a new data folder.

import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProject, jsonBody, readSpec, signUp } from '../../test/rigs/people.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'

let server: ServerProcess
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elenchus-commands-'))
  // Open to be passed through: PostgreSQL does not run as root.
  await chmod(folder, 0o711)
  server = await startServer()
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

/** Runs a command of package.json as its script says. */
function run(command: 'backup' | 'restore', dataDir: string): Promise<{ code: number | null; output: string }> {
  const path = join(folder, 'all.gz')
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, DATA_DIR: dataDir }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(import.meta.dirname, `${command}.ts`), path], { env, cwd: folder }, (_, out, err) =>
      resolve({ code: child.exitCode, output: out + err }),
    )
  })
}

it('[OPS1] is written while the server runs, and restored for another server that shows the same text', async () => {
  const ada = await signUp({ serverUrl: server.url, name: 'Ada' })
  const projectId = await createProject(ada, 'Kiln')
  await ada.request(`/api/projects/${projectId}/spec`, jsonBody('PUT', { markdown: '# Kiln\n' }))
  expect(await run('backup', server.dataDir)).toMatchObject({ code: 0, output: expect.stringContaining('bytes') as string })
  expect(await run('restore', server.dataDir)).toMatchObject({ code: 1, output: expect.stringContaining('is using') as string })
  const dataDir = join(folder, 'data')
  expect(await run('restore', dataDir)).toMatchObject({ code: 0, output: expect.stringContaining('1 projects') as string })
  const other = await startServer({ dataDir })
  try {
    const answer = await fetch(`${other.url}/api/projects/${projectId}/spec`, { headers: { authorization: `Bearer ${ada.token}` } })
    expect(await answer.json()).toMatchObject({ markdown: '# Kiln\n' })
  } finally {
    await other.stop()
  }
  expect(await readSpec(ada, projectId)).toBe('# Kiln\n')
})
