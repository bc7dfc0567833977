// Conflicts on the page, in a real browser: one person types a contradiction, the other sees it and decides.

import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectGoodView } from './rigs/good-view.ts'
import { editorOf, replaceText, textOf, untilText, writeAtEnd, type PagePerson } from './rigs/page-people.ts'
import { pageWorld } from './rigs/page-world.ts'

const world = pageWorld()

const spec = `# Kiln

## Security

- The session must expire after 15 minutes
`
const clashing = `${spec}- The session must expire after 60 minutes
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

it('[PAGE43] offers the decisions where the words are, by pointer and by keys, and shows the text that would be', async () => {
  const { ada, grace } = await world.openForTwo(clashing)
  const { page } = ada
  await page.locator('.clash').nth(1).waitFor()
  await page.locator('.clash').first().hover()
  const hint = page.locator('.cm-tooltip')
  await hint.getByRole('button', { name: 'Show SPEC-2 in the text' }).waitFor()
  await expectGoodView(page, 'a hint', [1440, 900, 360])
  await page.locator('.clash').first().hover()
  await hint.getByRole('button', { name: 'Keep the newer' }).click()
  const card = page.getByRole('region', { name: /^Decide on SPEC-/ })
  await card.waitFor()
  // It stays as it was chosen, whatever the pointer does and whoever types, and shows the texts of now.
  await page.mouse.move(5, 5)
  const preview = card.getByRole('group', { name: 'What the text would say' })
  await expect.poll(() => preview.locator('del').textContent()).toContain('15 minutes')
  await card.getByText('Keep the older').click()
  await expect.poll(() => preview.locator('del').textContent()).toContain('60 minutes')
  await writeAtEnd(grace.page, 'and no later')
  await expect.poll(() => preview.locator('del').textContent()).toContain('60 minutes and no later')
  await expectGoodView(page, 'a card', [1440, 900, 360])
  await page.keyboard.press('Escape')
  await expect.poll(() => card.count()).toBe(0)
  expect(await textOf(page)).toContain('60 minutes')
  // By the keyboard alone: to the words, then the card, then done.
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F8')
  await hint.getByText('Keep the older').waitFor()
  expect(await page.evaluate('getSelection().toString()')).toContain('minutes')
  await page.keyboard.press('Control+.')
  await card.waitFor()
  await page.keyboard.press('Tab')
  await card.getByRole('button', { name: 'Decide' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => card.count()).toBe(0)
  await expect.poll(() => textOf(grace.page)).not.toContain('15 minutes')
  await page.keyboard.press('Control+z')
  await untilText(grace.page, '15 minutes')
})

it('[PAGE44] a decision on what somebody else has decided is not carried out, and says what happened', async () => {
  const { ada, grace, path } = await world.openForTwo(clashing)
  const late = await lateLine(ada, path)
  await panelOf(ada.page)
  await panelOf(grace.page)
  late.hold()
  await decide(grace.page, 'One text for both', 'The session must expire after 20 minutes')
  await untilText(grace.page, '20 minutes')
  await decide(ada.page, 'Keep the newer')
  const refusal = ada.page.getByRole('alert').filter({ hasText: 'Your decision was not carried out' })
  await refusal.getByText('Grace Hopper put one text in place of both.').waitFor()
  await refusal.getByText('The session must expire after 20 minutes').waitFor()
  await expectGoodView(ada.page, 'a decision that came late', [1440, 360])
  await refusal.getByRole('button', { name: 'Understood' }).click()
  await ada.page.getByText('Nothing clashes.').waitFor()
  late.release()
  await untilText(ada.page, '20 minutes')
  expect(await textOf(grace.page)).not.toMatch(/15 minutes|60 minutes/)
})

it('[PAGE44] texts that were changed meanwhile are shown, and decided on anew', async () => {
  const { ada, grace, path } = await world.openForTwo(clashing)
  const late = await lateLine(ada, path)
  await panelOf(ada.page)
  await ada.page.getByRole('button', { name: 'Resolve…' }).click()
  await ada.page.getByRole('group', { name: 'What the text would say' }).waitFor()
  late.hold()
  await replaceText(grace.page, clashing.replace('60 minutes', '90 minutes'))
  await expect.poll(async () => (await grace.page.locator('.clash').allTextContents()).join()).toContain('90 minutes')
  await ada.page.getByText('Keep the newer', { exact: true }).click()
  await ada.page.getByRole('button', { name: 'Decide' }).click()
  const refusal = ada.page.getByRole('alert').filter({ hasText: 'Your decision was not carried out' })
  await refusal.getByText('The session must expire after 90 minutes').waitFor()
  await refusal.getByText('decide again').waitFor()
  expect(await textOf(grace.page)).toContain('15 minutes')
  await ada.page.getByText('Keep the newer', { exact: true }).click()
  await ada.page.getByRole('button', { name: 'Decide' }).click()
  await expect.poll(() => textOf(grace.page)).not.toContain('15 minutes')
  await untilText(grace.page, '90 minutes')
  late.release()
  await ada.page.getByText('Nothing clashes.').waitFor()
})

/** Opens a person's page anew on a line whose news can be held back; what the page asks is answered all the same. */
async function lateLine({ page }: PagePerson, path: string): Promise<{ hold: () => void; release: () => void }> {
  const held: (() => void)[] = []
  let isHeld = false
  await page.routeWebSocket('**/socket.io/**', (line) => {
    const server = line.connectToServer()
    let isBinary = false
    server.onMessage((message) => {
      // An event (42, or 45 with bytes behind it) is news; an answer (43) is not.
      const isNews = typeof message === 'string' ? /^4[25]/.test(message) : isBinary
      isBinary = isNews && (typeof message !== 'string' || message.startsWith('45'))
      if (isHeld && isNews) held.push(() => line.send(message))
      else line.send(message)
    })
  })
  await page.goto(path)
  await page.locator('.clash').nth(1).waitFor()
  return {
    hold: () => {
      isHeld = true
    },
    release: () => {
      isHeld = false
      for (const send of held.splice(0)) send()
    },
  }
}

async function panelOf(page: Page): Promise<void> {
  await countOf(page).click()
  await page.getByRole('region', { name: 'Conflicts' }).getByRole('button', { name: 'Resolve…' }).waitFor()
}

async function decide(page: Page, choice: string, text?: string): Promise<void> {
  await page.getByRole('button', { name: 'Resolve…' }).click()
  await page.getByText(choice, { exact: true }).click()
  if (text !== undefined) await page.getByLabel('The text in place of all').fill(text)
  await page.getByRole('button', { name: 'Decide' }).click()
}

const countOf = (page: Page): Locator => page.getByRole('banner').getByRole('link', { name: /open conflict/ })
