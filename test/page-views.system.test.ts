// Every view of the page: accessible in both themes, and whole on a narrow screen; in a real browser against the whole server.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPersonBrowser } from './rigs/browser.ts'
import { expectGoodView } from './rigs/good-view.ts'
import { createProject, editorOf, fillIn, inviteAs, joinBy, replaceText, signUpAt, writeAndKeep } from './rigs/page-people.ts'
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

const sampleSpec = [
  '# Payment gateway',
  '',
  'Text with **strong**, *emphasis*, `code`, [a link](https://example.org/path) and ~~old words~~.',
  '',
  '## Requirements',
  '',
  '- The gateway must answer within 200 ms.',
  '- [ ] It should log every request.',
  '',
  '> A quotation of the customer.',
  '',
  '```json',
  '{ "amount": 12.5, "currency": "EUR" }',
  '```',
  '',
  '| field | meaning |',
  '| --- | --- |',
  '| id | the payment |',
  '',
  '<!-- a comment -->',
].join('\n')

describe('every view', () => {
  it('[PAGE12] is accessible and fits 360 px before signing in', async () => {
    const { page, faults } = await openPersonBrowser(browser, server.url)
    await page.goto('/sign-in')
    await page.getByLabel('Email').waitFor()
    await expectGoodView(page, 'sign-in')
    await page.goto('/sign-up')
    await fillIn(page, { Name: 'Ada', Email: 'nothing' })
    await page.keyboard.press('Enter')
    await page.getByText('Enter your password.').waitFor()
    await expectGoodView(page, 'sign-up with errors')
    await page.goto('/invite/no-such-token')
    await page.getByRole('heading', { name: 'no longer good' }).waitFor()
    await expectGoodView(page, 'an invitation that is gone')
    await page.goto('/nowhere')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await expectGoodView(page, 'not found')
    expect(faults).toEqual([])
  })

  it('[PAGE12] is accessible and fits 360 px in the project list and around it', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await page.getByText('A project is one spec').waitFor()
    await expectGoodView(page, 'no projects')
    await createProject(page, `A project whose name is sixty characters long, ${'x'.repeat(13)}`)
    const invitation = await inviteAs(page, 'viewer')
    await page.goto('/')
    await page.getByRole('listitem').waitFor()
    await expectGoodView(page, 'projects')
    await page.getByRole('button', { name: 'New project' }).click()
    await expectGoodView(page, 'a new project')
    await page.goto(invitation)
    await page.getByRole('button', { name: 'Join the project' }).waitFor()
    await expectGoodView(page, 'an invitation')
    expect(faults).toEqual([])
  })

  it('[PAGE12] is accessible and fits 360 px in a document with two people', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Payment gateway')
    const viewer = await joinBy(browser, server.url, await inviteAs(owner.page, 'viewer'), 'Vera Rubin')
    await replaceText(owner.page, sampleSpec)
    await viewer.page.getByText('A quotation of the customer.').waitFor()
    await expectGoodView(owner.page, 'the document')
    await expectGoodView(viewer.page, 'the document of a viewer')

    await owner.page.getByRole('button', { name: 'Share' }).click()
    await owner.page.getByRole('button', { name: 'Make a link' }).click()
    await owner.page.getByLabel('Invitation link').waitFor()
    await expectGoodView(owner.page, 'sharing')
    await owner.page.keyboard.press('Escape')
    await owner.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
    await owner.page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    await expectGoodView(owner.page, 'the account menu')
    await owner.page.keyboard.press('Escape')
    await editorOf(owner.page).click()
    await owner.page.keyboard.press('Control+f')
    await owner.page.getByPlaceholder('Find', { exact: true }).fill('gateway')
    await expectGoodView(owner.page, 'finding')
    expect([...owner.faults, ...viewer.faults]).toEqual([])
  })

  it('[PAGE17] is accessible when the document was rebuilt under unsaved edits, with the text to copy', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(owner.page, 'Rebuilt')
    await server.kill9()
    await owner.page.getByTestId('save-state').getByText('Offline', { exact: true }).waitFor()
    await writeAndKeep(owner.page, '\nunsaved words')
    await owner.page.close()
    await server.restart()
    const answer = await owner.context.request.post(`/api/projects/${path.slice(3)}/spec/rebuild`, { headers: { origin: server.url } })
    expect(answer.status()).toBe(200)
    const page = await owner.context.newPage()
    await page.goto(path)
    await page.getByRole('heading', { name: 'The document was rebuilt' }).waitFor()
    expect(await page.getByLabel('Your text').inputValue()).toContain('unsaved words')
    await expectGoodView(page, 'rebuilt')
    await page.getByRole('button', { name: 'Open the document' }).click()
    await editorOf(page).waitFor()
    expect(await editorOf(page).innerText()).not.toContain('unsaved words')
  })
})
