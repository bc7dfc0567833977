// Counting failures, with many attempts under way at the same time.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RateLimits } from '../base/rate-limits.ts'
import { GuessLimiter, type AttemptOutcome } from './guess-limiter.ts'

const limiterOf = (failuresMax: number) =>
  new GuessLimiter({ failuresMax, failures: new RateLimits().of({ name: 'test', max: failuresMax, windowS: 900 }) })

const attempt = (outcome: AttemptOutcome) => async () => ({ outcome, result: outcome })
const refused = { code: 'rate_limited' }

it('[AUTH3] refuses after so many failures, and says for how long', async () => {
  const limiter = limiterOf(3)
  for (let index = 0; index < 3; index++) await limiter.run('ada', attempt('failed'))
  const refusal = await limiter.run('ada', attempt('other')).catch((error: unknown) => error)
  expect(refusal).toMatchObject(refused)
  expect(refusal).toHaveProperty('details.retryAfterMs', expect.closeTo(900_000, -4))
  await expect(limiter.run('bob', attempt('failed'))).resolves.toBe('failed')
})

it('[AUTH4] never counts what did not fail', async () => {
  const limiter = limiterOf(2)
  for (let index = 0; index < 20; index++) await limiter.run('ada', attempt('other'))
  const throwing = () => limiter.run('ada', () => Promise.reject(new Error('the database is away')))
  for (let index = 0; index < 5; index++) await expect(throwing()).rejects.toThrow('the database is away')
  await limiter.run('ada', attempt('failed'))
  await expect(limiter.run('ada', attempt('other'))).resolves.toBe('other')
})

it('[AUTH4] lets any number of good attempts through at once', async () => {
  const limiter = limiterOf(10)
  const runs = Array.from({ length: 200 }, () => limiter.run('ada', attempt('other')))
  await expect(Promise.all(runs)).resolves.toHaveLength(200)
})

it('[AUTH3] admits no more failures than the limit, however attempts overlap', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom<AttemptOutcome>('failed', 'other'), { maxLength: 40 }),
      async (scheduler, outcomes) => {
        const limiter = limiterOf(4)
        let failed = 0
        const runs = outcomes.map((outcome) =>
          limiter.run('ada', async () => {
            await scheduler.schedule(Promise.resolve(), outcome)
            if (outcome === 'failed') failed++
            return { outcome, result: outcome }
          }),
        )
        const settled = Promise.allSettled(runs)
        await scheduler.waitFor(settled)
        expect(failed).toBeLessThanOrEqual(4)
        // A refusal is honest: it comes only when the failures are really there.
        const hasRefused = (await settled).some(({ status }) => status === 'rejected')
        expect(!hasRefused || failed === 4).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})
