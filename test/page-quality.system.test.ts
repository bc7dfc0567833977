// The quality of a spec in a real browser: the same figures live for everyone, the gate, the ways on, notices, who did what.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { expectGoodView } from './rigs/good-view.ts'
import { createProject, inviteAs, joinBy, replaceText, signUpAt, writeAtEnd } from './rigs/page-people.ts'
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

const deeds = [
  'weighs',
  'prints',
  'archives',
  'exports',
  'rejects',
  'merges',
  'schedules',
  'translates',
  'refunds',
  'signs',
  'counts',
  'sorts',
]
const section = (heading: string, count: number): string =>
  `## ${heading}\n\n${Array.from({ length: count }, (_, at) => `- The ${heading.toLowerCase()} clerk ${deeds[at % 12]} ledger ${at} within ${at + 2} s`).join('\n')}\n\n`
const spec = `# Kiln\n\n${section('Requirements', 15)}${section('Goals', 3)}${section('Security', 12)}`

const toQuality = (page: Page) => page.getByRole('link', { name: 'Quality', exact: true }).click()
const row = (page: Page, name: string) => page.getByRole('row', { name })
const chip = (page: Page) => page.getByRole('banner').getByRole('link', { name: /Discovery|Analysis/ })

describe('the quality view', () => {
  it('[QUA17] shows the same figures to everyone while the text changes, in the view, the header and the outline', async () => {
    const ada = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(ada.page, 'Kiln')
    await toQuality(ada.page)
    await ada.page.getByText('There is nothing to measure yet.').waitFor()
    await expectGoodView(ada.page, 'the quality of nothing')
    await ada.page.getByRole('link', { name: 'Spec', exact: true }).click()
    const bob = await joinBy(browser, server.url, await inviteAs(ada.page, 'editor'), 'Bob Noyce')
    await toQuality(ada.page)

    await replaceText(bob.page, spec)
    await row(ada.page, 'Goals 30 % 3 of 10 high gap').waitFor()
    await row(ada.page, 'Requirements 100 % 15 of 15 whole').waitFor()
    await expect.poll(() => chip(ada.page).textContent()).toBe('Discovery31 %')
    await expect.poll(() => chip(bob.page).textContent()).toBe('Discovery31 %')
    await bob.page.getByRole('img', { name: 'Goals: 30 %, high gap' }).waitFor()
    await writeAtEnd(bob.page, '- The vault opens for two people only\n\n## Goals\n\n- Ship by June\n- Serve 40 towns')
    await row(ada.page, 'Goals 50 %').waitFor()
    await bob.page.getByRole('img', { name: 'Goals: 50 %, medium gap' }).first().waitFor()
    await bob.page.getByRole('link', { name: 'Maturity 33 %' }).waitFor()
    await toQuality(bob.page)
    const figures = (page: Page) => page.getByRole('table', { name: 'Coverage by category' }).innerText()
    expect(await figures(bob.page)).toBe(await figures(ada.page))
    await expectGoodView(ada.page, 'the quality of a spec')
    expect([...ada.faults, ...bob.faults]).toEqual([])
  })

  it('[QUA17] says so when it cannot be read, and reads it when asked again', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(page, 'Kiln')
    const isQuality = (url: URL) => /\/(?:quality|activity)$/.test(url.pathname) && url.pathname.startsWith('/api/')
    await page.route(isQuality, (route) => route.abort())
    await page.goto(`${path}/quality`)
    await page.getByText('The quality could not be read; the text is as it was.').waitFor()
    await expectGoodView(page, 'a quality that cannot be read', [1440])
    await page.unroute(isQuality)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('There is nothing to measure yet.').waitFor()
    await page.getByText('Ada Lovelace created the project').waitFor()
    expect(faults).toEqual([])
  })

  it('[QUA18] compares the ways on, with the recommended one chosen until somebody chooses, and says what each is made of', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(page, 'Kiln')
    await replaceText(page, spec)
    await toQuality(page)
    const chosen = () => page.getByRole('radiogroup', { name: 'Ways on' }).getByRole('radio', { checked: true })
    await chosen().waitFor()
    const recommended = await page.getByRole('radiogroup', { name: 'Ways on' }).locator('label', { hasText: 'Recommended' }).innerText()
    expect(recommended).toContain('Critical gaps first')
    expect(await chosen().locator('xpath=ancestor::label').innerText()).toBe(recommended)
    await chosen().focus()
    await page.keyboard.press('ArrowUp')
    await page.getByText('An owner passes the closed gate').waitFor()
    expect(await chosen().locator('xpath=ancestor::label').innerText()).toContain('Go on as it is')
    await page.keyboard.press('ArrowDown')
    await page.getByText('Testing: add or confirm 8 clear items').waitFor()
    await page.getByText('What this is made of: Critical gaps first').click()
    await page.getByText('Testing, critical gap').filter({ visible: true }).waitFor()
    await page.getByText('Skip a category', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Category' }).selectOption('security')
    await page.getByText('Skip it', { exact: true }).waitFor()
    await expectGoodView(page, 'the ways on', [1440, 360])
    expect(faults).toEqual([])
  })

  it('[QUA20] lets an owner give the project figures of its own, which hold for everyone at once', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(page, 'Kiln')
    await replaceText(page, spec)
    await toQuality(page)
    await row(page, 'Goals 30 %').waitFor()
    await page.getByRole('button', { name: 'Adjust figures…' }).click()
    const goals = page.getByRole('spinbutton', { name: 'Goals' })
    await goals.fill('0')
    await page.keyboard.press('Enter')
    await page.getByText('Goals: a whole number from 1 to 500.').waitFor()
    await expectGoodView(page, 'the figures of a project')
    await goals.fill('3')
    await page.keyboard.press('Enter')
    await row(page, 'Goals 100 % 3 of 3 whole').waitFor()
    await page.getByRole('button', { name: 'Adjust figures…' }).click()
    await page.getByRole('button', { name: 'Back to the usual ones' }).click()
    await row(page, 'Goals 30 % 3 of 10').waitFor()
    expect(faults).toEqual([])
  })

  it('[QUA19] lets an owner pass a closed gate by a reason that everyone reads, and tells others who can', async () => {
    const ada = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(ada.page, 'Kiln')
    await replaceText(ada.page, spec)
    const bob = await joinBy(browser, server.url, await inviteAs(ada.page, 'viewer'), 'Bob Noyce')
    await Promise.all([toQuality(ada.page), toQuality(bob.page)])
    await bob.page.getByText('An owner can pass a closed gate').waitFor()
    expect(await bob.page.getByRole('button', { name: /Pass the gate|Dismiss/ }).count()).toBe(0)

    await ada.page.getByText('Tunnel vision').waitFor()
    await ada.page.getByRole('button', { name: 'Dismiss: Tunnel vision' }).click()
    await ada.page.getByText('Nothing to notice').waitFor()
    await bob.page.getByText('Nothing to notice').waitFor()

    await ada.page.getByRole('button', { name: 'Pass the gate with a reason…' }).click()
    await ada.page.keyboard.press('Enter')
    await ada.page.getByText('Write why: it stays with the project.').waitFor()
    await expectGoodView(ada.page, 'passing a gate')
    await ada.page.keyboard.type('The pilot starts on Monday')
    await ada.page.keyboard.press('Enter')
    for (const { page } of [ada, bob]) {
      await page.getByText('“The pilot starts on Monday”', { exact: true }).waitFor()
      await page.getByText('It lacked: Maturity is at least 60 %.').waitFor()
      await expect.poll(() => chip(page).textContent()).toBe('Analysis31 %')
      await page.getByText('Ada Lovelace moved the project from discovery to analysis').waitFor()
    }
    await expectGoodView(bob.page, 'the quality for a viewer', [1440, 360])
    await ada.page.getByRole('button', { name: 'Back to Discovery' }).click()
    await expect.poll(() => chip(bob.page).textContent()).toBe('Discovery31 %')
    expect([...ada.faults, ...bob.faults]).toEqual([])
  })
})
