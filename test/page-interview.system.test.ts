// The interview on the page, with two people in two real browsers: the same words for everyone, as they come, whoever comes late or stops them.

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectGoodView } from './rigs/good-view.ts'
import { editorOf, inviteAs, joinBy, openRightPanel, textOf, untilText } from './rigs/page-people.ts'
import { pageWorld } from './rigs/page-world.ts'

const world = pageWorld()

/** An answer that names these takes some seconds to stream, word by word. */
const longSpec = `# Kiln\n\n## Requirements\n\n${Array.from(
  { length: 5 },
  (_, index) => `- The ledger must keep record ${index + 1}: ${'a b c d e f g h i k '.repeat(9)}and no more`,
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

const origin = () => ({ origin: world.server.url })

/** Whether what says `text` can be read without scrolling. */
async function isInSight(page: Page, text: string): Promise<boolean> {
  const [box, list] = await Promise.all([
    conversationOf(page).getByText(text, { exact: true }).first().boundingBox(),
    conversationOf(page).boundingBox(),
  ])
  return box !== null && list !== null && box.y >= list.y - 1 && box.y + box.height <= list.y + list.height + 1
}

/** Waits for the `count`th question to be whole. */
async function untilAsked(page: Page, count: number): Promise<void> {
  await expect.poll(() => answersOf(page).count(), { timeout: 15_000 }).toBe(count)
  await expect.poll(() => stateOf(page), { timeout: 15_000 }).toBe('finished')
}

/** Two people at the interview in direct mode. */
async function openForStream() {
  const { ada, grace } = await world.openForTwo(longSpec)
  for (const { page } of [ada, grace]) await openRightPanel(page, 'Interview')
  await ada.page.getByRole('button', { name: 'Direct' }).click()
  await grace.page.getByRole('button', { name: 'Direct', pressed: true }).waitFor()
  return { ada, grace }
}

/** Has an answer written, whose words are coming to both. */
async function beginStream({ ada, grace }: Awaited<ReturnType<typeof openForStream>>): Promise<void> {
  await say(ada.page, 'What about the ledger?')
  for (const { page } of [ada, grace]) await expect.poll(async () => (await wordsOf(page)).length, { timeout: 15_000 }).toBeGreaterThan(20)
}

async function openStream() {
  const people = await openForStream()
  await beginStream(people)
  return people
}

it('[PAGE39] shows both the words as they come, one who comes late all of them, and one who reloads no word less', async () => {
  const { ada, grace } = await openForStream()
  const vera = await joinBy(world.browser, world.server.url, await inviteAs(ada.page, 'viewer'), 'Vera Rubin')
  await beginStream({ ada, grace })
  expect(await stateOf(grace.page)).toBe('running')
  expect(await grace.page.getByRole('status').allInnerTexts()).not.toContain('The spec says')
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
  for (let index = 1; index <= 5; index++) expect(texts[0]).toContain(`must keep record ${index}: a b c`)
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
  // Told to who cannot see it once it is whole.
  await grace.page
    .getByRole('status')
    .filter({ hasText: await wordsOf(grace.page) })
    .waitFor({ state: 'attached' })
  const suggestions = ada.page.getByRole('list', { name: 'Suggested answers' })
  let asked = 1
  // Not every question has some.
  while ((await suggestions.count()) === 0) {
    await grace.page.getByRole('button', { name: 'Skip' }).click()
    await answersOf(ada.page)
      .nth(asked - 1)
      .getByText('Skipped')
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
  await answersOf(ada.page).nth(asked).getByText('Skipped').waitFor()
  await untilAsked(ada.page, asked + 2)
})

it('[PAGE41] lets a commenter only propose, and who writes decide: what is accepted is in the text of both, and leads back to its question', async () => {
  const { ada } = await world.open('')
  const carl = await joinBy(world.browser, world.server.url, await inviteAs(ada.page, 'commenter'), 'Carl Sagan')
  for (const { page } of [ada, carl]) await openRightPanel(page, 'Interview')
  await carl.page.getByRole('button', { name: 'Ask the first question' }).click()
  await untilAsked(carl.page, 1)
  await carl.page.getByText('What you answer waits as proposals').waitFor()
  await say(carl.page, 'The kiln must hold 40 pots.\nThe kiln must heat to 1200 degrees.\nThe door must lock within 2 seconds.')
  for (const { page } of [ada, carl]) await page.getByRole('button', { name: 'Proposals 3' }).click()
  const proposals = (page: Page) => page.getByRole('region', { name: 'Proposals' })
  await proposals(carl.page).getByText('Editors and owners decide on these.').waitFor()
  expect(await proposals(carl.page).getByRole('button', { name: 'Accept' }).count()).toBe(0)
  await expectGoodView(ada.page, 'proposals', [1440, 900])
  const first = proposals(ada.page).getByRole('listitem').first()
  await first.getByRole('button', { name: 'Edit' }).click()
  await first.getByLabel('Words of the item').fill('The kiln must hold 45 pots')
  await expectGoodView(ada.page, 'a proposal in other words', [1440])
  await first.getByLabel('Words of the item').press('Enter')
  for (const { page } of [ada, carl]) {
    await untilText(page, 'The kiln must hold 45 pots')
    await page.getByRole('button', { name: 'Proposals 2' }).waitFor()
  }
  await proposals(ada.page).getByRole('listitem').last().getByRole('button', { name: 'Reject' }).click()
  await carl.page.getByRole('button', { name: 'Proposals 1' }).waitFor()
  await proposals(ada.page).getByRole('button', { name: 'Show the answer' }).click()
  await conversationOf(ada.page).getByRole('button', { name: '1 proposal waits' }).click()
  await proposals(ada.page).getByRole('button', { name: 'Accept' }).click()
  for (const { page } of [ada, carl]) {
    await untilText(page, 'The kiln must heat to 1200 degrees')
    await proposals(page).getByText('Nothing waits.').waitFor()
    expect(await textOf(page)).not.toContain('door')
  }
  await ada.page.getByRole('button', { name: 'Messages' }).click()
  await conversationOf(ada.page)
    .getByRole('button', { name: /^Show SPEC-\d+ in the text$/ })
    .last()
    .click()
  await expect.poll(() => editorOf(ada.page).evaluate((element) => element.matches(':focus'))).toBe(true)
  await ada.page.getByRole('link', { name: 'Items' }).click()
  await ada.page
    .getByRole('button', { name: /^Show the question of SPEC-/ })
    .first()
    .click()
  await conversationOf(ada.page).waitFor()
  const question = answersOf(ada.page).first()
  await expect.poll(() => question.evaluate((element) => element.matches(':focus'))).toBe(true)
})

it('[PAGE41] shows what a proposal would change in an item, and puts it there for everyone', async () => {
  const { ada, grace } = await world.openForTwo('# Kiln\n\n## Goals\n\n- The kiln must hold 40 pots\n')
  for (const { page } of [ada, grace]) await openRightPanel(page, 'Interview')
  await ada.page.getByRole('button', { name: 'Ask the first question' }).click()
  await untilAsked(ada.page, 1)
  await say(ada.page, 'The kiln must hold 60 pots.')
  await grace.page.getByRole('button', { name: 'Proposals 1' }).click()
  const proposal = grace.page.getByRole('region', { name: 'Proposals' }).getByRole('listitem')
  await proposal.getByText('in place of SPEC-1').waitFor()
  expect([await proposal.locator('del').allInnerTexts(), await proposal.locator('ins').allInnerTexts()]).toEqual([['40'], ['60']])
  await proposal.getByRole('button', { name: 'Accept' }).click()
  for (const { page } of [ada, grace]) await expect.poll(() => textOf(page), { timeout: 15_000 }).toMatch(/- The kiln must hold 60 pots/)
  expect(await textOf(ada.page)).not.toContain('40 pots')
})

it('[PAGE40] shows everyone whose turn is next, and lets what waits be taken out of the queue', async () => {
  const { ada, grace } = await openStream()
  await say(grace.page, 'And what of the glaze?')
  for (const { page } of [ada, grace]) await conversationOf(page).getByText('Next in line, for Grace Hopper.').waitFor()
  await say(ada.page, 'And of the fire?')
  await conversationOf(grace.page).getByText('Waits for Ada Lovelace: 1 is before it.').waitFor()
  const waiting = conversationOf(ada.page).locator('li[data-state=queued]').first()
  await waiting.getByRole('button', { name: 'Stop' }).click()
  for (const { page } of [ada, grace]) {
    await conversationOf(page).getByText('Stopped before its first word.').waitFor()
    await conversationOf(page).getByText('Next in line, for Ada Lovelace.').waitFor()
  }
})

it('[PAGE42] stays where one reads back, says that something new came, reads older pages on the way, and says how long to wait', async () => {
  const { ada, grace, path } = await world.openForTwo('')
  await ada.context.request.patch(`/api${path.replace('/p/', '/projects/')}/interview`, { data: { mode: 'direct' }, headers: origin() })
  const saidByApi = (from: typeof ada, number: number) =>
    from.context.request.post(`/api${path.replace('/p/', '/projects/')}/messages`, {
      data: { text: `Note ${number} of many`, requestId: `note-${number}` },
      headers: origin(),
    })
  for (let number = 1; number <= 40; number++) expect((await saidByApi(ada, number)).status()).toBe(201)
  const { page } = ada
  await openRightPanel(page, 'Interview')
  await conversationOf(page).getByText('Note 40 of many').waitFor()
  await expect.poll(() => answersOf(page).last().getAttribute('data-state'), { timeout: 30_000 }).toBe('finished')
  await expect.poll(() => isInSight(page, 'Note 40 of many')).toBe(true)
  await expectGoodView(page, 'a long conversation', [1440, 900])

  // Older pages come above, and move nothing of what is read.
  expect(await conversationOf(page).getByText('Note 3 of many').count()).toBe(0)
  await conversationOf(page).hover()
  const top = await conversationOf(page)
    .getByText(/^Note \d+ of many$/)
    .first()
    .innerText()
  await page.mouse.wheel(0, -100_000)
  await conversationOf(page).getByText('Note 3 of many').waitFor({ state: 'attached' })
  await expect.poll(() => isInSight(page, top)).toBe(true)

  // What is said meanwhile waits below.
  await grace.context.request.post(`/api${path.replace('/p/', '/projects/')}/messages`, {
    data: { text: 'Something else entirely', requestId: 'else' },
    headers: origin(),
  })
  await page.getByRole('button', { name: 'New message' }).waitFor()
  expect(await isInSight(page, top)).toBe(true)
  await page.getByRole('button', { name: 'New message' }).click()
  await expect.poll(() => isInSight(page, 'Something else entirely')).toBe(true)
  await expect.poll(() => page.getByRole('button', { name: 'New message' }).count()).toBe(0)

  // At the end it follows.
  await grace.context.request.post(`/api${path.replace('/p/', '/projects/')}/messages`, {
    data: { text: 'And one thing more', requestId: 'more' },
    headers: origin(),
  })
  await expect.poll(() => isInSight(page, 'And one thing more')).toBe(true)

  let number = 41
  while ((await saidByApi(ada, number)).status() === 201) number++
  await say(page, 'One too many')
  await page.getByText(/Not sent; your words are kept here\. Too much at once: it can be sent in \d+ s\./).waitFor()
  expect(await page.getByLabel('Your answer').inputValue()).toBe('One too many')
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
})

it('[PAGE39] keeps what was seen when the server dies in the middle of a sentence, and goes on from there', async () => {
  const { ada, grace } = await openStream()
  // Long enough that a part of it is stored: nobody else has heard it.
  await expect.poll(async () => (await wordsOf(grace.page)).length, { timeout: 15_000 }).toBeGreaterThan(350)
  await world.server.kill9()
  for (const { page } of [ada, grace]) await page.getByText('No connection: what is said meanwhile shows when it is back.').waitFor()
  await say(grace.page, 'Said into the void')
  await grace.page.getByText('Not sent; your words are kept here.').waitFor()
  await expectGoodView(grace.page, 'an interview without a connection', [1440])
  await world.server.restart()
  for (const { page } of [ada, grace]) await expect.poll(() => stateOf(page), { timeout: 30_000 }).toBe('interrupted')
  const [one, other] = [await wordsOf(ada.page), await wordsOf(grace.page)]
  expect(one).toBe(other)
  expect(one.length).toBeGreaterThan(20)
  await expectGoodView(ada.page, 'an interrupted answer', [1440])
  await ada.page.getByRole('button', { name: 'Continue' }).click()
  await expect.poll(async () => (await wordsOf(grace.page)).length, { timeout: 15_000 }).toBeGreaterThan(one.length)
  await grace.page.getByRole('button', { name: 'Stop' }).click()
  await answersOf(ada.page).last().getByText('Stopped here.').waitFor()
  expect(await wordsOf(ada.page)).toContain(one)
  await grace.page.getByLabel('Your answer').press('Enter')
  await conversationOf(ada.page).getByText('Said into the void').waitFor()
})

it('[PAGE32] runs and loads nothing of what is said, and leads to the items that an answer names', async () => {
  // Code in the spec, which an answer repeats as plain words.
  const hostile =
    '- The kiln must refuse `<img src=x onerror=window.hit=1>` and `[a click](javascript:window.hit=2)` and `![it](https://example.org/a.png)`\n'
  const { ada, path } = await world.open(`# Kiln\n\n## Security\n\n${hostile}`)
  const { page, faults } = ada
  await ada.context.request.patch(`/api${path.replace('/p/', '/projects/')}/interview`, { data: { mode: 'direct' }, headers: origin() })
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(world.server.url) && !request.url().startsWith('blob:')) foreign.push(request.url())
  })
  // The key opens the panel with the caret in the answer.
  await editorOf(page).blur()
  await page.keyboard.press('i')
  await expect.poll(() => page.getByLabel('Your answer').evaluate((field) => field.matches(':focus'))).toBe(true)
  await page.keyboard.type('What must the kiln refuse? <b onclick=window.hit=3>this</b>')
  await page.keyboard.press('Enter')
  await expect.poll(() => answersOf(page).count(), { timeout: 15_000 }).toBe(1)
  await expect.poll(() => stateOf(page), { timeout: 15_000 }).toBe('finished')
  const said = conversationOf(page)
  await said.getByText('<b onclick=window.hit=3>this</b>').waitFor()
  await said.getByText('<img src=x onerror=window.hit=1>').waitFor()
  expect(await said.locator('img, script, b, [onclick], [onerror]').count()).toBe(0)
  const links = await said.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(links.filter((href) => !/^(?:https?:|#)/.test(href))).toEqual([])
  expect(await page.evaluate('window.hit')).toBeUndefined()
  expect(foreign).toEqual([])
  await said.getByRole('link', { name: 'SPEC-1' }).click()
  await expect.poll(() => page.locator('.cm-activeLine').textContent()).toContain('The kiln must refuse')
  expect(faults).toEqual([])
})

it('[PAGE12] fits a narrow screen, where the interview lies over the text', async () => {
  const { ada } = await world.open('')
  const { page } = ada
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('navigation', { name: 'Parts of the project' }).getByRole('button', { name: 'Interview' }).click()
  const sheet = page.getByRole('dialog', { name: 'Interview' })
  await sheet.getByRole('button', { name: 'Ask the first question' }).click()
  await sheet.getByRole('button', { name: 'Skip' }).waitFor({ timeout: 15_000 })
  await expectGoodView(page, 'an open question over the text', [360])
  await page.getByLabel('Your answer').fill('The pots should be nice enough.\nThe kiln may glow.')
  await page.getByLabel('Your answer').press('Enter')
  await sheet.getByText('The kiln may glow.').waitFor()
  await sheet.getByRole('button', { name: /^Proposals/ }).click()
  await sheet.getByRole('region', { name: 'Proposals' }).waitFor()
  await expectGoodView(page, 'proposals over the text', [360])
})
