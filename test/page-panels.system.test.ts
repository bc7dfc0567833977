// The panels around the text: the outline and its jumps, the keys that show and hide, the widths that are kept, the sheets of a narrow screen.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { createProject, editorOf, replaceText, signUpAt, untilSaved } from './rigs/page-people.ts'
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

const sections = ['Scope', 'Payments', 'Refunds', 'Limits']
const longSpec = sections.map((title) => `## ${title}\n\n${`- The ${title.toLowerCase()} must be checked.\n`.repeat(40)}`).join('\n')

async function openLongSpec(): Promise<Page> {
  const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
  await createProject(page, 'Panels')
  await replaceText(page, longSpec)
  return page
}

const outlineOf = (page: Page) => page.getByRole('complementary', { name: 'Outline' })
const widthOf = async (page: Page) => (await outlineOf(page).boundingBox())?.width

describe('the outline', () => {
  it('[PAGE24] leads to a heading by click and by keys, and marks the section one is in', async () => {
    const page = await openLongSpec()
    const outline = outlineOf(page)
    await expect.poll(() => outline.getByRole('listitem').allInnerTexts()).toEqual(sections)
    await outline.getByRole('button', { name: 'Refunds' }).click()
    const line = page.locator('.cm-line', { hasText: '## Refunds' })
    await line.waitFor()
    await expect.poll(async () => ((await line.boundingBox())?.y ?? 0) < 120).toBe(true)
    expect(await outline.locator('[aria-current]').innerText()).toBe('Refunds')
    await outline.getByRole('button', { name: 'Refunds' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => outline.locator('[aria-current]').innerText()).toBe('Limits')
    await page.keyboard.type('New: ')
    await page.locator('.cm-line', { hasText: 'New: ## Limits' }).waitFor()

    // Scrolling alone moves the mark as well.
    await page.mouse.move(700, 500)
    await page.mouse.wheel(0, -20_000)
    await expect.poll(() => outline.locator('[aria-current]').innerText()).toBe('Scope')
  })

  it('[PAGE24] follows what is typed', async () => {
    const page = await openLongSpec()
    await editorOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('# Gateway\n')
    await outlineOf(page).getByRole('button', { name: 'Gateway' }).waitFor()
    await untilSaved(page)
  })
})

describe('panels', () => {
  it('[PAGE23] hide and show by their key, which is a letter like any other in the text', async () => {
    const page = await openLongSpec()
    await outlineOf(page).getByRole('button', { name: 'Scope' }).focus()
    await page.keyboard.press('[')
    await expect.poll(() => outlineOf(page).count()).toBe(0)
    await editorOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('[')
    await page.locator('.cm-line', { hasText: '[## Scope' }).waitFor()
    expect(await outlineOf(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Outline' }).click()
    await outlineOf(page).waitFor()
  })

  it('[PAGE23] keep the width that was dragged or moved by keys', async () => {
    const page = await openLongSpec()
    const edge = page.getByRole('separator', { name: 'Width of outline' })
    const before = (await widthOf(page)) ?? 0
    const box = await edge.boundingBox()
    if (!box) throw new Error('the edge is not on the screen')
    await page.mouse.move(box.x + box.width / 2, 400)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 60, 420, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => widthOf(page)).toBe(before + 60)
    await edge.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => widthOf(page)).toBe(before + 44)
    await page.mouse.move(300, 300)
    await page.reload()
    await outlineOf(page).waitFor()
    expect(await widthOf(page)).toBe(before + 44)
  })

  it('[PAGE23] open over the text on a narrow screen, and close after a jump', async () => {
    const page = await openLongSpec()
    await page.setViewportSize({ width: 360, height: 740 })
    await expect.poll(() => outlineOf(page).count()).toBe(0)
    await page.getByRole('navigation', { name: 'Parts of the project' }).getByRole('button', { name: 'Outline' }).click()
    await page.getByRole('dialog', { name: 'Outline' }).getByRole('button', { name: 'Limits' }).click()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await page.locator('.cm-line', { hasText: '## Limits' }).waitFor()
  })
})
