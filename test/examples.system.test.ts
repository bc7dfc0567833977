// The examples of docs/connect.md: each connects to a real server, sees what others write, and its own words are saved.

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchBrowser, openPersonBrowser } from './rigs/browser.ts'
import { serveExample } from './rigs/example-page.ts'
import { answerOf, createProject, jsonBody, readSpec, signUp, type Person } from './rigs/people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'
import { openForeignEditor, untilSynced } from './rigs/websocket-provider.ts'

const examples = fileURLToPath(new URL('../examples/', import.meta.url))

let database: FreshDatabase
let server: ServerProcess
let browser: Browser
let person: Person
/** An API token, as the page of the examples tells people to use: it may write, and nothing about the account. */
let apiToken: string

beforeAll(async () => {
  database = await freshDatabase()
  ;[server, browser] = await Promise.all([startServer({ env: { DATABASE_URL: database.url } }), launchBrowser()])
  person = await signUp({ serverUrl: server.url, name: 'Ada' })
  const made = await person.request('/api/account/tokens', jsonBody('POST', { name: 'Editors', scopes: ['write'] }))
  apiToken = (await answerOf<{ token: string }>(made)).token
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

const socketUrl = () => server.url.replace(/^http/, 'ws')

const untilSpecHas = (projectId: string, words: string) =>
  vi.waitFor(async () => expect(await readSpec(person, projectId)).toContain(words), { timeout: 20_000, interval: 100 })

describe('[API8] the example', () => {
  it.each([
    ['codemirror', '.cm-content'],
    ['monaco', '.view-lines'],
    ['tiptap', '.ProseMirror'],
  ])('of %s shows what others write, and saves what is typed', async (name, editorSelector) => {
    const projectId = await createProject(person, `Example ${name}`)
    const other = openForeignEditor({ serverUrl: server.url, projectId, token: person.token })
    const example = await serveExample(name)
    try {
      await untilSynced(other)
      const { page, faults } = await openPersonBrowser(browser, example.url)
      await page.goto(`/#${new URLSearchParams({ server: socketUrl(), project: projectId, token: apiToken }).toString()}`)
      await page.locator(editorSelector).getByText(`Example ${name}`).waitFor()
      other.text.insert(other.text.length, 'second line 😀\nthird line\n')
      await page.locator(editorSelector).getByText('third line').waitFor()

      // In the middle of the text, after what another client wrote: positions of both sides agree.
      await page.locator(editorSelector).getByText('second line').click()
      await page.keyboard.press('End')
      await page.keyboard.type(' and mine')
      await page.keyboard.press('Enter')
      await page.keyboard.type('a line of my own')
      const expected = `# Example ${name}\nsecond line 😀 and mine\na line of my own\nthird line\n`
      await untilSpecHas(projectId, 'a line of my own')
      await expect.poll(() => other.text.toString(), { timeout: 20_000 }).toBe(expected)

      // Undo takes back what was typed here, and nothing of others.
      other.text.insert(0, 'first of all\n')
      await page.locator(editorSelector).getByText('first of all').waitFor()
      await page.keyboard.press('Control+z')
      await expect.poll(() => other.text.toString(), { timeout: 20_000 }).not.toContain('of my own')
      expect(other.text.toString()).toContain('first of all\n')
      expect(faults).toEqual([])
    } finally {
      other.destroy()
      await example.close()
    }
  })

  it.each([
    ['Node', () => [process.execPath, `${examples}node/append.js`, socketUrl()]],
    ['a script', () => [`${examples}script/append.sh`, server.url]],
  ])('of %s adds a line and says that it is saved, or why it is not', async (name, command) => {
    const projectId = await createProject(person, `Example ${name}`)
    const [program = '', ...args] = command()
    expect(await run(program, [...args, projectId, apiToken, '- From a program.'])).toMatchObject({ code: 0, out: 'saved\n' })
    expect(await readSpec(person, projectId)).toBe(`# Example ${name}\n- From a program.\n`)
    const refused = await run(program, [...args, projectId, 'no-token', '- Never.'])
    expect(refused.code).not.toBe(0)
    expect(refused.err).toMatch(/4401|401/)
  })

  it('says which versions it was tried with: those that are installed here', async () => {
    const read = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, Record<string, string>>
    const ours = await read(`${examples}../package.json`)
    for (const name of ['codemirror', 'monaco', 'tiptap', 'node']) {
      const { dependencies, devDependencies } = await read(`${examples}${name}/package.json`)
      expect({ ...ours['dependencies'], ...ours['devDependencies'] }, name).toMatchObject({ ...dependencies, ...devDependencies })
    }
  })
})

function run(program: string, args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(program, args, (error, out, err) => resolve({ code: error ? error.code : 0, out, err }))
  })
}
