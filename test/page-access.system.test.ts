// The page when a right changes under it: the server's own event is put on the line, at moments that no server could be made to hit.

import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { createProject, editorOf, signUpAt, textOf, untilSaved, writeAtEnd } from './rigs/page-people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let database: FreshDatabase
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase()
  ;[server, browser] = await Promise.all([startServer({ env: { DATABASE_URL: database.url } }), launchBrowser()])
})

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

/** An open document, a way to make the line say what the server would say, and one to keep what the page sends from the server. */
async function openDocument(): Promise<{ page: Page; say: (role: 'viewer' | null) => void; hold: () => void }> {
  const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
  let line: WebSocketRoute | undefined
  let isHeld = false
  await page.routeWebSocket('**/socket.io/**', (opened) => {
    line = opened
    const toServer = opened.connectToServer()
    opened.onMessage((message) => {
      if (!isHeld) toServer.send(message)
    })
  })
  const path = await createProject(page, 'Payment gateway')
  return {
    page,
    say: (role) =>
      line?.send(`42["access",${JSON.stringify({ projectId: path.slice(3), role, reason: role === null ? 'removed' : 'changed' })}]`),
    hold: () => {
      isHeld = true
    },
  }
}

describe('a right that changes', () => {
  it('[PAGE22] closes the document when access is lost, says what was kept, and deletes the copy', async () => {
    const { page, say } = await openDocument()
    await writeAtEnd(page, '\nsaved words')
    await untilSaved(page)
    say(null)
    await page.getByRole('heading', { name: 'You no longer have access to this project' }).waitFor()
    await page.getByText('An owner removed you from it.').waitFor()
    await page.getByText('Everything you wrote was saved and stays in the project.').waitFor()
    expect(await page.getByRole('button', { name: 'Copy your text' }).count()).toBe(0)
    await expect.poll(() => page.evaluate<unknown[]>('indexedDB.databases()')).toHaveLength(0)
    await page.getByRole('link', { name: 'All projects' }).click()
    await page.getByRole('heading', { name: 'Projects', exact: true }).waitFor()
  })

  it('[PAGE22] gives the text to copy when access is lost with unsaved edits', async () => {
    const { page, say, hold } = await openDocument()
    hold()
    await writeAtEnd(page, '\nnever acknowledged')
    await page.getByTestId('save-state').getByText('Saving…').waitFor()
    say(null)
    await page.getByRole('heading', { name: 'You no longer have access to this project' }).waitFor()
    expect(await page.getByLabel('Your text').inputValue()).toMatch(/^# Payment gateway[\s\S]*never acknowledged$/)
    await page.getByRole('button', { name: 'Copy your text' }).waitFor()
  })

  it('[PAGE22] becomes read-only at once when the role no longer allows writing', async () => {
    const { page, say } = await openDocument()
    await writeAtEnd(page, '\nbefore')
    await untilSaved(page)
    say('viewer')
    await page.getByText('You can read this spec, not change it').waitFor()
    const before = await textOf(page)
    await editorOf(page).click()
    await page.keyboard.type('after')
    expect(await textOf(page)).toBe(before)
  })
})
