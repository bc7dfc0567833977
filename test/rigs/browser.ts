// A real Chromium for system tests: the one from npm on Linux x64, else one found on the machine.

import { existsSync } from 'node:fs'
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type Response as PageResponse,
} from 'playwright-core'
import chromium from '@sparticuz/chromium'
import { checkAnswer } from './api-contract.ts'

const onTheMachine = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** It opens nothing but what a test tells it to, and talks to nobody by itself. */
const quietArgs = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--hide-scrollbars',
]

/** Launches Chromium; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0
  return playwright.launch({
    executablePath: await findChromium(),
    args: isRoot ? [...quietArgs, '--no-sandbox'] : quietArgs,
    headless: true,
  })
}

async function findChromium(): Promise<string> {
  if (process.platform === 'linux' && process.arch === 'x64') return chromium.executablePath()
  const found = onTheMachine.find((path) => existsSync(path))
  if (!found) throw new Error('no Chromium on this machine: install one, or run the browser tests on Linux x64')
  return found
}

/** A person's browser: a context of its own with one page, and what its console said that it should not have. */
export interface PersonBrowser {
  context: BrowserContext
  page: Page
  /** Errors of scripts, and everything a content security policy blocked. */
  faults: string[]
}

/** Opens a fresh browser profile on `baseURL`. */
export async function openPersonBrowser(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<PersonBrowser> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, ...options })
  context.on('response', (response) => void holdToContract(response))
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (/content security policy|refused to (?:load|apply|execute|connect)/i.test(message.text())) faults.push(message.text())
  })
  return { context, page, faults }
}

/** What the page is answered is held against the API's description too. */
async function holdToContract(response: PageResponse): Promise<void> {
  const { origin, pathname } = new URL(response.url())
  const type = response.headers()['content-type'] ?? ''
  const isJson = /json/.test(type)
  // The body is gone when the page has left meanwhile.
  const body = isJson ? await response.body().catch(() => null) : null
  if (isJson && body === null) return
  const seen = new Response(body === null ? null : new Uint8Array(body), {
    status: response.status(),
    headers: type === '' ? {} : { 'content-type': type },
  })
  checkAnswer(origin, { method: response.request().method(), path: pathname, response: seen }, () => fetch(`${origin}/api/openapi.json`))
}
