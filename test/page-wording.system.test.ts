// Unclear wording on the page, in a real browser: marked as anyone types, explained, mended by an offer, switched off.

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectGoodView } from './rigs/good-view.ts'
import { editorOf, textOf, untilSaved, untilText, writeAtEnd } from './rigs/page-people.ts'
import { pageWorld } from './rigs/page-world.ts'

const world = pageWorld()

const spec = `# Kiln

## Performance

- The search must be fast.
- The server shall answer quickly if the disk is full.

`

const marked = (page: Page) => page.locator('.wording').allTextContents()

it('[PAGE45] marks unclear words as they are typed by anyone, says what would fix them, and is switched off for good', async () => {
  const { ada, grace, path } = await world.openForTwo(spec)
  const { page } = ada
  await expect.poll(() => marked(page)).toContain('fast')
  await writeAtEnd(grace.page, '- Reports are sent as needed')
  await expect.poll(() => marked(page)).toContain('as needed')
  await page.locator('.wording', { hasText: 'fast' }).hover()
  const hint = page.locator('.cm-tooltip')
  await hint.getByText('Give a number with its unit.').waitFor()
  await expectGoodView(page, 'a wording hint', [1440, 360])
  // Mended, it is marked no more; the others stay.
  await editorOf(page).click()
  await page.locator('.cm-line', { hasText: 'must be fast' }).click()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type(': under 200 ms')
  await expect.poll(() => marked(page)).not.toContain('fast')
  expect(await marked(page)).toContain('as needed')
  // By the keyboard.
  await page.keyboard.press('F8')
  await hint.getByRole('button', { name: 'Write it so' }).waitFor()
  await command(page, 'hide the marks of unclear wording')
  await expect.poll(() => page.locator('.wording').count()).toBe(0)
  await page.goto(path)
  await untilSaved(page)
  await untilText(page, 'as needed')
  await page.locator('.item-line').first().waitFor()
  expect(await page.locator('.wording').count()).toBe(0)
  expect(await marked(grace.page)).toContain('as needed')
  await command(page, 'mark unclear wording')
  await expect.poll(() => marked(page)).toContain('as needed')
})

it('[PAGE45] offers the pattern that is nearly there, and begins a requirement with each of the five', async () => {
  const { ada, grace } = await world.openForTwo(spec)
  const { page } = ada
  await page.locator('.wording', { hasText: 'quickly' }).hover()
  // What others type above moves the place of the offer.
  await grace.page.locator('.cm-line', { hasText: '# Kiln' }).first().click()
  await grace.page.keyboard.press('End')
  await grace.page.keyboard.type(' and furnace')
  await untilText(page, 'Kiln and furnace')
  await page.locator('.cm-tooltip').getByRole('button', { name: 'Write it so' }).click()
  await untilText(grace.page, '- If the disk is full, then the server shall answer quickly.')
  await page.keyboard.press('Control+z')
  await untilText(grace.page, '- The server shall answer quickly if the disk is full.')
  await editorOf(page).click()
  await page.keyboard.press('Control+End')
  await command(page, 'While: While')
  await untilText(page, '- While …, the … shall ….')
  await expect.poll(() => page.evaluate('document.activeElement.className')).toContain('cm-content')
  await page.keyboard.type('the door is open')
  await untilText(grace.page, '- While the door is open, the … shall ….')
  expect(await textOf(page)).not.toContain('- - ')
  for (const name of ['Ubiquitous', 'When', 'Where', 'If-then']) {
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Type a command').fill(`${name}: `)
    await page.getByRole('option', { name: `${name}: ` }).waitFor()
    await page.keyboard.press('Escape')
  }
})

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Type a command').fill(words)
  await page.keyboard.press('Enter')
}
