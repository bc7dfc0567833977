// The tool that makes a reset link on the machine, against a server with its own PostgreSQL.

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jsonBody, signUp } from './rigs/people.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

let server: ServerProcess
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

interface Outcome {
  code: number
  output: string
}

function run(args: string[], env: Record<string, string>): Promise<Outcome> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/reset-password.ts', ...args],
      { cwd: root, env: { PATH, HOME, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr })
      },
    )
  })
}

it('[ACC15] makes a link that sets the password, and the person sees in their account that there was one', async () => {
  const person = await signUp({ serverUrl: server.url, name: 'Ada' })
  const env = { DATA_DIR: server.dataDir, PORT: String(server.port) }
  const made = await run([person.email.toUpperCase()], env)
  expect(made).toMatchObject({ code: 0, output: expect.stringContaining(`${server.url}/reset/`) as string })
  const [url = ''] = made.output.split('\n')
  const token = url.split('/').at(-1) ?? ''
  const path = `${server.url}/api/password-resets/${token}`
  expect((await fetch(path, jsonBody('POST', { password: 'a quite different phrase' }))).status).toBe(204)
  const headers = { 'content-type': 'application/json', origin: server.url }
  const body = { email: person.email, password: 'a quite different phrase' }
  const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, { ...jsonBody('POST', body), headers })
  const { token: session } = (await signIn.json()) as { token: string }
  const account = await fetch(`${server.url}/api/account`, { headers: { authorization: `Bearer ${session}` } })
  expect(await account.json()).toMatchObject({ lastReset: { madeBy: null } })
})

it('[ACC15] says in a sentence what is wrong: nobody has the email, nothing runs there, no email', async () => {
  const env = { DATA_DIR: server.dataDir }
  expect(await run(['nobody@example.org'], env)).toMatchObject({ code: 1, output: 'Nobody has an account with nobody@example.org.\n' })
  const empty = await mkdtemp(join(tmpdir(), 'elenchus-empty-'))
  expect(await run(['ada@example.org'], { DATA_DIR: empty })).toMatchObject({
    code: 1,
    output: expect.stringContaining('no server running') as string,
  })
  expect(await run([], env)).toMatchObject({ code: 2, output: expect.stringContaining('npm run reset-password -- <email>') as string })
  await rm(empty, { recursive: true })
})
