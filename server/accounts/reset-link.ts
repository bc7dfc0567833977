// One link that sets a new password, before anybody has it.

import { digestOf, newLinkToken } from '../auth/secret-token.ts'

/** What is shown once, and what is kept of it. */
export interface NewResetLink {
  token: string
  tokenHash: Uint8Array
  url: string
  expiresAt: Date
}

/** Long enough to hand it over or to find the mail, and no longer. */
const linkLifeMs = 60 * 60 * 1_000

/** Makes one up for the server at `publicUrl`; it opens nothing before its hash is stored. */
export function newResetLink(publicUrl: string): NewResetLink {
  const token = newLinkToken()
  const url = new URL(`/reset/${token}`, publicUrl).href
  return { token, tokenHash: digestOf(token), url, expiresAt: new Date(Date.now() + linkLifeMs) }
}
