// The reading view and following: what is rendered, what is never run, and who scrolls whom; in real browsers against the whole server.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './rigs/browser.ts'
import {
  createProject,
  editorOf,
  inviteAs,
  joinBy,
  openRightPanel,
  pasteText,
  replaceText,
  signUpAt,
  textOf,
  untilText,
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

const sections = Array.from({ length: 12 }, (_, index) => `Section ${index + 1}`)
const longSpec = sections.map((title) => `## ${title}\n\n${`- A rule of ${title.toLowerCase()}.\n`.repeat(25)}`).join('\n')

const readingOf = (page: Page) => page.getByRole('document', { name: 'The spec as it reads' })

/** Every one of these has run a script, loaded something or led elsewhere in some Markdown renderer. */
const hostile = [
  '<script>window.hit = 1</script>',
  '<img src="/x" onerror="window.hit = 2">',
  '<svg onload="window.hit = 3"><a xlink:href="javascript:window.hit=4">x</a></svg>',
  '<iframe srcdoc="<script>parent.hit = 5</script>"></iframe>',
  '<style>* { display: none }</style><base href="https://evil.example/"><form action="/api/auth/sign-out"><button>x</button></form>',
  '[a](javascript:window.hit=6) [b](JaVaScRiPt:window.hit=7) [c](data:text/html,<script>parent.hit=8</script>) [d](vbscript:x)',
  '[e](<java\u0000script:window.hit=9>) [f](&#106;avascript:window.hit=10) [g](//evil.example/x) [h](/api/auth/sign-out)',
  '![i](javascript:window.hit=11) ![j](https://evil.example/pixel.png "onload=window.hit=12")',
  '<a href="javascript:window.hit=13" name="__proto__" id="root">k</a>',
  '| <img src=x onerror=window.hit=14> |\n| - |\n| `<script>window.hit=15</script>` |',
  '```"><script>window.hit=16</script>\ncode\n```',
  '[l]: javascript:window.hit=17\n\n[l] and <javascript:window.hit=18>',
].join('\n\n')

describe('the reading view', () => {
  it('[PAGE31] renders the text, follows what is typed, and leads to headings', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(page, 'Reading')
    await replaceText(page, `# Gateway\n\nSee [the limits](#limits) and **be brief**.\n\n${'- filler\n'.repeat(80)}\n## Limits\n\nend\n`)
    await openRightPanel(page, 'Reading view')
    const reading = readingOf(page)
    await reading.getByRole('heading', { name: 'Gateway', level: 1 }).waitFor()
    expect(await reading.locator('strong').textContent()).toBe('be brief')
    await editorOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('New ')
    await page.keyboard.press('Control+Home')
    await reading.getByText('New # Gateway').waitFor()
    const path = new URL(page.url()).pathname
    await reading.getByRole('link', { name: 'the limits' }).click()
    await expect.poll(() => inSight(reading.getByRole('heading', { name: 'Limits' }), page)).toBe(true)
    expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe(path)
  })

  it('[PAGE31] scrolls with the text, and the text with it', async () => {
    const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(page, 'Scrolling')
    await replaceText(page, longSpec)
    await openRightPanel(page, 'Reading view')
    const heading = (title: string) => readingOf(page).getByRole('heading', { name: title, exact: true })
    await page.getByRole('complementary', { name: 'Outline' }).getByRole('button', { name: 'Section 7' }).click()
    await expect.poll(() => inSight(heading('Section 7'), page)).toBe(true)
    await readingOf(page).hover()
    await page.mouse.wheel(0, -20_000)
    await expect.poll(() => inSight(page.locator('.cm-line', { hasText: '## Section 1' }).first(), page)).toBe(true)
  })

  it('[PAGE32] runs, loads and leads to nothing that a spec says', async () => {
    const { page, faults } = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(page, 'Hostile')
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('blob:')) foreign.push(request.url())
    })
    await openRightPanel(page, 'Reading view')
    await replaceText(page, hostile)
    await readingOf(page).getByText('window.hit = 1').first().waitFor()
    const found = await readingOf(page).evaluate((view) => ({
      elements: [...new Set([...view.querySelectorAll('*')].map((element) => element.tagName))],
      links: [...view.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')),
      handlers: [...view.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((name: string) => /^(?:on|style|src|id|name)/.test(name)),
      ),
      unsafeTargets: [...view.querySelectorAll('a[target]')].filter((link) => link.getAttribute('rel') !== 'noopener noreferrer').length,
    }))
    for (const tag of ['SCRIPT', 'IMG', 'SVG', 'IFRAME', 'STYLE', 'BASE', 'FORM', 'BUTTON', 'INPUT', 'OBJECT', 'EMBED'])
      expect(found.elements).not.toContain(tag)
    expect(found.links.filter((href) => !/^(?:https?:\/\/|mailto:|#)/.test(href ?? ''))).toEqual([])
    expect(found.handlers).toEqual([])
    expect(found.unsafeTargets).toBe(0)
    for (const word of ['a', 'b', 'c', 'f']) await readingOf(page).getByText(word, { exact: true }).first().click()
    expect(await page.evaluate('window.hit')).toBeUndefined()
    expect(foreign).toEqual([])
    expect(faults).toEqual([])
  })
})

describe('following', () => {
  it('[PAGE33] goes where the other is, and stops with one’s own scrolling', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Following')
    await replaceText(owner.page, longSpec)
    const guest = await joinBy(browser, server.url, await inviteAs(owner.page, 'editor'), 'Grace Hopper')
    await untilText(guest.page, '## Section 1')
    await guest.page.getByRole('list', { name: 'Who is here' }).getByRole('button').click()
    await guest.page.getByText('Following Ada Lovelace').last().waitFor()
    const jump = (title: string) => owner.page.getByRole('complementary', { name: 'Outline' }).getByRole('button', { name: title }).click()
    await jump('Section 9')
    await expect.poll(() => inSight(guest.page.locator('.cm-line', { hasText: '## Section 9' }), guest.page)).toBe(true)
    await jump('Section 4')
    await expect.poll(() => inSight(guest.page.locator('.cm-line', { hasText: '## Section 4' }), guest.page)).toBe(true)

    await editorOf(guest.page).hover()
    await guest.page.mouse.wheel(0, 100)
    await expect.poll(() => guest.page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    await jump('Section 11')
    // A word of the owner's proves that the jump before it has come through.
    await owner.page.keyboard.type('x')
    await guest.page
      .getByRole('complementary', { name: 'Outline' })
      .getByRole('button', { name: 'x## Section 11' })
      .waitFor({ state: 'detached' })
    expect(await inSight(guest.page.locator('.cm-line', { hasText: '## Section 4' }), guest.page)).toBe(true)
  })

  it('[PAGE33] keeps those for whom there is no room behind a number', async () => {
    const owner = await signUpAt(browser, server.url, 'Ada Lovelace')
    await createProject(owner.page, 'Crowd')
    await pasteText(owner.page, 'text')
    const link = await inviteAs(owner.page, 'editor')
    await joinBy(browser, server.url, link, 'Grace Hopper')
    await joinBy(browser, server.url, link, 'Barbara Liskov')
    await owner.page.setViewportSize({ width: 500, height: 800 })
    await owner.page.getByRole('button', { name: /^1 more: / }).click()
    const rest = owner.page.getByRole('menuitem')
    const name = await rest.innerText()
    await rest.click()
    await owner.page.getByText(`Following ${name.trim()}`).last().waitFor()
    expect(await textOf(owner.page)).toContain('text')
  })
})

async function inSight(locator: ReturnType<Page['locator']>, page: Page): Promise<boolean> {
  const box = await locator.boundingBox({ timeout: 1_000 }).catch(() => null)
  const height = page.viewportSize()?.height ?? 0
  return box !== null && box.y >= 40 && box.y < height - 20
}
