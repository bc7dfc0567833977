// Every view and state of the page that has a picture: how one gets there, and at which widths it exists.

import type { Page } from 'playwright-core'
import { openPersonBrowser } from './browser.ts'
import { interviewScenes } from './interview-scenes.ts'
import { longSpec } from './long-spec.ts'
import {
  createProject,
  editorOf,
  fillIn,
  inviteAs,
  joinBy,
  openRightPanel,
  recordsInCopies,
  replaceText,
  signUpAt,
  writeAtEnd,
  type PagePerson,
} from './page-people.ts'
import type { Scene, SceneWorld } from './scene.ts'

const sixtyChars = 'Payment gateway for the northern region, second edition, 2027'
const wide = [1440, 900] as const

/** Gives one scene after the other, each ready to be taken. */
export async function* scenes(world: SceneWorld): AsyncGenerator<Scene> {
  yield* signedOut(world)
  const owner = await signUpAt(world.browser, world.server.url, 'Ada Lovelace')
  yield* projects(owner)
  await createProject(owner.page, sixtyChars)
  yield { name: 'document-empty', page: owner.page }
  await replaceText(owner.page, longSpec(50_000))
  const invitation = await inviteAs(owner.page, 'editor')
  const guests = [
    await joinBy(world.browser, world.server.url, invitation, 'Grace Hopper'),
    await joinBy(world.browser, world.server.url, invitation, 'Barbara Liskov'),
  ]
  yield* writing(owner, guests)
  yield* panels(owner.page)
  yield* dialogs(owner.page)
  yield* quality(owner.page)
  yield* interviewScenes(world)
  yield* states(world, owner)
}

async function* signedOut({ browser, server }: SceneWorld): AsyncGenerator<Scene> {
  const { page } = await openPersonBrowser(browser, server.url)
  await page.goto('/sign-in')
  await page.getByLabel('Email').waitFor()
  yield { name: 'sign-in', page }
  await page.goto('/sign-up')
  await fillIn(page, { Name: 'Ada', Email: 'nothing' })
  await page.keyboard.press('Enter')
  await page.getByText('Enter your password.').waitFor()
  yield { name: 'sign-up-errors', page }
}

async function* projects({ page }: PagePerson): AsyncGenerator<Scene> {
  await page.getByText('A project is one spec').waitFor()
  yield { name: 'projects-empty', page }
  for (const name of ['Onboarding', 'Ledger of the cooperative bank', 'Search']) {
    await createProject(page, name)
    await page.getByRole('link', { name: 'All projects' }).click()
  }
  await page.getByRole('listitem').nth(2).waitFor()
  yield { name: 'projects', page }
}

async function* writing(owner: PagePerson, guests: readonly PagePerson[]): AsyncGenerator<Scene> {
  await toTop(owner.page)
  for (const [index, { page }] of guests.entries()) {
    await toTop(page)
    for (let line = 0; line < 8 + index * 3; line++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+End')
  }
  await owner.page.locator('.cm-person-name', { hasText: 'Barbara Liskov' }).waitFor({ state: 'attached' })
  yield { name: 'document', page: owner.page }
  await owner.page.getByRole('list', { name: 'Who is here' }).getByRole('button').first().click()
  await owner.page.getByRole('button', { name: 'Stop' }).waitFor()
  yield { name: 'following', page: owner.page }
  await owner.page.getByRole('button', { name: 'Stop' }).click()
  await toTop(owner.page)
  await owner.page.keyboard.press('Control+f')
  await owner.page.getByLabel('Find', { exact: true }).fill('ledger')
  await owner.page.keyboard.press('Enter')
  await owner.page.getByText(/^1 of /).waitFor()
  yield { name: 'find', page: owner.page }
  await owner.page.keyboard.press('Escape')
  await toTop(owner.page)
}

async function* panels(page: Page): AsyncGenerator<Scene> {
  await openRightPanel(page, 'Reading view')
  await page.getByRole('document').getByRole('heading', { name: 'Payment gateway' }).waitFor()
  yield { name: 'reading', page, widths: wide }
  await page.getByRole('banner').getByRole('button', { name: 'Reading view' }).click()
  for (const [panel, name] of [
    ['Outline', 'outline-sheet'],
    ['Reading view', 'reading-sheet'],
  ] as const) {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('navigation', { name: 'Parts of the project' }).getByRole('button', { name: panel }).click()
    await page.getByRole('dialog', { name: panel }).getByText('Refunds').first().waitFor()
    yield { name, page, widths: [360] }
    await page.setViewportSize({ width: 1440, height: 900 })
    // Wide again, the sheet is gone.
    await page.getByRole('complementary', { name: 'Outline' }).waitFor()
  }
}

async function* dialogs(page: Page): AsyncGenerator<Scene> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Type a command').waitFor()
  await page.getByRole('option', { name: 'Onboarding' }).waitFor()
  yield { name: 'palette', page }
  await page.keyboard.press('Escape')
  await command(page, 'list the keys')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  yield { name: 'keys', page }
  await page.keyboard.press('Escape')
  await command(page, 'preferences')
  await page.getByRole('dialog', { name: 'Preferences' }).waitFor()
  yield { name: 'preferences', page }
  await page.keyboard.press('Escape')
  await command(page, 'project settings')
  await page.getByRole('dialog', { name: 'Project settings' }).waitFor()
  yield { name: 'project-settings', page }
  await page.keyboard.press('Escape')
  const chooser = page.waitForEvent('filechooser')
  await command(page, 'import')
  const text = '# Refunds\n\n- A refund must reach the customer within three days.\n'.repeat(12)
  await (await chooser).setFiles({ name: 'refunds.md', mimeType: 'text/markdown', buffer: Buffer.from(text) })
  await page.getByRole('dialog', { name: 'Import' }).waitFor()
  yield { name: 'import', page }
  await page.keyboard.press('Escape')
  await page.getByRole('banner').getByRole('button', { name: sixtyChars }).click()
  await page.getByRole('menuitem', { name: 'Export as Markdown' }).waitFor()
  yield { name: 'project-menu', page }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  yield { name: 'account-menu', page }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('dialog').waitFor()
  yield { name: 'share', page }
  await page.keyboard.press('Escape')
}

async function* quality(page: Page): AsyncGenerator<Scene> {
  await page.getByRole('link', { name: 'Quality', exact: true }).click()
  await page.getByText('points to be expected in all').first().waitFor()
  await page.getByText('worked on the text').or(page.getByText('created the project')).first().waitFor()
  yield { name: 'quality', page }
  await page.getByRole('heading', { name: 'The ways on, compared' }).scrollIntoViewIfNeeded()
  await page.getByRole('heading', { name: 'Activity' }).scrollIntoViewIfNeeded()
  yield { name: 'quality-ways', page }
  await page.getByRole('button', { name: 'Pass the gate with a reason…' }).click()
  await page.getByLabel('Reason', { exact: true }).fill('The pilot starts on Monday.')
  yield { name: 'quality-override', page }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Adjust figures…' }).click()
  await page.getByRole('spinbutton', { name: 'Goals' }).waitFor()
  yield { name: 'quality-figures', page }
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Spec', exact: true }).click()
}

async function* states({ browser, server }: SceneWorld, owner: PagePerson): AsyncGenerator<Scene> {
  const viewer = await joinBy(browser, server.url, await inviteAs(owner.page, 'viewer'), 'Vera Rubin')
  yield { name: 'read-only', page: viewer.page }
  await owner.page.getByRole('link', { name: 'History' }).click()
  await owner.page
    .getByRole('heading', { name: 'History' })
    .or(owner.page.getByRole('heading', { name: 'Versions' }))
    .first()
    .waitFor()
  yield { name: 'history', page: owner.page }
  await owner.page.goto('/account')
  await owner.page.getByRole('heading', { name: 'Account' }).first().waitFor()
  yield { name: 'account', page: owner.page }
  await owner.page.goto('/nowhere')
  await owner.page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  yield { name: 'not-found', page: owner.page }
  await owner.page.goto('/')
  const path = await createProject(owner.page, 'Offline')
  await replaceText(owner.page, longSpec(2_000))
  await server.kill9()
  await owner.page.getByTestId('save-state').getByText('Offline', { exact: true }).waitFor()
  await writeAtEnd(owner.page, '\nWritten while the server was away.')
  yield { name: 'offline', page: owner.page }
  const before = await recordsInCopies(owner.page)
  await writeAtEnd(owner.page, '\nkept')
  while ((await recordsInCopies(owner.page)) < before + '\nkept'.length) await owner.page.waitForTimeout(50)
  await owner.page.close()
  await server.restart()
  await owner.context.request.post(`/api/projects/${path.slice(3)}/spec/rebuild`, { headers: { origin: server.url } })
  const page = await owner.context.newPage()
  await page.goto(path)
  await page.getByRole('heading', { name: 'The document was rebuilt' }).waitFor()
  yield { name: 'rebuilt', page }
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Type a command').fill(words)
  await page.keyboard.press('Enter')
}

async function toTop(page: Page): Promise<void> {
  await editorOf(page).click()
  await page.keyboard.press('Control+Home')
}
