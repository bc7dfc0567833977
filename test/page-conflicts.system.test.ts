// Conflicts on the page, in a real browser: one person types a contradiction, the other sees it and decides.

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
