// The interview on the page, with two people in two real browsers: the same words for everyone, as they come, whoever comes late or stops them.

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectGoodView } from './rigs/good-view.ts'
import { inviteAs, joinBy, openRightPanel } from './rigs/page-people.ts'
import { pageWorld } from './rigs/page-world.ts'

const world = pageWorld()

/** An answer that names these takes some seconds to stream. */
const longSpec = `# Kiln\n\n## Requirements\n\n${Array.from(
  { length: 5 },
  (_, index) => `- The ledger must keep record ${index + 1}: ${'glaze and fire and cool and pack '.repeat(16).trimEnd()}`,
).join('\n')}\n`

const conversationOf = (page: Page) => page.getByRole('region', { name: 'Conversation' })
const answersOf = (page: Page) => conversationOf(page).locator('li[data-state]')
/** The words of the last message of the interviewer. */
const wordsOf = (page: Page) => answersOf(page).last().locator('.message-words').innerText()
const stateOf = (page: Page) => answersOf(page).last().getAttribute('data-state')

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your answer').fill(text)
  await page.getByLabel('Your answer').press('Enter')
}

/** Waits for the `count`th question to be whole. */
async function untilAsked(page: Page, count: number): Promise<void> {
  await expect.poll(() => answersOf(page).count(), { timeout: 15_000 }).toBe(count)
  await expect.poll(() => stateOf(page), { timeout: 15_000 }).toBe('finished')
}

/** Two people at the interview in direct mode, with an answer whose words are coming. */
async function openStream() {
  const { ada, grace } = await world.openForTwo(longSpec)
  for (const { page } of [ada, grace]) await openRightPanel(page, 'Interview')
  await ada.page.getByRole('button', { name: 'Direct' }).click()
  await grace.page.getByRole('button', { name: 'Direct', pressed: true }).waitFor()
  await say(ada.page, 'What about the ledger?')
  for (const { page } of [ada, grace]) await expect.poll(async () => (await wordsOf(page)).length, { timeout: 15_000 }).toBeGreaterThan(20)
  return { ada, grace }
}

it('[PAGE39] shows both the words as they come, one who comes late all of them, and one who reloads no word less', async () => {
  const { ada, grace } = await openStream()
  expect(await stateOf(grace.page)).toBe('running')
  const vera = await joinBy(world.browser, world.server.url, await inviteAs(ada.page, 'viewer'), 'Vera Rubin')
  await openRightPanel(vera.page, 'Interview')
  await expect.poll(async () => (await wordsOf(vera.page)).length).toBeGreaterThan(20)
  const before = await wordsOf(grace.page)
  await grace.page.reload()
  await expect.poll(async () => (await wordsOf(grace.page)).startsWith(before)).toBe(true)
  expect(await stateOf(grace.page)).toBe('running')
  const everyone = [ada, grace, vera].map(({ page }) => page)
  for (const page of everyone) await expect.poll(() => stateOf(page), { timeout: 40_000 }).toBe('finished')
  const texts = await Promise.all(everyone.map(wordsOf))
  expect(new Set(texts).size).toBe(1)
  for (let index = 1; index <= 5; index++) expect(texts[0]).toContain(`must keep record ${index}: glaze`)
  await vera.page.getByText('You can read along.').waitFor()
  expect(await vera.page.getByLabel('Your answer').count()).toBe(0)
})

it('[PAGE39] is stopped by anyone for everyone, and by Escape where one writes', async () => {
  const { ada, grace } = await openStream()
  await grace.page.getByRole('button', { name: 'Stop' }).click()
  for (const { page } of [ada, grace]) await answersOf(page).last().getByText('Stopped here.').waitFor()
  const [one, other] = [await wordsOf(ada.page), await wordsOf(grace.page)]
  expect(one).toBe(other)
  expect(one).not.toContain('record 5')
  await ada.page.getByRole('button', { name: 'Continue' }).click()
  await expect.poll(async () => (await wordsOf(grace.page)).length).toBeGreaterThan(one.length)
  expect(await wordsOf(grace.page)).toContain(one)
  await ada.page.getByLabel('Your answer').press('Escape')
  await answersOf(grace.page).last().getByText('Stopped here.').waitFor()
})

it('[PAGE40] asks, takes an answer by the keyboard and asks on, while the others see who is writing', async () => {
  const { ada, grace } = await world.openForTwo('')
  for (const { page } of [ada, grace]) await openRightPanel(page, 'Interview')
  await expectGoodView(ada.page, 'an interview that has not begun', [1440, 900])
  await ada.page.getByRole('button', { name: 'Ask the first question' }).click()
  await untilAsked(ada.page, 1)
  expect(await wordsOf(grace.page)).toMatch(/\?$/)
  const suggestions = ada.page.getByRole('list', { name: 'Suggested answers' })
  let asked = 1
  // Not every question has some.
  while ((await suggestions.count()) === 0) {
    await grace.page.getByRole('button', { name: 'Skip' }).click()
    await answersOf(ada.page)
      .nth(asked - 1)
      .getByText('Skipped.')
      .waitFor()
    await untilAsked(ada.page, ++asked)
  }
  await untilAsked(grace.page, asked)
  const question = await wordsOf(grace.page)
  const suggestion = suggestions.getByRole('button').first()
  const suggested = await suggestion.innerText()
  await suggestion.click()
  const field = ada.page.getByLabel('Your answer')
  await expect.poll(() => field.inputValue()).toBe(suggested)
  await field.press('Shift+Enter')
  await ada.page.keyboard.type('and nobody else')
  await grace.page.getByText('Ada Lovelace is writing an answer').waitFor()
  await expectGoodView(ada.page, 'an open question', [1440, 900])
  await field.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('')
  await conversationOf(grace.page).getByText(`${suggested}\nand nobody else`).waitFor()
  await expect.poll(() => grace.page.getByText('is writing an answer').count()).toBe(0)
  await untilAsked(grace.page, asked + 1)
  expect(await wordsOf(grace.page)).not.toBe(question)
  await grace.page.getByRole('button', { name: 'Skip' }).click()
  await answersOf(ada.page).nth(asked).getByText('Skipped.').waitFor()
  await untilAsked(ada.page, asked + 2)
})
