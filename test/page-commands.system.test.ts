// What is done by command: palette and keys, files in and out, preferences, finding; in a real browser against the whole server.

import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import { createProject, editorOf, inviteAs, joinBy, replaceText, signUpAt, textOf, untilSaved, untilText } from './rigs/page-people.ts'
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

const spec = `# Gateway\n\nIt must answer.\n\n## Limits\n\n${'- A limit must be checked.\n'.repeat(60)}\n## Refunds\n\nRefunds must be booked.\n`

async function openSpec(name = 'Gateway'): Promise<Page> {
  const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
  await createProject(page, name)
  await replaceText(page, spec)
  return page
}

async function runCommand(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Type a command').fill(words)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('dialog', { name: 'Commands' }).count()).toBe(0)
}

/** Drops a file on the text, as a desktop would. */
async function dropFile(page: Page, { name, type, text }: { name: string; type: string; text: string }): Promise<void> {
  await page.evaluate(`{
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }))
    const target = document.querySelector('.cm-content')
    for (const kind of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
  }`)
}

describe('the palette', () => {
  it('[PAGE27] goes to a section, to a project, and changes the theme', async () => {
    const page = await openSpec('Second project')
    await runCommand(page, 'refunds')
    await expect.poll(() => page.getByRole('complementary', { name: 'Outline' }).locator('[aria-current]').innerText()).toBe('Refunds')
    await page.keyboard.type('To here: ')
    await page.locator('.cm-line', { hasText: 'To here: ## Refunds' }).waitFor()
    await page.getByRole('link', { name: 'History' }).click()
    await runCommand(page, 'limits')
    await page.locator('.cm-line', { hasText: '## Limits' }).waitFor()
    await runCommand(page, 'theme dark')
    await expect.poll(() => page.evaluate<string>('document.documentElement.dataset.theme')).toBe('dark')
    await runCommand(page, 'all projects')
    await page.getByRole('heading', { name: 'Projects', exact: true }).waitFor()
    await runCommand(page, 'second')
    await untilText(page, 'It must answer.')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill('no such thing')
    await page.getByText('Nothing is called that.').waitFor()
    await page.keyboard.press('Control+k')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  it('[PAGE27] lists every key of the table, the editor included', async () => {
    const page = await openSpec()
    await page.getByRole('link', { name: 'All projects' }).focus()
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keys' })
    for (const title of ['Commands', 'List the keys', 'Undo your last change', 'Find and replace', 'Show or hide the outline'])
      await keys.getByText(title, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await editorOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('?')
    await page.locator('.cm-line', { hasText: '?# Gateway' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('files', () => {
  it('[PAGE28] imports what is dropped, after a look at it, and takes it back by one undo', async () => {
    const page = await openSpec()
    const before = await textOf(page)
    await dropFile(page, { name: 'new.md', type: 'text/markdown', text: '# Gateway\r\n\r\nIt may wait.\r\n' })
    const dialog = page.getByRole('dialog', { name: 'Import “new.md”' })
    await dialog.getByText('4 lines, 1 heading, 1 KB').waitFor()
    await dialog.getByRole('button', { name: 'Replace the text' }).click()
    await untilText(page, 'It may wait.')
    expect(await textOf(page)).toBe('# Gateway\n\nIt may wait.\n')
    await untilSaved(page)
    await editorOf(page).click()
    await page.keyboard.press('Control+z')
    await expect.poll(() => textOf(page)).toContain('It must answer.')
    expect((await textOf(page)).slice(0, 200)).toBe(before.slice(0, 200))

    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill('import')
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Enter')
    await (await chooser).setFiles({ name: 'more.txt', mimeType: 'text/plain', buffer: Buffer.from('## Appended\n') })
    await page.getByRole('dialog').getByRole('button', { name: 'Append' }).click()
    await page.getByRole('complementary', { name: 'Outline' }).getByRole('button', { name: 'Appended' }).waitFor()
  })

  it('[PAGE28] refuses what cannot be imported or pasted, says why, and changes nothing', async () => {
    const page = await openSpec()
    const before = await textOf(page)
    await dropFile(page, { name: 'plan.png', type: 'image/png', text: 'no picture' })
    await page.getByText('pictures are not stored').first().waitFor()
    await dropFile(page, { name: 'plan.docx', type: 'application/zip', text: 'PK' })
    await page.getByText('only Markdown and plain text files').waitFor()
    await dropFile(page, { name: 'broken.md', type: 'text/markdown', text: 'x' })
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.evaluate(`{
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File(['x'], 'screen.png', { type: 'image/png' }))
      document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      const large = new DataTransfer()
      large.setData('text/plain', 'large '.repeat(1_000_000))
      document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData: large, bubbles: true, cancelable: true }))
    }`)
    await page.getByText('Nothing was pasted: a document holds 5 MB').waitFor()
    expect(await textOf(page)).toBe(before)
  })

  it('[PAGE29] exports the text as it is on the screen, offline too', async () => {
    const page = await openSpec('Übersicht & Payments/2')
    const name = page.getByRole('banner').getByRole('button', { name: 'Übersicht' })
    // What the menu is made of loads with its first use, or by itself after a while.
    await name.click()
    await page.getByRole('menuitem', { name: 'Export as Markdown' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => name.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true)
    await page.context().setOffline(true)
    await editorOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('unsaved ')
    const download = page.waitForEvent('download')
    await name.click()
    await page.getByRole('menuitem', { name: 'Export as Markdown' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('übersicht-payments-2.md')
    expect(await readFile(await file.path(), 'utf8')).toBe(`unsaved ${spec}`)
  })
})

describe('project settings', () => {
  it('[PAGE34] rename the open project and archive it, which is undone at once', async () => {
    const page = await openSpec('Old name')
    await runCommand(page, 'project settings')
    const dialog = page.getByRole('dialog', { name: 'Project settings' })
    await dialog.getByLabel('Name', { exact: true }).fill('New name')
    await page.keyboard.press('Enter')
    await page.getByRole('banner').getByRole('button', { name: 'New name' }).waitFor()
    expect(await page.title()).toContain('New name')
    await runCommand(page, 'project settings')
    await dialog.getByRole('button', { name: 'Archive the project' }).click()
    await page.getByText('This project is archived').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.getByText('This project is archived').count()).toBe(0)
    await editorOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('writable ')
    await untilText(page, 'writable # Gateway')
  })
})

describe('preferences', () => {
  it('[PAGE30] set the text at once, and are kept', async () => {
    const page = await openSpec()
    await runCommand(page, 'preferences')
    await page.getByRole('dialog').getByText('20', { exact: true }).click()
    await page.getByRole('dialog').getByText('Wide', { exact: true }).click()
    await page.getByRole('radiogroup', { name: 'Check spelling' }).getByText('Off').click()
    await page.keyboard.press('Escape')
    await page.reload()
    await untilText(page, 'It must answer.')
    const line = page.locator('.cm-line', { hasText: 'It must answer.' })
    const look = await line.evaluate((one) => {
      const style = one.ownerDocument.defaultView?.getComputedStyle(one)
      return [style?.fontSize, style?.lineHeight]
    })
    expect(look).toEqual(['20px', '32.5px'])
    expect(await editorOf(page).getAttribute('spellcheck')).toBe('false')
  })
})

describe('finding', () => {
  it('[PAGE26] counts, selects, replaces all as one undo, and offers no replacing to a reader', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(page, 'Find')
    await replaceText(page, 'one two one\nONE three\n')
    const viewer = await joinBy(browser, server.url, await inviteAs(page, 'viewer'), 'Vera Rubin')
    await editorOf(page).click()
    await page.keyboard.press('Control+f')
    await page.getByLabel('Find', { exact: true }).fill('one')
    await page.getByText('3 matches').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('1 of 3').waitFor()
    await page.getByRole('button', { name: 'Match case' }).click()
    await page.getByText('1 of 2').waitFor()
    await page.getByLabel('Replace with').fill('four')
    await page.getByRole('button', { name: 'Replace all' }).click()
    await expect.poll(() => textOf(page)).toBe('four two four\nONE three\n')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await expect.poll(() => textOf(page)).toBe('one two one\nONE three\n')

    await editorOf(viewer.page).click()
    await viewer.page.keyboard.press('Control+f')
    await viewer.page.getByLabel('Find', { exact: true }).fill('three')
    await viewer.page.getByText('1 match').waitFor()
    expect(await viewer.page.getByLabel('Replace with').count()).toBe(0)
  })
})
