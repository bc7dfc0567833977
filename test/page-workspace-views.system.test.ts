// Every panel, dialog and state of the workspace: accessible in both themes at every width; in a real browser against the whole server.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { expectGoodView } from './rigs/good-view.ts'
import { createProject, editorOf, inviteAs, joinBy, openRightPanel, replaceText, signUpAt, type PagePerson } from './rigs/page-people.ts'
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

const longName = `A project whose name is sixty characters long, ${'x'.repeat(13)}`
const spec = `# Gateway\n\nIt must [answer](https://example.org) in \`200 ms\`.\n\n- [ ] open\n- [x] done\n\n> quoted\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n## Limits\n\nNone yet.\n`

async function openProject(text: string | null): Promise<PagePerson> {
  const person = await signUpAt(browser, server.url, 'Ada Lovelace')
  await createProject(person.page, longName)
  if (text !== null) await replaceText(person.page, text)
  return person
}

describe('the workspace', () => {
  it('[PAGE12] is accessible while empty, with its panels, and with its menus', async () => {
    const { page } = await openProject(null)
    await page.getByText('Write the first requirement under the title').waitFor()
    await expectGoodView(page, 'an empty document')
    await replaceText(page, spec)
    await openRightPanel(page, 'Reading view')
    await page.getByRole('document', { name: 'The spec as it reads' }).getByText('quoted').waitFor()
    await expectGoodView(page, 'the reading view', [1440, 900])
    await page.getByRole('banner').getByRole('button', { name: longName }).click()
    await page.getByRole('menuitem', { name: 'Preferences' }).waitFor()
    await expectGoodView(page, 'the project menu')
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 360, height: 740 })
    for (const panel of ['Outline', 'Reading view']) {
      await page.getByRole('navigation', { name: 'Parts of the project' }).getByRole('button', { name: panel }).click()
      await page.getByRole('dialog', { name: panel }).getByText('Limits').waitFor()
      await expectGoodView(page, `${panel} over the text`, [360])
      await page.keyboard.press('Escape')
    }
  })

  it('[PAGE12] is accessible in each of its dialogs', async () => {
    const { page } = await openProject(spec)
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill('e')
    await expectGoodView(page, 'the palette')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'All projects' }).focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await expectGoodView(page, 'the keys')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill('preferences')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Preferences' }).waitFor()
    await expectGoodView(page, 'the preferences')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill('project settings')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Project settings' }).waitFor()
    await expectGoodView(page, 'the project settings')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill('import')
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Enter')
    await (await chooser).setFiles({ name: 'a.md', mimeType: 'text/markdown', buffer: Buffer.from('line\n'.repeat(40)) })
    await page.getByRole('dialog', { name: 'Import' }).waitFor()
    await expectGoodView(page, 'the import')
    await page.getByRole('button', { name: 'Append' }).click()
    await page.getByText('was imported').waitFor()
    await expectGoodView(page, 'a short message')
  })

  it('[PAGE12] is accessible with people, while one follows, and while the server is away', async () => {
    const owner = await openProject(spec)
    const guest = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await editorOf(guest.page).click()
    await owner.page.getByRole('list', { name: 'Who is here' }).getByRole('button').click()
    await owner.page.getByText('Following Grace Hopper').last().waitFor()
    await expectGoodView(owner.page, 'following')
    await server.kill9()
    await owner.page.getByTestId('save-state').getByText('Offline', { exact: true }).waitFor()
    await expectGoodView(owner.page, 'offline')
    await server.restart()
  })
})
