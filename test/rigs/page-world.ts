// A server with a database of its own and a browser, for a file of page tests: there before its first test, gone after its last.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchBrowser } from './browser.ts'
import { createProject, inviteAs, joinBy, replaceText, signUpAt, type PagePerson } from './page-people.ts'
import { freshDatabase, type FreshDatabase } from './private-postgres.ts'
import { startServer, type ServerProcess } from './server-process.ts'

/** What a file of page tests has. */
export interface PageWorld {
  readonly browser: Browser
  readonly server: ServerProcess
  /** Ada with a project that holds `text`; and Grace in it too, when she is wanted. */
  open(text: string): Promise<{ ada: PagePerson; path: string }>
  openForTwo(text: string): Promise<{ ada: PagePerson; grace: PagePerson; path: string }>
}

/** Call it at the top of the file. Each test's browser profiles are closed after it. */
export function pageWorld(): PageWorld {
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
  const open = async (text: string) => {
    const ada = await signUpAt(browser, server.url, 'Ada Lovelace')
    const path = await createProject(ada.page, 'Kiln')
    if (text !== '') await replaceText(ada.page, text)
    return { ada, path }
  }
  return {
    get browser() {
      return browser
    },
    get server() {
      return server
    },
    open,
    async openForTwo(text) {
      const { ada, path } = await open(text)
      return { ada, path, grace: await joinBy(browser, server.url, await inviteAs(ada.page, 'editor'), 'Grace Hopper') }
    },
  }
}
