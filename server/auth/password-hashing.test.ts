// Real argon2id hashes: what they are made with, and that they tell passwords apart.

import { expect, it } from 'vitest'
import { createPasswordHashing } from './password-hashing.ts'

const hashing = createPasswordHashing()

it('makes argon2id hashes with 19 MiB, two passes and one lane', async () => {
  expect(await hashing.hash('a password')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

it('verifies the password of a hash and no other', async () => {
  const hash = await hashing.hash('päss wörd 🔑')
  expect(await hashing.verify({ hash, password: 'päss wörd 🔑' })).toBe(true)
  expect(await hashing.verify({ hash, password: 'päss wörd' })).toBe(false)
})

it('salts: the same password has another hash each time', async () => {
  expect(await hashing.hash('same')).not.toBe(await hashing.hash('same'))
})

it('[AUTH6] refuses a burst past its queue and serves everyone in it', async () => {
  const small = createPasswordHashing({ atOnce: 2, waitingMax: 3 })
  const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => small.hash('burst')))
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    ...Array.from({ length: 4 }, () => 'rejected'),
  ])
})
