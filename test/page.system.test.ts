// The page as two people use it: sign up, invite, write together, read only; in a real browser against the whole server.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPersonBrowser } from './rigs/browser.ts'
import {
  createProject,
  editorOf,
  fillIn,
  inviteAs,
  joinBy,
  pagePassword,
  pasteText,
  signUpAt,
  textOf,
  untilSaved,
  untilText,
  writeAtEnd,
  type PagePerson,
} from './rigs/page-people.ts'
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

/** An owner in a fresh project, and the path to it. */
async function ownerInProject(name: string): Promise<{ owner: PagePerson; path: string }> {
  const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
  return { owner, path: await createProject(owner.page, name) }
}

describe('signing in', () => {
  it('[PAGE1] says what is wrong beside the field, before and after asking the server, and goes there', async () => {
    const { page } = await openPersonBrowser(browser, server.url)
    await page.goto('/sign-up')
    await fillIn(page, { Name: 'Ada', Email: 'not an address', Password: 'short' })
    await page.keyboard.press('Enter')
    const email = page.getByLabel('Email')
    await expect.poll(() => email.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true)
    expect(await email.getAttribute('aria-invalid')).toBe('true')
    await page.getByText('This is not an email address.').waitFor()
    await page.getByText('Use 8 characters or more.').waitFor()

    await page.goto('/sign-in')
    await fillIn(page, { Email: 'nobody@example.org', Password: pagePassword })
    await page.keyboard.press('Enter')
    await page.getByText('The email or the password is not right.').waitFor()
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  })

  it('[PAGE1] names its fields for password managers, and shows the password on demand', async () => {
    const { page } = await openPersonBrowser(browser, server.url)
    await page.goto('/sign-up')
    const password = page.getByLabel('Password', { exact: true })
    expect(await page.getByLabel('Email').getAttribute('autocomplete')).toBe('email')
    expect(await password.getAttribute('autocomplete')).toBe('new-password')
    await password.fill(pagePassword)
    await page.getByRole('button', { name: 'Show password' }).click()
    expect(await password.getAttribute('type')).toBe('text')
    expect(await password.inputValue()).toBe(pagePassword)
    await page.goto('/sign-in')
    expect(await page.getByLabel('Email').getAttribute('autocomplete')).toBe('username')
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('autocomplete')).toBe('current-password')
  })

  it('[PAGE2] leads back to the address that was asked for, after signing out and in', async () => {
    const { owner, path } = await ownerInProject('Returning')
    await owner.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
    await owner.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await owner.page.getByLabel('Email').waitFor()
    await owner.page.goto(path)
    await owner.page.getByLabel('Email').waitFor()
    await fillIn(owner.page, { Email: owner.email, Password: pagePassword })
    await owner.page.keyboard.press('Enter')
    await editorOf(owner.page).waitFor()
    expect(new URL(owner.page.url()).pathname).toBe(path)
    expect(await owner.page.title()).toBe('Returning · Elenchus')
  })
})

describe('projects', () => {
  it('[PAGE4] explains the empty list in one sentence, creates by Enter, and lists role and time', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await page.getByText('A project is one spec that you and others write together').waitFor()
    await page.getByRole('button', { name: 'New project' }).click()
    await page.keyboard.press('Enter')
    await page.getByText('Give the project a name.').waitFor()
    await page.keyboard.press('Escape')
    await createProject(page, '  A name with <b>marks</b> & spaces ')
    await page.getByRole('link', { name: 'All projects' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'A name with <b>marks</b> & spaces' })
    await row.waitFor()
    expect(await row.innerText()).toMatch(/owner[\s\S]*just now/i)
  })

  it('[PAGE14] answers a project that is not there, or not theirs, and an unknown address alike', async () => {
    const { path } = await ownerInProject('Private')
    const { page } = await signUpAt(browser, server.url, 'Eve Adams')
    for (const address of [path, '/p/00000000-0000-4000-8000-000000000000', '/p/nonsense', '/no/such/page']) {
      await page.goto(address)
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    }
  })
})

describe('inviting', () => {
  it('[PAGE3] shows project, role and who invites before anything happens, then joins after signing up', async () => {
    const { owner, path } = await ownerInProject('CloudEvents')
    const invitation = await inviteAs(owner.page, 'editor')
    const guest = await openPersonBrowser(browser, server.url)
    await guest.page.goto(invitation)
    await guest.page.getByRole('heading', { name: 'Join CloudEvents' }).waitFor()
    expect(await guest.page.getByText('invites you').innerText()).toContain('Ada Lovelace invites you to this project as an editor')
    const joined = await joinBy(browser, server.url, invitation, 'Grace Hopper')
    expect(new URL(joined.page.url()).pathname).toBe(path)
  })

  it('[PAGE3] says that an invitation is no longer good', async () => {
    const { page } = await openPersonBrowser(browser, server.url)
    await page.goto('/invite/no-such-token')
    await page.getByRole('heading', { name: 'This invitation is no longer good' }).waitFor()
  })
})

describe('writing together', () => {
  it('[PAGE5] shows words, carets with names, and who is here', async () => {
    const { owner } = await ownerInProject('Together')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await writeAtEnd(owner.page, '\nThe gateway must answer within 200 ms.')
    await untilText(editor.page, 'The gateway must answer within 200 ms.')
    await writeAtEnd(editor.page, '\nIt must log every request.')
    await untilText(owner.page, 'It must log every request.')
    await owner.page.locator('.cm-person-name', { hasText: 'Grace Hopper' }).waitFor({ state: 'attached' })
    await editor.page.locator('.cm-person-name', { hasText: 'Ada Lovelace' }).waitFor({ state: 'attached' })
    await owner.page.getByRole('list', { name: 'Who is here' }).getByRole('img', { name: 'Grace Hopper' }).waitFor()
    expect(await textOf(owner.page)).toBe(await textOf(editor.page))

    await editor.context.close()
    await expect.poll(() => owner.page.locator('.cm-person-name').count(), { timeout: 10_000 }).toBe(0)
    await expect.poll(() => owner.page.getByRole('list', { name: 'Who is here' }).count()).toBe(0)
    expect([...owner.faults, ...editor.faults]).toEqual([])
  })

  it("[PAGE9] undoes one's own words only", async () => {
    const { owner } = await ownerInProject('Undo')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await writeAtEnd(owner.page, '\nfirst by Ada')
    await untilText(editor.page, 'first by Ada')
    await writeAtEnd(editor.page, '\nsecond by Grace')
    await untilText(owner.page, 'second by Grace')
    await owner.page.keyboard.press('Control+z')
    await expect.poll(() => textOf(editor.page)).not.toContain('first by Ada')
    expect(await textOf(editor.page)).toContain('second by Grace')
    await owner.page.keyboard.press('Control+Shift+Z')
    await untilText(editor.page, 'first by Ada')
  })

  it('[PAGE10] makes pasted CRLF and lone surrogates clean text, in the same place for both', async () => {
    const { owner, path } = await ownerInProject('Paste')
    const editor = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await editorOf(owner.page).click()
    await owner.page.keyboard.press('Control+End')
    await pasteText(owner.page, '\r\none\r\ntwo \ud83d\rthree')
    await writeAtEnd(owner.page, ' end')
    await untilText(editor.page, 'three end')
    await untilSaved(owner.page)
    const answer = await owner.page.request.get(`/api/projects/${path.slice(3)}/spec`, { headers: { accept: 'text/markdown' } })
    expect(await answer.text()).toMatch(/\none\ntwo \ufffd\nthree end$/)
  })

  it('[PAGE8] lets a viewer read, says why they cannot write and whom to ask, and takes no key', async () => {
    const { owner } = await ownerInProject('Read only')
    const viewer = await joinBy(browser, server.url, await inviteAs(owner.page, 'viewer'), 'Vera Rubin')
    await writeAtEnd(owner.page, '\nreadable')
    await untilText(viewer.page, 'readable')
    expect(await viewer.page.getByText('You can read this spec, not change it').innerText()).toContain('ask Ada Lovelace')
    expect(await viewer.page.getByRole('button', { name: 'Share' }).count()).toBe(0)
    const before = await textOf(viewer.page)
    await editorOf(viewer.page).click()
    await viewer.page.keyboard.type('intruding')
    await pasteText(viewer.page, 'intruding')
    await viewer.page.keyboard.press('Backspace')
    // A word of the owner's after it has come through proves that there was time for the viewer's.
    await writeAtEnd(owner.page, ' still')
    await untilText(viewer.page, 'readable still')
    expect(await textOf(viewer.page)).toBe(before.replace('readable', 'readable still'))
    await owner.page.getByRole('img', { name: 'Vera Rubin, viewer' }).waitFor()
  })
})

describe('a session that ends', () => {
  it('[PAGE13] deletes the copies in this browser at sign-out, and other tabs go to sign-in', async () => {
    const { owner } = await ownerInProject('Secret')
    const copies = () => owner.page.evaluate<string[]>('indexedDB.databases().then((all) => all.map((one) => one.name))')
    await expect.poll(copies).toHaveLength(1)
    // The copy of a document that nobody has open goes too.
    await owner.page.getByRole('link', { name: 'All projects' }).click()
    await createProject(owner.page, 'Second secret')
    await expect.poll(copies).toHaveLength(2)
    const otherTab = await owner.context.newPage()
    await otherTab.goto('/')
    await otherTab.getByRole('listitem').first().waitFor()
    await owner.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
    await owner.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await owner.page.getByLabel('Email').waitFor()
    await otherTab.getByLabel('Email').waitFor()
    await expect.poll(copies).toHaveLength(0)
  })

  it('[PAGE17] gives the unsaved text to copy when the document was rebuilt, and opens it anew', async () => {
    const { owner, path } = await ownerInProject('Rebuilt')
    await writeAtEnd(owner.page, '\nkept words')
    await untilSaved(owner.page)
    const answer = await owner.page.request.post(`/api/projects/${path.slice(3)}/spec/rebuild`, { headers: { origin: server.url } })
    expect(answer.status()).toBe(200)
    await owner.page.getByRole('heading', { name: 'The document was rebuilt' }).waitFor()
    await owner.page.getByRole('button', { name: 'Open the document' }).click()
    await untilText(owner.page, 'kept words')
    expect((await textOf(owner.page)).split('kept words')).toHaveLength(2)
  })
})
