// The limits of guessing as they are set: by account, by address, by sign-up.

import { expect, it } from 'vitest'
import { RateLimits } from '../base/rate-limits.ts'
import { networkOf } from './client-network.ts'
import { SignInGuard } from './sign-in-guard.ts'

const limits = { SIGN_IN_FAILURES_PER_ACCOUNT: 3, SIGN_IN_FAILURES_PER_ADDRESS: 5, SIGN_UPS_PER_MINUTE: 2 }
const wrong = async () => new Response(null, { status: 401 })
const right = async () => new Response(null, { status: 200 })

it('[AUTH3] counts an email in any case as one account, from wherever it is tried', async () => {
  const guard = new SignInGuard(limits, new RateLimits())
  await guard.attempt({ email: 'Ada@example.org', clientAddress: '192.0.2.1' }, wrong)
  await guard.attempt({ email: 'ada@EXAMPLE.org', clientAddress: '192.0.2.2' }, wrong)
  await guard.attempt({ email: 'ada@example.org', clientAddress: '192.0.2.3' }, wrong)
  await expect(guard.attempt({ email: 'ada@example.org', clientAddress: '192.0.2.4' }, right)).rejects.toMatchObject({
    code: 'rate_limited',
  })
})

it('[AUTH4] counts an address over all emails, and no success', async () => {
  const guard = new SignInGuard(limits, new RateLimits())
  const clientAddress = '192.0.2.1'
  for (let index = 0; index < 20; index++) await guard.attempt({ email: 'ada@example.org', clientAddress }, right)
  for (let index = 0; index < 5; index++) await guard.attempt({ email: `${index}@example.org`, clientAddress }, wrong)
  await expect(guard.attempt({ email: 'new@example.org', clientAddress }, right)).rejects.toMatchObject({ code: 'rate_limited' })
  await expect(guard.attempt({ email: 'new@example.org', clientAddress: '192.0.2.2' }, right)).resolves.toHaveProperty('status', 200)
})

it('[AUTH5] counts sign-ups of an address', async () => {
  const guard = new SignInGuard(limits, new RateLimits())
  await guard.admitSignUp('192.0.2.1')
  await guard.admitSignUp('192.0.2.1')
  await expect(guard.admitSignUp('192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited' })
  await guard.admitSignUp('192.0.2.2')
})

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
])('[AUTH15] takes %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
