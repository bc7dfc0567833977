// The interview in pictures: before its first question, with an open one, in the middle of a sentence, with proposals, and for who only reads.

import type { Page } from 'playwright-core'
import { createProject, inviteAs, joinBy, openRightPanel, replaceText, signUpAt } from './page-people.ts'
import type { Scene, SceneWorld } from './scene.ts'

const wide = [1440, 900] as const
const spec = `# Payment gateway

## Requirements

- A customer must be able to pay by card and by transfer.
- A refund must reach the customer within three days.
- An operator must approve each refund above 500 euros.
- The gateway must show the state of a payment at any time.
- A payment that is refused must name the reason.

## Security

- Card numbers must never be stored.
- A session must end after 15 minutes without a payment.

## Performance

- A payment must be confirmed within 2 seconds.

## Data retention

- The ledger must keep each payment with its date, its payer and its receipt for ten years.
`

/** In a project of its own, with people of its own. */
export async function* interviewScenes({ browser, server }: SceneWorld): AsyncGenerator<Scene> {
  const { page } = await signUpAt(browser, server.url, 'Ada Lovelace')
  await createProject(page, 'Payment gateway')
  await replaceText(page, spec)
  await openRightPanel(page, 'Interview')
  yield { name: 'interview-empty', page, widths: wide }
  await page.getByRole('button', { name: 'Ask the first question' }).click()
  await answered(page, 'The customers of the bank must pay within 10 seconds.\nA refund must reach the customer within five days.')
  const carl = await joinBy(browser, server.url, await inviteAs(page, 'commenter'), 'Carl Sagan')
  await openRightPanel(carl.page, 'Interview')
  await untilOpen(carl.page)
  await answered(carl.page, 'Half of all refunds must be paid without a call by the end of 2027.')
  await page.getByText('Half of all refunds').first().waitFor()
  for (;;) {
    await untilOpen(page)
    if ((await page.getByRole('list', { name: 'Suggested answers' }).count()) > 0) break
    const skipped = await page.getByText('Skipped').count()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByText('Skipped').nth(skipped).waitFor()
  }
  await carl.page.getByLabel('Your answer').fill('Nobody')
  await page.getByText('Carl Sagan is writing an answer').waitFor()
  yield { name: 'interview', page, widths: wide }
  yield* sheet(page, 'interview-sheet')
  await page.getByRole('button', { name: /^Proposals \d/ }).click()
  yield { name: 'interview-proposals', page, widths: wide }
  await page.getByRole('button', { name: 'Messages' }).click()
  await page.getByRole('button', { name: 'Direct' }).click()
  const vera = await joinBy(browser, server.url, await inviteAs(page, 'viewer'), 'Vera Rubin')
  await openRightPanel(vera.page, 'Interview')
  await page.getByLabel('Your answer').fill('How long is a payment kept in the ledger?')
  await page.keyboard.press('Enter')
  await page.locator('li[data-state=running] .message-words', { hasText: 'SPEC-' }).waitFor()
  yield { name: 'interview-streaming', page, widths: [1440] }
  await vera.page.locator('li[data-state=finished]').last().waitFor()
  yield { name: 'interview-reading-along', page: vera.page, widths: [1440] }
}

async function* sheet(page: Page, name: string): AsyncGenerator<Scene> {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('navigation', { name: 'Parts of the project' }).getByRole('button', { name: 'Interview' }).click()
  await page.getByRole('dialog', { name: 'Interview' }).getByLabel('Your answer').waitFor()
  yield { name, page, widths: [360] }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('complementary', { name: 'Outline' }).waitFor()
}

async function untilOpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Skip' }).waitFor()
}

async function answered(page: Page, text: string): Promise<void> {
  await untilOpen(page)
  await page.getByLabel('Your answer').fill(text)
  await page.keyboard.press('Enter')
  await page
    .getByText(text.split('\n')[0] ?? text)
    .first()
    .waitFor()
  await untilOpen(page)
}
