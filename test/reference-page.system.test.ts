// The reference page of the API in a real browser: whole, readable, and with nothing from elsewhere.

import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiDocument } from './rigs/api-contract.ts'
import { launchBrowser, openPersonBrowser } from './rigs/browser.ts'
import { freshDatabase, type FreshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let database: FreshDatabase
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase()
  ;[server, browser] = await Promise.all([startServer({ env: { DATABASE_URL: database.url } }), launchBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

describe('/api/docs', () => {
  it('[API7] shows every operation, with a command to try it and its answers, without a script and without another host', async () => {
    const { page, faults } = await openPersonBrowser(browser, server.url)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const answer = await page.goto('/api/docs')
    expect(answer?.headers()['content-security-policy']).toMatch(/^default-src 'none'; style-src 'nonce-[\w-]+';/)
    expect(new Set(asked)).toEqual(new Set(['/api/docs']))
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as ApiDocument
    for (const operations of Object.values(document.paths)) {
      for (const { operationId = '', responses } of Object.values(operations)) {
        const section = page.locator(`#${operationId}`)
        expect(await section.locator('pre').textContent(), operationId).toMatch(/^curl /)
        expect(await section.locator('dt').allTextContents(), operationId).toEqual(Object.keys(responses))
      }
    }
    await page.getByRole('navigation').getByRole('link', { name: 'PUT /projects/{projectId}/spec' }).click()
    await expect
      .poll(() =>
        page
          .locator('#putProjectsProjectIdSpec')
          .boundingBox()
          .then((box) => box && box.y < 200),
      )
      .toBe(true)
    expect(faults).toEqual([])
  })

  it.each(['light', 'dark'] as const)('[API7] is accessible in %s and fits a narrow screen', async (colorScheme) => {
    const { page } = await openPersonBrowser(browser, server.url, { colorScheme, viewport: { width: 360, height: 700 }, bypassCSP: true })
    await page.goto('/api/docs')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run({ resultTypes: ["violations"] })',
    )
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })
})
