// The project list in a real browser: finding, renaming, archiving, the sample; and the page of a project that is archived.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { createProject, editorOf, inviteAs, joinBy, signUpAt, textOf, untilSaved, untilText, writeAtEnd } from './rigs/page-people.ts'
import { expectGoodView } from './rigs/good-view.ts'
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

/** Makes projects of these names for the person at `page`, without opening them. */
async function makeProjects(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    const answer = await page.request.post('/api/projects', { data: { name }, headers: { origin: server.url } })
    expect(answer.status()).toBe(201)
  }
}

const namesIn = (page: Page) => page.getByRole('listitem').getByRole('link').locator('.font-medium').allTextContents()

async function openRowMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

describe('the project list', () => {
  it('[PROJ20] finds by a part of the name, shows archived projects apart, and keeps both in the address', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await makeProjects(page, 'Payment gateway', 'Lending desk', 'Pay rises 🎉')
    await page.reload()
    await page.getByLabel('Find a project').fill('pay')
    await expect.poll(() => namesIn(page)).toEqual(['Pay rises 🎉', 'Payment gateway'])
    expect(new URL(page.url()).search).toBe('?q=pay')
    await page.reload()
    expect(await page.getByLabel('Find a project').inputValue()).toBe('pay')
    await expect.poll(() => namesIn(page)).toEqual(['Pay rises 🎉', 'Payment gateway'])
    await page.getByLabel('Find a project').fill('nothing of the kind')
    await page.getByText('No project has “nothing of the kind” in its name.').waitFor()
    await expectGoodView(page, 'nothing found')

    await page.getByLabel('Find a project').fill('')
    await openRowMenu(page, 'Lending desk', 'Archive')
    await expect.poll(() => namesIn(page)).toEqual(['Pay rises 🎉', 'Payment gateway'])
    await page.getByRole('link', { name: 'Archived' }).click()
    await expect.poll(() => namesIn(page)).toEqual(['Lending desk'])
    expect(new URL(page.url()).search).toBe('?archived=true')
    await expectGoodView(page, 'archived projects')
    await openRowMenu(page, 'Lending desk', 'Bring back')
    await page.getByText('Nothing is archived.').waitFor()
    await page.goBack()
    await expect.poll(() => namesIn(page)).toContain('Lending desk')
    expect(faults).toEqual([])
  })

  it('[PROJ21] renames and describes in place, and archives at once with a way to undo it', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await makeProjects(page, 'Payment gateway')
    await page.reload()
    await openRowMenu(page, 'Payment gateway', 'Rename or describe')
    await expectGoodView(page, 'renaming')
    await page.getByLabel('What it is about').fill('שלום 🌍')
    await page.getByLabel('Name', { exact: true }).fill('  Card   payments ')
    await page.keyboard.press('Enter')
    await expect.poll(() => namesIn(page)).toEqual(['Card payments'])
    await page.getByText('שלום 🌍').waitFor()
    await openRowMenu(page, 'Card payments', 'Rename or describe')
    await page.getByLabel('Name', { exact: true }).fill('Never kept')
    await page.keyboard.press('Escape')
    await expect.poll(() => namesIn(page)).toEqual(['Card payments'])

    await openRowMenu(page, 'Card payments', 'Archive')
    await page.getByText('“Card payments” is archived.').waitFor()
    await page.getByText('A project is one spec').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => namesIn(page)).toEqual(['Card payments'])
  })

  it('[PROJ22] opens a sample project from the empty list', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await page.getByRole('button', { name: 'Open a sample project' }).click()
    await editorOf(page).waitFor()
    await untilText(page, 'A lending desk for tools')
    expect(await textOf(page)).toContain('A lender must be able to offer a tool')
  })
})

describe('a project that is archived while it is open', () => {
  it('[PROJ21] becomes read-only at once for everyone, says why, and its owner can bring it back on the page', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(owner.page, 'Payment gateway')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await writeAtEnd(editor.page, '\nbefore')
    await untilSaved(editor.page)
    const list = await owner.context.newPage()
    await list.goto('/')
    await openRowMenu(list, 'Payment gateway', 'Archive')

    await editor.page.getByText('This project is archived: it can be read, not changed. To write in it again, ask Ada Lovelace').waitFor()
    await writeAtEnd(editor.page, 'after')
    expect(await textOf(editor.page)).toMatch(/before$/)
    await owner.page.getByRole('button', { name: 'Bring it back' }).waitFor()
    await expectGoodView(owner.page, 'an archived project')
    await owner.page.goto(path)
    await owner.page.getByRole('button', { name: 'Bring it back' }).click()
    await editor.page.getByText('This project is archived').waitFor({ state: 'detached' })
    await writeAtEnd(editor.page, ' and after')
    await untilText(owner.page, 'before and after')
  })
})
