// The people of a project in a real browser: roles, links, leaving, handing over, and what the others see of it while they write.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import {
  createProject,
  editorOf,
  inviteAs,
  joinBy,
  signUpAt,
  textOf,
  untilSaved,
  untilText,
  writeAtEnd,
  type PagePerson,
} from './rigs/page-people.ts'
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

interface Pair {
  owner: PagePerson
  editor: PagePerson
  path: string
}

/** An owner with the members dialog open, and an editor in the document. */
async function openPair(): Promise<Pair> {
  const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
  const path = await createProject(owner.page, 'Payment gateway')
  const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
  await owner.page.getByRole('button', { name: 'Share' }).click()
  await owner.page.getByLabel('What Grace Hopper may do').waitFor()
  return { owner, editor, path }
}

/** Keeps changes of members from the server until they are released. */
async function holdChanges(page: Page): Promise<{ release: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/members/*', async (route) => {
    await promise
    await route.continue()
  })
  return { release: resolve }
}

describe('the members dialog', () => {
  it('[MEM20] lowers and raises a role under the hands of who is writing, with what was saved kept', async () => {
    const { owner, editor } = await openPair()
    await writeAtEnd(editor.page, '\nbefore')
    await untilSaved(editor.page)
    await owner.page.getByLabel('What Grace Hopper may do').selectOption('viewer')
    await editor.page.getByText('You can read this spec, not change it: you are a viewer here. To write, ask Ada Lovelace.').waitFor()
    await writeAtEnd(editor.page, 'never')
    await untilText(owner.page, 'before')
    expect(await textOf(editor.page)).toMatch(/before$/)
    await owner.page.getByLabel('What Grace Hopper may do').selectOption('editor')
    await editor.page.getByText('You can read this spec').waitFor({ state: 'detached' })
    await writeAtEnd(editor.page, ' and after')
    await untilText(owner.page, 'before and after')
    expect([...owner.faults, ...editor.faults]).toEqual([])
  })

  it('[MEM20] asks before it removes somebody, who then is told what was kept', async () => {
    const { owner, editor } = await openPair()
    await writeAtEnd(editor.page, '\nsaved words')
    await untilSaved(editor.page)
    await owner.page.getByRole('button', { name: 'More about Grace Hopper' }).click()
    await owner.page.getByRole('menuitem', { name: 'Remove from the project…' }).click()
    await owner.page.getByText('Grace Hopper will lose access at once.').waitFor()
    await expectGoodView(owner.page, 'the question before a removal')
    await owner.page.keyboard.press('Escape')
    expect(await owner.page.getByText('will lose access').count()).toBe(0)
    await owner.page.getByRole('button', { name: 'More about Grace Hopper' }).click()
    await owner.page.getByRole('menuitem', { name: 'Remove from the project…' }).click()
    await owner.page.getByRole('button', { name: 'Remove', exact: true }).click()
    await editor.page.getByRole('heading', { name: 'You no longer have access to this project' }).waitFor()
    await editor.page.getByText('Everything you wrote was saved and stays in the project.').waitFor()
    await owner.page.getByText('1 person').waitFor()
    await untilText(owner.page, 'saved words')
  })

  it('[MEM20] hands the project over, after which the only owner left cannot leave and the other can', async () => {
    const { owner, editor } = await openPair()
    await owner.page.getByText('You are the only owner').waitFor()
    expect(await owner.page.getByRole('button', { name: 'Leave' }).count()).toBe(0)
    await owner.page.getByRole('button', { name: 'More about Grace Hopper' }).click()
    await owner.page.getByRole('menuitem', { name: 'Hand the project over…' }).click()
    await owner.page.getByRole('button', { name: 'Hand over' }).click()
    await owner.page.getByRole('heading', { name: 'People in this project' }).waitFor()
    await expectGoodView(owner.page, 'the people, to an editor')
    await editor.page.getByRole('button', { name: 'Share' }).click()
    await editor.page.getByText('You are the only owner').waitFor()

    await owner.page.getByRole('button', { name: 'Leave' }).click()
    await owner.page.getByRole('button', { name: 'Leave the project' }).click()
    await owner.page.getByText('A project is one spec').waitFor()
    expect(new URL(owner.page.url()).pathname).toBe('/')
    await expect.poll(() => owner.page.evaluate<unknown[]>('indexedDB.databases()')).toHaveLength(0)
  })

  it('[MEM22] makes links for a role, a time and one email, shows those that are open, and withdraws them', async () => {
    const { owner } = await openPair()
    const { page } = owner
    await page.getByLabel('Role', { exact: true }).selectOption('viewer')
    await page.getByLabel('Works for').selectOption('1 day')
    await page.getByLabel('Only for this email').fill('not an address')
    await page.keyboard.press('Enter')
    await page.getByText('Enter a whole email address, or leave it empty.').waitFor()
    await page.getByLabel('Only for this email').fill('vera@example.org')
    await page.keyboard.press('Enter')
    const link = await page.getByLabel('Invitation link').inputValue()
    const open = page.getByRole('region', { name: 'Open links' })
    await open.getByText('vera@example.org').waitFor()
    await open.getByText('used once').waitFor()
    await expectGoodView(page, 'open links')
    await open.getByRole('button', { name: 'Withdraw the link for vera@example.org' }).click()
    await open.getByText('vera@example.org').waitFor({ state: 'detached' })
    await page.goto(new URL(link).pathname)
    await page.getByRole('heading', { name: 'This invitation is no longer good' }).waitFor()
  })

  it('[AUD4] tells owners in sentences who did what', async () => {
    const { owner } = await openPair()
    const { page } = owner
    // The change is still on its way when the log is read for the first time.
    const held = await holdChanges(page)
    await page.getByLabel('What Grace Hopper may do').selectOption('commenter')
    await page.getByRole('tab', { name: 'People' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('Grace Hopper joined as an editor').waitFor()
    held.release()
    await page.getByText('Ada Lovelace made Grace Hopper a commenter, who was an editor').waitFor()
    await page.getByText('Grace Hopper joined as an editor').waitFor()
    await page.getByText('Ada Lovelace made an invitation link for an editor').waitFor()
    await page.getByText('Ada Lovelace created the project, “Payment gateway”').waitFor()
    await expectGoodView(page, 'the audit log')
  })

  it('[MEM20] shows everyone else who is in the project, and nothing to change', async () => {
    const { editor } = await openPair()
    const { page } = editor
    await page.getByRole('button', { name: 'People', exact: true }).click()
    const people = page.getByRole('region', { name: 'People' })
    await people.getByText('Ada Lovelace').waitFor()
    expect(await people.getByRole('combobox').count()).toBe(0)
    expect(await page.getByRole('tab').count()).toBe(0)
    await page.keyboard.press('Escape')
    await editorOf(page).waitFor()
  })
})
