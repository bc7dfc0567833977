// The cache of sessions over a store whose answers come when the test says so, on a clock of the test's own.

import { expect, it } from 'vitest'
import type { SessionRow } from '../store/sessions-store.ts'
import { Sessions, hashToken, type RevokedEvent } from './sessions.ts'
import type { TokenLookUp } from './token-look-up.ts'

const token = 'XagQ2hEwfXTO6Y77GeVZDKJwYM82Ws8F'

/** A store in memory; `hold` makes answers wait until `release`. */
class HeldStore implements TokenLookUp {
  readonly rows = new Map<string, SessionRow>()
  finds = 0
  #gate: Promise<void> | undefined
  release: () => void = () => undefined

  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.release = resolve
    })
  }

  async find(asked: string): Promise<SessionRow | null> {
    this.finds++
    const row = this.rows.get(asked) ?? null
    await this.#gate
    return row
  }

  async expiryOf(): Promise<null> {
    return null
  }
}

function setUp({ cacheMs = 30_000, entriesMax = 100, expiresInMs = 1_000_000 } = {}) {
  const clock = { nowMs: 1_000_000 }
  const store = new HeldStore()
  const row: SessionRow = { id: 's1', userId: 'u1', name: 'Ada', email: 'ada@example.org', expiresAt: new Date(clock.nowMs + expiresInMs) }
  store.rows.set(token, row)
  const sessions = new Sessions(store, { cacheMs, entriesMax, now: () => clock.nowMs })
  return { clock, store, row, sessions }
}

it('gives the person and the hash of the token, never the token', async () => {
  const { sessions, row } = setUp()
  const session = await sessions.resolve(token)
  expect(session).toEqual({ tokenHash: hashToken(token), scopes: null, projectIds: null, ...row })
  expect(JSON.stringify(session)).not.toContain(token)
})

it('[AUTH10] asks once for all who ask together, and again after its time', async () => {
  const { sessions, store, clock } = setUp({ cacheMs: 500 })
  store.hold()
  const asked = Array.from({ length: 50 }, () => sessions.resolve(token))
  store.release()
  await Promise.all(asked)
  await sessions.resolve(token)
  expect(store.finds).toBe(1)
  clock.nowMs += 500
  await sessions.resolve(token)
  expect(store.finds).toBe(2)
})

it('[AUTH10] trusts nothing past the expiry of the session', async () => {
  const { sessions, store, clock } = setUp({ cacheMs: 30_000, expiresInMs: 100 })
  expect(await sessions.resolve(token)).not.toBeNull()
  clock.nowMs += 100
  expect(await sessions.resolve(token)).toBeNull()
  expect(store.finds).toBe(2)
})

it('[AUTH10] keeps nothing when the time is 0, and no token that is not there', async () => {
  const uncached = setUp({ cacheMs: 0 })
  await uncached.sessions.resolve(token)
  await uncached.sessions.resolve(token)
  expect(uncached.store.finds).toBe(2)
  const { sessions, store, row } = setUp()
  expect(await sessions.resolve('made-a-moment-later')).toBeNull()
  store.rows.set('made-a-moment-later', row)
  expect(await sessions.resolve('made-a-moment-later')).not.toBeNull()
})

it('[AUTH9] forgets a revoked session at once and tells the listeners', async () => {
  const { sessions, store } = setUp()
  const events: RevokedEvent[] = []
  const stop = sessions.onRevoked((event) => events.push(event))
  await sessions.resolve(token)
  store.rows.delete(token)
  sessions.revoke(hashToken(token))
  expect(await sessions.resolve(token)).toBeNull()
  sessions.revokeUser('u1')
  stop()
  sessions.revokeUser('u2')
  expect(events).toEqual([{ tokenHash: hashToken(token) }, { userId: 'u1' }])
})

it('[AUTH9] forgets all sessions of a person and nobody else', async () => {
  const { sessions, store, row } = setUp()
  store.rows.set('second', row)
  store.rows.set('of-bob', { ...row, userId: 'u2' })
  for (const each of [token, 'second', 'of-bob']) await sessions.resolve(each)
  store.rows.clear()
  sessions.revokeUser('u1')
  expect(await sessions.resolve(token)).toBeNull()
  expect(await sessions.resolve('second')).toBeNull()
  expect(await sessions.resolve('of-bob')).not.toBeNull()
})

it.each([
  ['by its token', (sessions: Sessions) => sessions.revoke(hashToken(token))],
  ['by its person', (sessions: Sessions) => sessions.revokeUser('u1')],
])('[AUTH10] lets a revocation %s win over a look-up under way', async (_how, revoke) => {
  const { sessions, store } = setUp()
  store.hold()
  const lookUp = sessions.resolve(token)
  store.rows.delete(token)
  revoke(sessions)
  store.release()
  expect(await lookUp).toBeNull()
  expect(await sessions.resolve(token)).toBeNull()
})

it('a revocation of somebody else leaves a look-up alone', async () => {
  const { sessions, store } = setUp()
  store.hold()
  const lookUp = sessions.resolve(token)
  sessions.revokeUser('u2')
  store.release()
  expect(await lookUp).not.toBeNull()
})

it('[AUTH10] holds so many and no more', async () => {
  const { sessions, store, row } = setUp({ entriesMax: 2 })
  for (const each of ['a', 'b', 'c']) {
    store.rows.set(each, row)
    await sessions.resolve(each)
  }
  await sessions.resolve('c')
  await sessions.resolve('b')
  expect(store.finds).toBe(3)
  await sessions.resolve('a')
  expect(store.finds).toBe(4)
})

it('a look-up that fails is not remembered', async () => {
  const { sessions, store } = setUp()
  const find = store.find.bind(store)
  store.find = () => Promise.reject(new Error('away'))
  await expect(sessions.resolve(token)).rejects.toThrow('away')
  store.find = find
  expect(await sessions.resolve(token)).not.toBeNull()
})

it.each(['', 'x'.repeat(257), 'with\0nul'])('[AUTH7] does not ask for what is no token', async (malformed) => {
  const { sessions, store } = setUp()
  expect(await sessions.resolve(malformed)).toBeNull()
  expect(store.finds).toBe(0)
})
