// Items on the page, in a real browser: their numbers beside the text, the view that lists them, and the ways between.

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectGoodView } from './rigs/good-view.ts'
import { editorOf, openRightPanel, textOf, untilText, writeAtEnd } from './rigs/page-people.ts'
import { pageWorld } from './rigs/page-world.ts'

const world = pageWorld()

const spec = `# Kiln

## Goals

- Orders arrive within 2 days
- Potters see each firing

## Security

- The gateway must reject expired cards, see SPEC-1
`

const toItems = (page: Page) => page.getByRole('link', { name: 'Items', exact: true }).click()
const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
/** The numbers beside the text, each with the words of its line. */
const numbered = (page: Page) =>
  page.locator('.item-line').evaluateAll((lines) =>
    lines.map((line) => {
      const words = line.cloneNode(true)
      for (const caret of words.querySelectorAll('.cm-person-caret')) caret.remove()
      return `${line.getAttribute('data-item')} ${words.textContent}`
    }),
  )

describe('numbers of items', () => {
  it('[PAGE36] stand beside their lines for everyone, stay with them, and are no part of the text', async () => {
    const { ada, grace } = await world.openForTwo(spec)
    const three = [
      '1 - Orders arrive within 2 days',
      '2 - Potters see each firing',
      '3 - The gateway must reject expired cards, see SPEC-1',
    ]
    await expect.poll(() => numbered(grace.page)).toEqual(three)
    await editorOf(ada.page).click()
    await ada.page.keyboard.press('Control+Home')
    const top = await editorOf(ada.page).locator('.item-line').first().boundingBox()
    await ada.page.keyboard.type('First\n')
    // A line that comes and goes again before anyone has looked keeps its number.
    await ada.page.getByText('Potters see each firing').click()
    await ada.page.keyboard.press('Home')
    await ada.page.keyboard.press('Shift+End')
    await ada.page.keyboard.press('Delete')
    await ada.page.keyboard.press('Control+z')
    for (const { page } of [ada, grace]) await expect.poll(() => numbered(page)).toEqual(three)
    expect((await editorOf(ada.page).locator('.item-line').first().boundingBox())?.x).toBe(top?.x)
    await writeAtEnd(grace.page, '- Cards are never stored')
    for (const { page } of [ada, grace]) await expect.poll(() => numbered(page)).toEqual([...three, '4 - Cards are never stored'])
    expect(await textOf(ada.page)).toBe(`${spec}- Cards are never stored`)
  })

  it('[PAGE36] are ways to the item from the text and from the reading view, also when it is not in the text any more', async () => {
    const { ada, path } = await world.open(spec)
    const { page } = ada
    await expect.poll(() => numbered(page)).toHaveLength(3)
    await page.locator('.item-ref').click({ modifiers: ['Control'] })
    await expect.poll(() => page.locator('.cm-activeLine').textContent()).toBe('- Orders arrive within 2 days')
    await openRightPanel(page, 'Reading view')
    await page.keyboard.press('Control+Home')
    await page.getByRole('link', { name: 'SPEC-1' }).click()
    await expect.poll(() => page.locator('.cm-activeLine').textContent()).toBe('- Orders arrive within 2 days')
    await editorOf(page).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('All gone, see SPEC-2.')
    await expect.poll(() => numbered(page)).toEqual([])
    // Until the server has seen that it is gone, the link leads to where it was.
    const follow = async () => {
      await page
        .locator('.item-ref')
        .click({ modifiers: ['Control'], timeout: 1_000 })
        .catch(() => undefined)
      return page.url()
    }
    await expect.poll(follow, { timeout: 10_000 }).toContain(`${path}/items?status=superseded&q=SPEC-2`)
    await row(page, 'Potters see each firing').waitFor()
  })
})

describe('the items view', () => {
  it('[PAGE35] lists what everyone writes, and is filtered and ordered by its address', async () => {
    const { ada, grace, path } = await world.openForTwo(spec)
    await toItems(ada.page)
    await row(ada.page, 'Orders arrive').waitFor()
    await writeAtEnd(grace.page, '- Cards are never stored')
    await row(ada.page, 'Cards are never stored').waitFor()
    expect(await ada.page.getByRole('status').filter({ hasText: 'items' }).textContent()).toBe('4 items')
    await ada.page.getByLabel('Category', { exact: true }).selectOption('security')
    await ada.page.getByLabel('Find items').fill('stored')
    await ada.page.getByText('1 of 4 items').waitFor()
    expect(new URL(ada.page.url()).search).toBe('?category=security&q=stored')
    await ada.page.reload()
    await ada.page.getByText('1 of 4 items').waitFor()
    await ada.page.goto(`${path}/items?q=nothing+like+it`)
    await ada.page.getByText('No item is like this.').waitFor()
    expect(ada.faults).toEqual([])
  })

  it('[PAGE35] adds, edits and takes out items in the live text, by the keyboard, and takes back what was taken out', async () => {
    const { ada, grace } = await world.openForTwo(spec)
    const { page } = ada
    await toItems(page)
    await page.getByLabel('Text of the new item').fill('Cards are never stored')
    await page.getByLabel('Category of the new item').selectOption('security')
    await page.getByLabel('Text of the new item').press('Enter')
    await row(page, 'Cards are never stored').waitFor()
    await untilText(grace.page, 'expired cards, see SPEC-1\n- Cards are never stored')
    await page.getByRole('heading', { name: 'Goals' }).click()
    for (const key of ['j', 'j', 'e']) await page.keyboard.press(key)
    await page.getByLabel('Text of SPEC-2').fill('Potters see each glaze')
    await page.keyboard.press('Enter')
    await untilText(grace.page, '- Potters see each glaze')
    await row(page, 'Potters see each glaze').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toContain('SPEC-2')
    await page.keyboard.press('Delete')
    await expect.poll(() => textOf(grace.page)).not.toContain('Potters')
    await page.getByRole('button', { name: 'Undo' }).click()
    await untilText(grace.page, '- Potters see each glaze')
    await row(page, 'Potters see each glaze').waitFor()
    await row(page, 'Orders arrive').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.cm-activeLine').textContent()).toBe('- Orders arrive within 2 days')
  })

  it('[PAGE12] is good at every width and in both themes: full, empty, and of what has left the text', async () => {
    const { ada, path } = await world.open('')
    await toItems(ada.page)
    await ada.page.getByText('There are no items yet').waitFor()
    await expectGoodView(ada.page, 'items, empty', [1440, 360])
    await ada.page.getByLabel('Text of the new item').fill('Cards are never stored')
    await ada.page.getByLabel('Text of the new item').press('Enter')
    await row(ada.page, 'Cards are never stored').waitFor()
    await expectGoodView(ada.page, 'items')
    await ada.page.getByRole('button', { name: /^Remove/ }).click()
    await ada.page.goto(`${path}/items?status=superseded`)
    await row(ada.page, 'Cards are never stored').waitFor()
    await expectGoodView(ada.page, 'superseded items', [360])
  })
})

it('[PAGE46] tells those who edit one item at once of each other, with the way to it', async () => {
  const { ada, grace } = await world.openForTwo(spec)
  for (const { page } of [ada, grace]) await page.locator('.item-line').nth(2).waitFor()
  for (const { page } of [ada, grace]) {
    await page.locator('.cm-line', { hasText: 'Potters see' }).click()
    await page.keyboard.press('End')
  }
  await Promise.all([ada.page.keyboard.type(' and its heat'), grace.page.keyboard.type(' twice a day')])
  await ada.page.getByText('Grace Hopper is editing SPEC-2 at the same moment').waitFor()
  await grace.page.getByText('Ada Lovelace is editing SPEC-2 at the same moment').waitFor()
  await editorOf(grace.page).press('Control+Home')
  await grace.page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect.poll(() => grace.page.locator('.cm-activeLine').textContent()).toContain('Potters see')
  await expectGoodView(ada.page, 'a notice of an overlap', [1440, 360])
})
