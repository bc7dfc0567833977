// Conflicts on the page, in a real browser: one person types a contradiction, the other sees it and decides.

import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectGoodView } from './rigs/good-view.ts'
import { editorOf, textOf, untilText, writeAtEnd } from './rigs/page-people.ts'
import { pageWorld } from './rigs/page-world.ts'

const world = pageWorld()

const spec = `# Kiln

## Security

- The session must expire after 15 minutes
`

it('[PAGE37] shows everyone what clashes, with the reason, and a merge is one step of undo', async () => {
  const { ada, grace } = await world.openForTwo(spec)
  await writeAtEnd(grace.page, '- The session must expire after 60 minutes')
  for (const { page } of [ada, grace]) await expect.poll(() => page.locator('.clash').count(), { timeout: 15_000 }).toBeGreaterThan(1)
  const { page } = ada
  await editorOf(page).blur()
  await page.keyboard.press('n')
  await expect.poll(() => page.locator('.cm-activeLine').textContent()).toContain('The session must expire')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Type a command').fill('resolve conflicts')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Conflicts' })
  await panel.getByRole('button', { name: 'Resolve…' }).first().click()
  await panel.getByText('One text for both').click()
  await panel.getByLabel('The text in place of all').fill('The session must expire after 30 minutes')
  await expectGoodView(page, 'conflicts', [1440])
  await panel.getByRole('button', { name: 'Decide' }).click()
  await panel.getByText('Nothing clashes.').waitFor()
  const merged = spec.replace('15', '30').trimEnd()
  for (const person of [ada, grace]) await expect.poll(() => textOf(person.page)).toBe(merged)
  await expect.poll(() => grace.page.locator('.clash').count()).toBe(0)
  await editorOf(page).click()
  await page.keyboard.press('Control+z')
  await untilText(grace.page, 'after 60 minutes')
  await expect.poll(() => grace.page.locator('.clash').count(), { timeout: 15_000 }).toBeGreaterThan(1)
})

it('[PAGE38] counts what is open in header and title, and tells only those who did not raise it', async () => {
  const { ada, grace, path } = await world.openForTwo(spec)
  const repeated = '- The session must expire after 15 minutes\n'
  await writeAtEnd(grace.page, repeated)
  for (const { page } of [ada, grace]) await page.locator('.clash-redundancy').first().waitFor()
  for (const { page } of [ada, grace]) {
    expect(await page.title()).toBe('Kiln · Elenchus')
    expect(await countOf(page).count()).toBe(0)
  }
  await writeAtEnd(grace.page, '- The audit log must be kept for 90 days\n')
  await writeAtEnd(ada.page, '- The audit log must be kept for 30 days')
  const news = (page: Page) => page.getByText('New conflict: SPEC-')
  await news(grace.page).waitFor()
  for (const { page } of [ada, grace]) {
    await expect.poll(() => page.title()).toBe('(1) Kiln · Elenchus')
    await countOf(page).getByText('1').waitFor()
  }
  expect(await news(ada.page).count()).toBe(0)
  await grace.page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect.poll(() => grace.page.locator('.cm-activeLine').textContent()).toContain('The audit log must be kept for')
  // Who comes later is told by the count alone; from another view it leads to the panel.
  const late = await ada.context.newPage()
  await late.goto(`${path}/items`)
  await expect.poll(() => late.title()).toBe('(1) Items · Kiln · Elenchus')
  await countOf(late).click()
  await late.getByRole('region', { name: 'Conflicts' }).getByText('audit log').first().waitFor()
  expect(await news(late).count()).toBe(0)
  // Beside the bar of a narrow screen nothing lies over anything.
  await ada.page.setViewportSize({ width: 360, height: 740 })
  await expectGoodView(ada.page, 'a count', [1440, 900, 360])
})

const countOf = (page: Page): Locator => page.getByRole('banner').getByRole('link', { name: /open conflict/ })
