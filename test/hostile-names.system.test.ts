// Names and texts that are meant to be run as markup: shown as they were typed, wherever the page shows them.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { createProject, editorOf, inviteAs, replaceText, signUpAt, untilSaved } from './rigs/page-people.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let database: FreshDatabase
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase()
  ;[server, browser] = await Promise.all([startServer({ env: { DATABASE_URL: database.url } }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

const payload = (word: string) => `${word}"><img src=x onerror=window.hacked=1><svg onload=window.hacked=1>the first`
const markdown = [
  '# <script>window.hacked=1</script>',
  payload('text'),
  '[a link](javascript:window.hacked=1) ![an image](x"onerror="window.hacked=1)',
  '<a href="javascript:window.hacked=1">markup</a> <iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
].join('\n\n')

/** Nothing of it has run, and nothing of it waits for a click. */
async function expectHarmless(page: Page, view: string): Promise<void> {
  expect(await page.evaluate('window.hacked'), view).toBeUndefined()
  expect(await page.locator('a[href^="javascript:" i], img[src="x"], iframe[srcdoc], [onerror], [onload]').count(), view).toBe(0)
}

it('[SEC6] are text in the list, the document, its title, the carets, the link and the messages, without the help of the policy', async () => {
  // The policy of the page would stop it as well: here it must not have to.
  const owner = await signUpAt(browser, server.url, payload('Ada'), { bypassCSP: true })
  await expectHarmless(owner.page, 'the list, empty')
  await createProject(owner.page, payload('Kiln'))
  await replaceText(owner.page, markdown)
  await untilSaved(owner.page)
  await expectHarmless(owner.page, 'the document')
  const invitation = await inviteAs(owner.page, 'editor')

  const guest = await signUpAt(browser, server.url, payload('Grace'), { bypassCSP: true, path: invitation })
  await guest.page.getByText(payload('Kiln')).first().waitFor()
  await expectHarmless(guest.page, 'the invitation')
  await guest.page.getByRole('button', { name: 'Join the project' }).click()
  await editorOf(guest.page).waitFor()
  await editorOf(guest.page).click()
  await owner.page.locator('.cm-person-name').first().waitFor({ state: 'attached' })
  await expectHarmless(owner.page, 'the document with another in it')
  await expectHarmless(guest.page, 'the document of the other')
  await owner.page.goto('/')
  await owner.page.getByText(payload('Kiln')).first().waitFor()
  await expectHarmless(owner.page, 'the list')
  expect(await owner.page.title()).not.toBe('')
})
