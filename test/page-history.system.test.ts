// The history of a spec in a real browser: versions listed, compared, named, brought back and taken back again; who wrote what.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { expectGoodView } from './rigs/good-view.ts'
import { createProject, inviteAs, joinBy, replaceText, signUpAt, textOf, untilSaved, untilText, writeAtEnd } from './rigs/page-people.ts'
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

const first = '# Kiln\n\n- The kiln must reach 1,240 °C.\n- The door should stay shut.\n'
const second = '# Kiln\n\n- The kiln must reach 1,300 °C.\n- The door should stay shut.\n- It logs every firing.\n'

/** A project with one named version of `first`, and `second` as its text; ends in the spec. */
async function projectWithHistory(page: Page): Promise<string> {
  const path = await createProject(page, 'Kiln controller')
  await replaceText(page, first)
  await toHistory(page)
  await nameNow(page, 'First draft')
  await page.getByRole('link', { name: 'Spec', exact: true }).click()
  await replaceText(page, second)
  return path
}

const toHistory = (page: Page) => page.getByRole('link', { name: 'History', exact: true }).click()

async function nameNow(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Name this version' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name }).waitFor()
}

const version = (page: Page, name: string) => page.getByRole('navigation', { name: 'Versions' }).getByRole('link', { name })

describe('the history', () => {
  it('[VER14] says what it is while there is none, and names the text as it is now by the keyboard', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(page, 'Kiln')
    await toHistory(page)
    await page.getByText('No version yet.').waitFor()
    expect(new URL(page.url()).pathname).toBe(`${path}/history`)
    await expectGoodView(page, 'an empty history')
    await version(page, 'Now').click()
    await page.getByRole('button', { name: 'Name this version' }).click()
    await page.keyboard.press('Enter')
    await page.getByText('Give the version a name.').waitFor()
    await expectGoodView(page, 'naming a version')
    await page.keyboard.type('First draft')
    await page.keyboard.press('Enter')
    await version(page, 'First draft').waitFor()
    await version(page, 'First draft').getByText('bytes').waitFor()
    expect(faults).toEqual([])
  })

  it('[VER14] compares a version with the text as it is now, side by side, and on a narrow screen in one column', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await projectWithHistory(page)
    await toHistory(page)
    await expect.poll(() => page.locator('.cm-merge-a .cm-changedLine').count()).toBeGreaterThan(0)
    await version(page, 'First draft').click()
    await page.getByText('Now', { exact: true }).last().click()
    await expect.poll(() => page.locator('.cm-merge-b').textContent()).toContain('It logs every firing.')
    expect(await page.locator('.cm-merge-a').textContent()).toContain('1,240')
    await expectGoodView(page, 'a comparison side by side')
    await page.setViewportSize({ width: 360, height: 740 })
    await page.locator('.cm-deletedChunk').first().waitFor()
    expect(await page.getByRole('navigation', { name: 'Versions' }).count()).toBe(0)
    await expectGoodView(page, 'a comparison in one column')
    await page.getByRole('link', { name: 'All versions' }).click()
    await version(page, 'First draft').waitFor()
    expect(faults).toEqual([])
  })

  it('[VER14, VER13] brings a version back as one step of undo for who did it, by the message and by the keys', async () => {
    const ada = await signUpAt(browser, server.url, 'Ada Lovelace')
    await projectWithHistory(ada.page)
    const bob = await joinBy(browser, server.url, await inviteAs(ada.page, 'editor'), 'Bob Noyce')
    await writeAtEnd(bob.page, 'Bob was here')
    await untilText(ada.page, 'Bob was here')
    const before = await textOf(ada.page)
    await toHistory(ada.page)
    await version(ada.page, 'First draft').click()
    await ada.page.getByRole('button', { name: 'Restore' }).click()
    await ada.page.getByText('“First draft” is back.').waitFor()
    await untilText(bob.page, '1,240')
    expect(await textOf(bob.page)).not.toContain('Bob was here')
    await ada.page.getByRole('button', { name: 'Undo' }).click()
    await untilText(bob.page, 'Bob was here')

    await ada.page.getByRole('button', { name: 'Restore' }).click()
    await untilText(bob.page, '1,240')
    // Bob's undo is about his own words, of which none are left to take back.
    await bob.page.keyboard.press('Control+z')
    await untilSaved(bob.page)
    expect(await textOf(bob.page)).toContain('1,240')
    expect(await textOf(bob.page)).not.toContain('It logs')
    await ada.page.getByRole('link', { name: 'Spec', exact: true }).click()
    await writeAtEnd(ada.page, 'x')
    await ada.page.keyboard.press('Control+z')
    await untilText(ada.page, '1,240')
    await ada.page.keyboard.press('Control+z')
    await untilText(ada.page, 'It logs every firing.')
    expect((await textOf(ada.page)).replace('Bob was here', '')).toBe(before.replace('Bob was here', ''))
    await toHistory(ada.page)
    await ada.page.getByRole('link', { name: 'Before a restore' }).first().waitFor()
    await ada.page.getByRole('link', { name: 'Restored First draft' }).first().waitFor()
    expect([...ada.faults, ...bob.faults]).toEqual([])
  })

  it('[VER14] lets a viewer look and says whom to ask, and an owner delete', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await projectWithHistory(page)
    const viewer = await joinBy(browser, server.url, await inviteAs(page, 'viewer'), 'Vera Rubin')
    await viewer.page.goto(`${path}/history`)
    await version(viewer.page, 'First draft').click()
    await viewer.page.getByText('To bring a version back, ask an editor.').waitFor()
    expect(await viewer.page.getByRole('button', { name: 'Restore' }).count()).toBe(0)
    await expectGoodView(viewer.page, 'a version for a viewer')
    const address = viewer.page.url()

    await toHistory(page)
    await version(page, 'First draft').click()
    await page.getByRole('button', { name: 'Delete this version' }).click()
    await expectGoodView(page, 'deleting a version')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete this version' }).click()
    await page.getByText('No version yet.').waitFor()
    await viewer.page.goto(address)
    await viewer.page.getByText('This version is not there any more').waitFor()
  })

  it('[VER15] shows who wrote each line', async () => {
    const ada = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(ada.page, 'Kiln')
    await replaceText(ada.page, first)
    const bob = await joinBy(browser, server.url, await inviteAs(ada.page, 'editor'), 'Bob Noyce')
    await writeAtEnd(bob.page, '- Bob adds a line')
    await untilSaved(bob.page)
    await ada.page.goto(`${path}/history`)
    await ada.page.getByText('Authors', { exact: true }).click()
    await ada.page.locator('.cm-author').getByText('Bob Noyce').waitFor()
    await ada.page.locator('.cm-author').getByText('Ada Lovelace').waitFor()
    await expectGoodView(ada.page, 'the text with its authors')
    expect(ada.faults).toEqual([])
  })
})
