// The page while its server is killed, stopped and away: nothing written is lost, and the page says what happens to it.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import {
  createProject,
  editorOf,
  inviteAs,
  joinBy,
  pasteText,
  signUpAt,
  textOf,
  untilSaved,
  untilText,
  writeAndKeep,
  writeAtEnd,
} from './rigs/page-people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let database: FreshDatabase
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase()
  ;[server, browser] = await Promise.all([
    startServer({ env: { DATABASE_URL: database.url, DOCUMENT_MAX_BYTES: '20000' } }),
    launchBrowser(),
  ])
})

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

async function untilOffline(page: Page): Promise<void> {
  await page.getByTestId('save-state').getByText('Offline', { exact: true }).waitFor()
}

/** Lets nobody wait for the backoff; the page may have reconnected by itself just now. */
async function retryNow(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Retry now' })
    .click({ timeout: 1_000 })
    .catch(() => undefined)
  await untilSaved(page)
}

describe('the server is killed', () => {
  it('[PAGE6] goes on with the text still there, and what was written meanwhile reaches the others once', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Killed')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await writeAtEnd(owner.page, '\nwritten before')
    await untilSaved(owner.page)
    const { pid } = server

    await server.kill9()
    await untilOffline(owner.page)
    await untilOffline(editor.page)
    expect(await owner.page.getByTestId('save-detail').innerText()).toContain('your edits are kept in this browser')
    await writeAtEnd(owner.page, '\nwritten by Ada while away')
    await writeAtEnd(editor.page, '\nwritten by Grace while away')
    await server.restart()
    expect(server.pid).not.toBe(pid)
    await Promise.all([retryNow(owner.page), retryNow(editor.page)])

    for (const words of ['written before', 'written by Ada while away', 'written by Grace while away']) {
      await untilText(owner.page, words)
      await untilText(editor.page, words)
      expect((await textOf(owner.page)).split(words)).toHaveLength(2)
    }
    expect(await textOf(owner.page)).toBe(await textOf(editor.page))
    expect([...owner.faults, ...editor.faults]).toEqual([])
  })

  it('[PAGE6] says Saved only for what a fresh server still has', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(owner.page, 'Saved means saved')
    await writeAtEnd(owner.page, '\nacknowledged')
    await untilSaved(owner.page)
    await server.kill9()
    await owner.page.close()
    await server.restart()
    const answer = await owner.context.request.get(`/api/projects/${path.slice(3)}/spec`, { headers: { accept: 'text/markdown' } })
    expect(await answer.text()).toContain('acknowledged')
  })

  it('[PAGE7] keeps what was written offline over a closed tab, and saves it when both are back', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(owner.page, 'Closed tab')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await server.kill9()
    await untilOffline(owner.page)
    await writeAndKeep(owner.page, '\nwritten offline')
    await owner.page.close()
    await server.restart()
    const page = await owner.context.newPage()
    await page.goto(path)
    await untilText(page, 'written offline')
    await untilSaved(page)
    await retryNow(editor.page)
    await untilText(editor.page, 'written offline')
    expect((await textOf(editor.page)).split('written offline')).toHaveLength(2)
  })
})

describe('the server is stopped', () => {
  it('[PAGE6] says that it restarts, and comes back by itself', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Drained')
    const stopped = server.terminate()
    await untilOffline(owner.page)
    expect(await stopped).toBe(0)
    await writeAtEnd(owner.page, '\nduring the restart')
    await server.restart()
    await untilSaved(owner.page)
    await owner.page.reload()
    await untilText(owner.page, 'during the restart')
  })
})

describe('a document that is full', () => {
  it('[PAGE21] says what was not saved and what to do, and saves again when something was removed', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Full')
    await editorOf(owner.page).click()
    await pasteText(owner.page, 'fits '.repeat(3_000))
    await untilSaved(owner.page)
    await pasteText(owner.page, 'too much '.repeat(1_000))
    await owner.page.getByText('The document is full: your last edits are in this browser only.').waitFor()
    await owner.page.getByTestId('save-state').getByText('Not saved').waitFor()
    await owner.page.keyboard.press('Control+a')
    await owner.page.keyboard.type('what was left')
    await untilSaved(owner.page)
    await expect.poll(() => owner.page.getByText('The document is full').count()).toBe(0)
    await writeAtEnd(owner.page, ' again')
    await untilSaved(owner.page)
    await owner.page.reload()
    await untilText(owner.page, 'what was left again')
    expect(await textOf(owner.page)).toBe('what was left again')
  })
})

describe('signing out offline', () => {
  it('[PAGE13] asks before unsaved edits go, and stays signed in when the server cannot be reached', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Unsaved')
    const account = owner.page.getByRole('button', { name: 'Account of Ada Lovelace' })
    await account.click()
    await owner.page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    await owner.page.keyboard.press('Escape')
    await server.kill9()
    await untilOffline(owner.page)
    await writeAtEnd(owner.page, '\nnot saved yet')
    await account.click()
    await owner.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await owner.page.getByRole('heading', { name: 'Sign out with unsaved edits?' }).waitFor()
    await owner.page.getByRole('button', { name: 'Sign out and delete them' }).click()
    await owner.page.getByText('You are still signed in.').waitFor()
    await server.restart()
    await untilText(owner.page, 'not saved yet')
    await retryNow(owner.page)
    await editorOf(owner.page).waitFor()
  })

  it('[PAGE20] keeps the document open when a part that was never loaded is asked for offline', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Parts')
    await server.kill9()
    await untilOffline(owner.page)
    await owner.page.getByRole('button', { name: 'Share' }).click()
    await owner.page.getByText('This part of the page could not be loaded').waitFor()
    await writeAtEnd(owner.page, '\nstill writing')
    await server.restart()
    await retryNow(owner.page)
    await owner.page.getByRole('button', { name: 'Load again' }).click()
    await untilText(owner.page, 'still writing')
    await owner.page.getByRole('button', { name: 'Share' }).click()
    await owner.page.getByRole('heading', { name: 'Share this project' }).waitFor()
  })
})
