// What the page is made of: its policy, its reading width, its theme, its weight; in a real browser against the whole server.

import { gzipSync } from 'node:zlib'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPersonBrowser } from './rigs/browser.ts'
import { createProject, editorOf, inviteAs, joinBy, replaceText, signUpAt, untilSaved } from './rigs/page-people.ts'
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

/** The gzipped bytes of the scripts a page has asked for so far, those whose address is like `except` left out. */
function countScriptBytes(page: Page): (except?: RegExp) => Promise<number> {
  const asked: Request[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') asked.push(request)
  })
  return async (except) => {
    const sizes = await Promise.all(
      asked
        .filter((request) => except?.test(request.url()) !== true)
        .map(async (request) => {
          await request.response()
          return (await request.sizes()).responseBodySize
        }),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }
}

describe('the policy of the page', () => {
  it('[PAGE11] blocks nothing of it, carets, menus and messages included, and would block an inline style', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(owner.page, 'Policy')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await editorOf(editor.page).click()
    await editor.page.keyboard.press('Control+a')
    await owner.page.locator('.cm-person-selection').first().waitFor()
    const name = owner.page.locator('.cm-person-name')
    expect(await name.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).backgroundColor)).toMatch(/^rgb\(/)
    await owner.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
    await owner.page.route('**/api/auth/sign-out', (route) => route.abort())
    await owner.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await owner.page.getByText('You are still signed in.').waitFor()
    expect([...owner.faults, ...editor.faults]).toEqual([])

    const answer = await owner.page.request.get(path, { headers: { accept: 'text/html' } })
    expect(answer.headers()['content-security-policy']).not.toContain('unsafe')
    await owner.page.evaluate("document.body.setAttribute('style', 'color: red')")
    await expect.poll(() => owner.faults).toHaveLength(1)
  })
})

describe('the look', () => {
  it('[PAGE18] sets running text 68 to 74 characters wide', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Width')
    const prose = 'The gateway must answer each request within the time that was agreed with the customer, and log what it did. '
    await replaceText(owner.page, prose.repeat(8).trim())
    const charactersWide = await owner.page.evaluate<number>(`{
      const line = document.querySelector('.cm-line')
      const style = getComputedStyle(line)
      const context = document.createElement('canvas').getContext('2d')
      context.font = style.font
      const width = line.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
      width / (context.measureText(line.textContent).width / line.textContent.length)
    }`)
    expect(charactersWide).toBeGreaterThanOrEqual(66)
    expect(charactersWide).toBeLessThanOrEqual(76)
  })

  it('[PAGE19] keeps the theme that was chosen, from the first paint on', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace', { colorScheme: 'light' })
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const light = await background()
    await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect.poll(background).not.toBe(light)
    const dark = await background()
    await page.goto('/sign-in', { waitUntil: 'commit' })
    await page.waitForFunction('document.body !== null')
    expect(await background()).toBe(dark)
  })

  it('[PAGE15] loads less than 100 KB of script to sign in and less than 250 KB to write', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(owner.page, 'Weight')
    const stranger = await openPersonBrowser(browser, server.url)
    const signInBytes = countScriptBytes(stranger.page)
    await stranger.page.goto('/sign-in')
    await stranger.page.getByLabel('Email').waitFor()
    expect(await signInBytes()).toBeLessThan(100_000)

    const fresh = await browser.newContext({ baseURL: server.url, storageState: await owner.context.storageState() })
    const page = await fresh.newPage()
    const documentBytes = countScriptBytes(page)
    // The look is asked for once the text is there, and held back here until that was counted.
    let release = () => {}
    const isCounted = new Promise<void>((resolve) => {
      release = resolve
    })
    let lookBytes = 0
    await page.route('**/markdown-support-*.js', async (route) => {
      await isCounted
      const response = await route.fetch()
      lookBytes = gzipSync(await response.body(), { level: 9 }).length
      await route.fulfill({ response })
    })
    await page.goto(path)
    await editorOf(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('written before its look is there')
    await untilSaved(page)
    const bytes = await documentBytes(/markdown-support/)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThan(250_000)
    release()
    await page.locator('.md-h1').waitFor()
    expect(lookBytes).toBeGreaterThan(1_000)
    expect(lookBytes).toBeLessThan(20_000)
  })
})
