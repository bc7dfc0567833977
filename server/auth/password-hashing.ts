// Passwords: argon2id with the OWASP parameters, few at once, so that a burst of sign-ins leaves the processor to everyone else.

import { hash, verify } from '@node-rs/argon2'
import { Slots } from './slots.ts'

/** 19 MiB, two passes, one lane: the first choice of the OWASP password storage cheat sheet; about 10 ms here. argon2id is the library's default. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export interface PasswordHashing {
  /** Gives the PHC string of a password. Errors: rate_limited when too many wait. */
  hash(password: string): Promise<string>
  /** Whether a password belongs to a PHC string. Takes as long as `hash`. Errors: rate_limited when too many wait. */
  verify(input: { hash: string; password: string }): Promise<boolean>
}

/** Hashing with two at once: the work is done off the event loop, but on the same two processors. */
export function createPasswordHashing({ atOnce = 2, waitingMax = 200 } = {}): PasswordHashing {
  const slots = new Slots({ atOnce, waitingMax })
  return {
    hash: (password) => slots.run(() => hash(password, parameters)),
    verify: (input) => slots.run(() => verify(input.hash, input.password)),
  }
}
