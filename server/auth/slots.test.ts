// Bounded concurrency, driven by tasks that end when the test says so.

import { expect, it } from 'vitest'
import { Slots } from './slots.ts'

/** A task that the test ends. */
function heldTask() {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { ended, end }
}

it('[AUTH6] runs so many at once and the others in the order they came', async () => {
  const slots = new Slots({ atOnce: 2, waitingMax: 10 })
  const tasks = Array.from({ length: 5 }, heldTask)
  const begun: number[] = []
  const runs = tasks.map((task, index) =>
    slots.run(() => {
      begun.push(index)
      return task.ended
    }),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  tasks[1]?.end()
  await runs[1]
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2])
  for (const task of tasks) task.end()
  await Promise.all(runs)
  expect(begun).toEqual([0, 1, 2, 3, 4])
})

it('[AUTH6] refuses who comes when the queue is full, and recovers', async () => {
  const slots = new Slots({ atOnce: 1, waitingMax: 1 })
  const first = heldTask()
  const running = slots.run(() => first.ended)
  const waiting = slots.run(async () => 'waited')
  await expect(slots.run(async () => 'refused')).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterMs: 1_000 } })
  first.end()
  await running
  await expect(waiting).resolves.toBe('waited')
  await expect(slots.run(async () => 'later')).resolves.toBe('later')
})

it('gives the slot of a task that failed to the next', async () => {
  const slots = new Slots({ atOnce: 1, waitingMax: 5 })
  const failing = slots.run(() => Promise.reject(new Error('no')))
  const next = slots.run(async () => 'next')
  await expect(failing).rejects.toThrow('no')
  await expect(next).resolves.toBe('next')
})
