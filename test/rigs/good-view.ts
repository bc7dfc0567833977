// What every view must be: accessible in both themes, and no wider than its window; as axe and the browser measure it.

import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** The widths the page is designed for, in px. */
const widths = [1440, 900, 360] as const

/** Expects the view that is open in `page` to be good in both themes at `at` widths; leaves the window as it was. */
export async function expectGoodView(page: Page, view: string, at: readonly number[] = widths): Promise<void> {
  const before = page.viewportSize()
  for (const width of at) {
    await page.setViewportSize({ width, height: 740 })
    await untilPainted(page)
    expect(await violationsIn(page), `${view} at ${width} px`).toEqual([])
    expect(await overflowAt(page, width), `${view} at ${width} px`).toBeLessThanOrEqual(0)
  }
  if (before) await page.setViewportSize(before)
  await untilPainted(page)
}

/** How far the page, or a dialog in it, can be scrolled sideways, in px. */
function overflowAt(page: Page, width: number): Promise<number> {
  return page.evaluate<number>(`Math.max(
    document.documentElement.scrollWidth - ${width},
    ...[...document.querySelectorAll('[role="dialog"]')].map((dialog) => dialog.scrollWidth - dialog.clientWidth),
  )`)
}

/** What axe finds in the page as it is, in both themes: each as `theme: rule: element`. */
async function violationsIn(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await untilPainted(page)
    // Made anew each time: what it remembers of an element's colours is of the other theme.
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run({ resultTypes: ["violations"] })')
    for (const { id, nodes } of violations)
      found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.html}: ${node.failureSummary}`))
  }
  return found
}

/** Two frames later the colours of the other theme are on the screen, and what was fading in has come to its end (what is out of sight may never). */
export async function untilPainted(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
    await Promise.race([Promise.allSettled(ending.map((one) => one.finished)), new Promise((resolve) => setTimeout(resolve, 4_000))])
    await frame()
  })()`)
}
