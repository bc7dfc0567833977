// A costly answer asked for by the thousand.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SpacedAnswer } from './spaced-answer.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('answers the first at once, and all that come soon after with one', () => {
  const answer = vi.fn<() => void>()
  const spaced = new SpacedAnswer(200, answer)
  spaced.request()
  expect(answer).toHaveBeenCalledTimes(1)
  for (let again = 0; again < 2_000; again++) spaced.request()
  expect(answer).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(200)
  expect(answer).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1_000)
  expect(answer).toHaveBeenCalledTimes(2)
  spaced.request()
  expect(answer).toHaveBeenCalledTimes(3)
})

it('says nothing after its stop', () => {
  const answer = vi.fn<() => void>()
  const spaced = new SpacedAnswer(200, answer)
  spaced.request()
  spaced.request()
  spaced.stop()
  vi.advanceTimersByTime(1_000)
  expect([answer.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0])
})
