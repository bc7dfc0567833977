// One's account by the page: name, password, sessions, tokens, a forgotten password, and the end of it; in a real browser.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPersonBrowser } from './rigs/browser.ts'
import { nextResetTokenFor, openMailBox, type MailBox } from './rigs/mail-box.ts'
import { createProject, fillIn, inviteAs, joinBy, pagePassword, signUpAt } from './rigs/page-people.ts'
import { expectGoodView } from './rigs/good-view.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let database: FreshDatabase
let box: MailBox
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  ;[database, box, browser] = await Promise.all([freshDatabase(), openMailBox(), launchBrowser()])
  server = await startServer({ env: { DATABASE_URL: database.url, SMTP_URL: box.url } })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await box.close()
  await database.drop()
})

const newPassword = 'a quite different phrase'

describe('the account page', () => {
  it('[ACC12] changes name and password, with what is wrong beside its field', async () => {
    const { page, faults, email } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
    await page.getByRole('menuitem', { name: 'Account' }).click()
    await page.getByRole('heading', { name: 'Account', exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/account')
    await page.getByLabel('Name', { exact: true }).fill('Ada King')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Account of Ada King' }).waitFor()

    await fillIn(page, { 'Current password': 'not my password', 'New password': 'short' })
    await page.keyboard.press('Enter')
    await page.getByText('Use 8 characters or more.').waitFor()
    await page.getByLabel('New password', { exact: true }).fill(newPassword)
    await page.keyboard.press('Enter')
    await page.getByText('This is not your password.').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement?.getAttribute("name")')).toBe('currentPassword')
    await expectGoodView(page, 'the account with a fault')
    await page.getByLabel('Current password', { exact: true }).fill(pagePassword)
    await page.keyboard.press('Enter')
    await page.getByText('Your password was changed').waitFor()

    const other = await openPersonBrowser(browser, server.url)
    await other.page.goto('/sign-in?to=%2Faccount')
    await fillIn(other.page, { Email: email, Password: newPassword })
    await other.page.keyboard.press('Enter')
    await other.page.getByRole('heading', { name: 'Sessions' }).waitFor()
    expect([...faults, ...other.faults]).toEqual([])
  })

  it('[ACC12] lists sessions and ends another one, whose page is signed out', async () => {
    const { page, email, faults } = await signUpAt(browser, server.url, 'Grace Hopper')
    const other = await openPersonBrowser(browser, server.url, {
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0',
    })
    await other.page.goto('/sign-in?to=%2Faccount')
    await fillIn(other.page, { Email: email, Password: pagePassword })
    await other.page.keyboard.press('Enter')
    await other.page.getByText('This browser, now').waitFor()
    await page.goto('/account')
    await page.getByText('Firefox on Windows').waitFor()
    await expectGoodView(page, 'two sessions')
    await page.getByRole('button', { name: 'Sign out Firefox on Windows' }).click()
    await expect.poll(() => page.getByText('Firefox on Windows').count()).toBe(0)
    await other.page.reload()
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(faults).toEqual([])
  })

  it('[ACC12] makes an API token that is shown once, and deletes it', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Alan Turing')
    await createProject(page, 'Machine')
    await page.goto('/account')
    await page.getByRole('button', { name: 'New API token' }).click()
    await page.keyboard.press('Enter')
    await page.getByText('Say what it is for.').waitFor()
    await page.getByLabel('What it is for').fill('Nightly export')
    await page.getByLabel('In some of them').check()
    await page.getByRole('checkbox', { name: 'Machine' }).check()
    await expectGoodView(page, 'a new token')
    await page.getByRole('button', { name: 'Make the token' }).click()
    const token = await page.getByLabel('The token').inputValue()
    expect(token).toMatch(/^elx_/)
    await page.getByText('Reads, in 1 project.').waitFor()
    await expectGoodView(page, 'a token that was made')
    const answer = await fetch(`${server.url}/api/projects`, { headers: { authorization: `Bearer ${token}` } })
    expect(await answer.json()).toMatchObject({ items: [{ name: 'Machine', role: 'viewer' }] })
    await page.getByRole('button', { name: 'Done' }).click()
    expect(await page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Delete Nightly export' }).click()
    await expectGoodView(page, 'deleting a token')
    await page.getByRole('button', { name: 'Delete the token' }).click()
    await page.getByText('You have none.').waitFor()
    expect((await fetch(`${server.url}/api/projects`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    expect(faults).toEqual([])
  })

  it('[ACC12] says what deleting the account needs and does, and does it', async () => {
    const owner = await signUpAt(browser, server.url, 'Emmy Noether')
    const { page } = owner
    await createProject(page, 'Rings')
    const member = await joinBy(browser, server.url, await inviteAs(page, 'editor'), 'Olga Taussky')
    await page.goto('/account')
    await page.getByRole('button', { name: 'Delete my account…' }).click()
    await page.getByText('You are the only owner of a project').waitFor()
    await expectGoodView(page, 'an account that is needed')
    await member.page.goto('/account')
    await member.page.getByRole('button', { name: 'Delete my account…' }).click()
    await member.page.getByText('stays, as written by a former member').waitFor()
    await member.page.keyboard.press('Enter')
    await member.page.getByText('Enter your password.').waitFor()
    await expectGoodView(member.page, 'an account that may go')
    await member.page.getByLabel('Your password').fill(pagePassword)
    await member.page.keyboard.press('Enter')
    await member.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByRole('button', { name: 'Keep my account' }).click()
    await page.getByRole('button', { name: 'Delete my account…' }).click()
    await page.getByText('Nobody else is in this project').waitFor()
    expect([...owner.faults, ...member.faults]).toEqual([])
  })
})

describe('a forgotten password', () => {
  it('[ACC12] is set anew by a link that came by mail', async () => {
    const { email } = await signUpAt(browser, server.url, 'Sofia Kovalevskaya')
    const { page, faults } = await openPersonBrowser(browser, server.url)
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot password?' }).click()
    await page.getByLabel('Email').fill(email)
    await expectGoodView(page, 'forgot password')
    await page.keyboard.press('Enter')
    await page.getByText('a link is on its way').waitFor()
    await page.goto(`/reset/${await nextResetTokenFor(box, email)}`)
    await page.getByText(email).first().waitFor()
    await expectGoodView(page, 'a new password')
    await page.getByLabel('New password', { exact: true }).fill(newPassword)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    await expectGoodView(page, 'a password that is set')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await fillIn(page, { Email: email, Password: newPassword })
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Account of Sofia Kovalevskaya' }).waitFor()
    await page.goto('/reset/used-or-never-was')
    await page.getByRole('heading', { name: 'This link is no longer good' }).waitFor()
    await expectGoodView(page, 'a link that is no longer good')
    expect(faults).toEqual([])
  })

  it('[ACC12] is set anew by a link that an owner made, which says who made it', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Byron')
    await createProject(owner.page, 'Engines')
    const member = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Charles Babbage')
    await owner.page.getByRole('button', { name: 'Share' }).click()
    await owner.page.getByRole('button', { name: 'More about Charles Babbage' }).click()
    await owner.page.getByRole('menuitem', { name: 'Link for a new password…' }).click()
    await owner.page.getByRole('button', { name: 'Make the link' }).click()
    const url = await owner.page.getByLabel('Link for Charles Babbage').inputValue()
    await expectGoodView(owner.page, "an owner's link")
    await member.page.goto(new URL(url).pathname)
    await member.page.getByText('by a link that Ada Byron made').waitFor()
    await member.page.getByLabel('New password', { exact: true }).fill(newPassword)
    await member.page.keyboard.press('Enter')
    await member.page.getByRole('link', { name: 'Sign in' }).click()
    await fillIn(member.page, { Email: member.email, Password: newPassword })
    await member.page.keyboard.press('Enter')
    await member.page.getByRole('button', { name: 'Account of Charles Babbage' }).waitFor()
    await member.page.goto('/account')
    await member.page.getByText('made by Ada Byron').waitFor()
    expect([...owner.faults, ...member.faults]).toEqual([])
  })
})
