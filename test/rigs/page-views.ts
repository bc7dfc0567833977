// What every view must be: accessible in both themes, and whole on a narrow screen.

import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** What axe finds in the page as it is, in both themes: each as `theme: rule: element`. */
async function violationsIn(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await untilPainted(page)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run({ resultTypes: ["violations"] })')
    for (const { id, nodes } of violations)
      found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.html}: ${node.failureSummary}`))
  }
  return found
}

/** Two frames later the colours of the other theme are on the screen, and what was fading in has come to its end. */
async function untilPainted(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await Promise.allSettled(document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished))
    await frame()
  })()`)
}

/** How far the page, or a dialog in it, can be scrolled sideways at 360 px, in px. */
async function overflowAt360(page: Page): Promise<number> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 740 })
  await untilPainted(page)
  const overflow = await page.evaluate<number>(`Math.max(
    document.documentElement.scrollWidth - 360,
    ...[...document.querySelectorAll('[role="dialog"]')].map((dialog) => dialog.scrollWidth - dialog.clientWidth),
  )`)
  if (before) await page.setViewportSize(before)
  return overflow
}

/** Fails with what axe finds in `page`, or with how far it reaches past 360 px; `view` names it. */
export async function expectGoodView(page: Page, view: string): Promise<void> {
  expect(await violationsIn(page), view).toEqual([])
  expect(await overflowAt360(page), `${view} at 360 px`).toBeLessThanOrEqual(0)
}
