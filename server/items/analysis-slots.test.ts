// The share of a node's time that analyses may take.

import { describe, expect, it, vi } from 'vitest'
import { AnalysisSlots } from './analysis-slots.ts'

describe('analyses', () => {
  it('[ITM14] run a few at once, in the order they were asked for, each followed by a rest of its slot, whatever becomes of them', async () => {
    vi.useFakeTimers()
    try {
      const slots = new AnalysisSlots(2)
      const begun: number[] = []
      const ask = (nth: number, durationMs: number) =>
        slots.run(async () => {
          begun.push(nth)
          await new Promise((resolve) => setTimeout(resolve, durationMs))
          if (nth === 1) throw new Error('failed')
        })
      const asked = [10, 20, 5, 1_000].map((durationMs, nth) => ask(nth, durationMs).catch(() => undefined))
      await vi.advanceTimersByTimeAsync(49)
      expect(begun).toEqual([0, 1])
      await vi.advanceTimersByTimeAsync(2)
      expect(begun).toEqual([0, 1, 2])
      // The third took 5 ms, and its slot rests for 20.
      await vi.advanceTimersByTimeAsync(25)
      expect(begun).toEqual([0, 1, 2, 3])
      await vi.advanceTimersByTimeAsync(2_000)
      await Promise.all(asked)
      void ask(4, 0)
      expect(begun).toEqual([0, 1, 2, 3, 4])
      // At the end nobody waits for a rest.
      void ask(5, 0)
      void ask(6, 0)
      expect(begun).toEqual([0, 1, 2, 3, 4, 5])
      slots.stop()
      await vi.advanceTimersByTimeAsync(0)
      expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
    } finally {
      vi.useRealTimers()
    }
  })
})
