// A picture of the page: which view or state it shows, and what it is taken in.

import type { Browser, Page } from 'playwright-core'
import type { ServerProcess } from './server-process.ts'

/** A view as it is now in `page`; `widths` where it does not exist at all of them. */
export interface Scene {
  name: string
  page: Page
  widths?: readonly number[]
}

export interface SceneWorld {
  browser: Browser
  server: ServerProcess
}
