// People at the page, as tests play them: each in a browser profile of their own, doing by the page what a person does.

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openPersonBrowser, type PersonBrowser } from './browser.ts'

/** A person who is signed in. */
export interface PagePerson extends PersonBrowser {
  name: string
  email: string
}

/** The password of everyone in tests. */
export const pagePassword = 'correct horse battery'

let count = 0

interface SignUpOptions extends BrowserContextOptions {
  /** Where to go after signing up; the project list unless given. */
  path?: string
}

/** Opens a browser profile and signs up by the page; ends where the page leads to: the project list, or `path`. */
export async function signUpAt(
  browser: Browser,
  url: string,
  name: string,
  { path = '/', ...options }: SignUpOptions = {},
): Promise<PagePerson> {
  const opened = await openPersonBrowser(browser, url, options)
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}.${++count}@example.org`
  await opened.page.goto(path === '/' ? '/sign-up' : `/sign-up?to=${encodeURIComponent(path)}`)
  await fillIn(opened.page, { Name: name, Email: email, Password: pagePassword })
  await opened.page.keyboard.press('Enter')
  await opened.page
    .getByRole('button', { name: `Account of ${name}` })
    .or(opened.page.getByText('invites you'))
    .waitFor()
  return { ...opened, name, email }
}

/** Fills fields by their labels. */
export async function fillIn(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
}

/** Creates a project from the list and waits until its document can be written; gives its path. */
export async function createProject(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the project').fill(name)
  await page.keyboard.press('Enter')
  await untilSaved(page)
  await editorOf(page).waitFor()
  return new URL(page.url()).pathname
}

/** Opens the right panel called `name`, on a wide screen. */
export async function openRightPanel(page: Page, name: 'Interview' | 'Reading view' | 'Conflicts'): Promise<void> {
  const tabs = page.getByRole('group', { name: 'Panels' })
  if ((await tabs.count()) === 0) await page.getByRole('button', { name: /^(?:Interview|Reading view|Conflicts)$/ }).click()
  await tabs.getByRole('button', { name }).click()
}

/** Makes an invitation link by the share dialog, and closes it; gives the link's path. */
export async function inviteAs(page: Page, role: 'editor' | 'commenter' | 'viewer'): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByLabel('Role', { exact: true }).selectOption(role)
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = await page.getByLabel('Invitation link').inputValue()
  await page.keyboard.press('Escape')
  return new URL(link).pathname
}

/** Signs up at an invitation link and joins; ends in the document. */
export async function joinBy(browser: Browser, url: string, invitation: string, name: string): Promise<PagePerson> {
  const person = await signUpAt(browser, url, name, { path: invitation })
  await person.page.getByRole('button', { name: 'Join the project' }).click()
  await editorOf(person.page).waitFor()
  await untilSaved(person.page)
  return person
}

/** The text one writes in. */
export function editorOf(page: Page): Locator {
  return page.locator('.cm-content')
}

/** Waits until the header says that everything is saved. */
export async function untilSaved(page: Page): Promise<void> {
  await page.getByTestId('save-state').getByText('Saved', { exact: true }).waitFor()
}

/** Writes at the end of the text, by the keyboard. */
export async function writeAtEnd(page: Page, text: string): Promise<void> {
  await editorOf(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** Writes at the end and waits until this browser's own copy has each key stroke. */
export async function writeAndKeep(page: Page, text: string): Promise<void> {
  const before = await recordsInCopies(page)
  await writeAtEnd(page, text)
  await expect.poll(() => recordsInCopies(page)).toBeGreaterThanOrEqual(before + text.length)
}

/** How many changes the offline copies of this browser hold. */
export function recordsInCopies(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const settled = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    let records = 0
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      records += await settled(database.transaction('updates').objectStore('updates').count())
      database.close()
    }
    return records
  })()`)
}

/** Waits until the text on the screen holds `text`; a poll of the screen, since that is what a person sees. */
export async function untilText(page: Page, text: string): Promise<void> {
  await expect.poll(() => textOf(page), { timeout: 15_000 }).toContain(text)
}

/** The text on the screen, without the names on others' carets; of a long text only a part is there. */
export function textOf(page: Page): Promise<string> {
  return page.locator('.cm-line').evaluateAll((lines) =>
    lines
      .map((line) => {
        const copy = line.cloneNode(true)
        for (const caret of copy.querySelectorAll('.cm-person-caret')) caret.remove()
        return copy.textContent
      })
      .join('\n'),
  )
}

/** Pastes `text` as the clipboard would bring it. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }`)
}

/** Puts `text` in the place of all that is there, and waits until it is saved. */
export async function replaceText(page: Page, text: string): Promise<void> {
  await editorOf(page).click()
  await page.keyboard.press('Control+a')
  await pasteText(page, text)
  await untilSaved(page)
}
