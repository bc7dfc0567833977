// When a document is analysed, by a clock of its own.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AnalysisSchedule, usualTiming } from './analysis-schedule.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A document in which somebody types every 50 ms for so long; gives when each analysis began. */
async function typeOn(typedMs: number, tookMs: number): Promise<number[]> {
  const beganMs: number[] = []
  const schedule = new AnalysisSchedule(usualTiming, {
    analyse: async () => {
      beganMs.push(performance.now())
      await new Promise((resolve) => setTimeout(resolve, tookMs))
    },
    isLeftOver: () => Promise.resolve(false),
    restMs: () => 0,
    onFailure: (error) => {
      throw error
    },
  })
  const startMs = performance.now()
  for (let at = 0; at < typedMs; at += 50) {
    schedule.changedHere()
    await vi.advanceTimersByTimeAsync(50)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  await schedule.stop()
  return beganMs.map((ms) => Math.round(ms - startMs))
}

it('[ITM9] once after a pause, and while people type on the sooner the quicker it was', async () => {
  expect(await typeOn(50, 10)).toEqual([150])
  const quick = await typeOn(3_000, 10)
  // The first has nothing to go by.
  expect(quick[0]).toBe(500)
  const gaps = (list: readonly number[]) => list.slice(1).map((ms, nth) => ms - (list[nth] ?? 0))
  expect(Math.max(...gaps(quick))).toBeLessThanOrEqual(10 + 50 + 150)
  // But for the last, which came after a pause.
  expect(Math.min(...gaps(await typeOn(3_000, 200)).slice(0, -1))).toBeGreaterThanOrEqual(500)
})
