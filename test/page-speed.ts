// Measures how fast the page is there and how fast it moves between views: npm run page:speed; the figures go to docs/page-speed.md.

import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './rigs/browser.ts'
import { longSpec } from './rigs/long-spec.ts'
import { createProject, replaceText, signUpAt, type PagePerson } from './rigs/page-people.ts'
import { startServer } from './rigs/server-process.ts'

const rounds = 11

/** Milliseconds from the start of the navigation to the text of the document, in a browser that has nothing of the page. */
async function coldLoad(browser: Browser, url: string, owner: PagePerson, path: string): Promise<number> {
  const context = await browser.newContext({ baseURL: url, storageState: await owner.context.storageState() })
  try {
    const page = await context.newPage()
    await page.goto(path, { waitUntil: 'commit' })
    return await sinceStart(page, '.md-h1')
  } finally {
    await context.close()
  }
}

/** When the element was there, by the page's own clock, which starts with the navigation. */
function sinceStart(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const look = () => (document.querySelector('${selector}') ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look))
    look()
  })`)
}

/** Milliseconds from a click on `link` to the frame in which `selector` is on the screen. */
function clickUntil(page: Page, link: string, selector: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    document.querySelector('${link}').click()
    const look = () => (document.querySelector('${selector}') ? requestAnimationFrame(() => resolve(performance.now() - began)) : requestAnimationFrame(look))
    look()
  })`)
}

function summary(samples: readonly number[]): string {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
  return `median ${at(0.5)} ms, worst ${at(1)} ms, ${samples.length} times`
}

async function measure(browser: Browser, url: string): Promise<string[]> {
  const owner = await signUpAt(browser, url, 'Ada Lovelace')
  const path = await createProject(owner.page, 'Speed')
  await replaceText(owner.page, longSpec(50_000))
  const cold: number[] = []
  for (let round = 0; round < rounds; round++) cold.push(await coldLoad(browser, url, owner, path))
  const toList: number[] = []
  const toDocument: number[] = []
  for (let round = 0; round < rounds; round++) {
    toList.push(await clickUntil(owner.page, 'header a[href="/"]', `a[href="${path}"]`))
    toDocument.push(await clickUntil(owner.page, `a[href="${path}"]`, '.md-h1'))
  }
  return [
    `cold load of a 50 KB spec, until its text is styled: ${summary(cold)}`,
    `from the document to the list: ${summary(toList)}`,
    `from the list to the document: ${summary(toDocument)}`,
  ]
}

const [server, browser] = await Promise.all([startServer(), launchBrowser()])
try {
  process.stdout.write(`${(await measure(browser, server.url)).join('\n')}\n`)
} finally {
  await browser.close()
  await server.stop()
}
