// Tokens that are shown once: made here, kept as a hash alone.

import { createHash, randomBytes } from 'node:crypto'

/** How an API token begins, so that people and scanners recognise one. */
const apiTokenPrefix = 'elx_'

/** A new API token. */
export function newApiToken(): string {
  return `${apiTokenPrefix}${newLinkToken()}`
}

/** Whether a bearer token is an API token's, by its look; better-auth's have no such beginning. */
export function isApiToken(token: string): boolean {
  return token.startsWith(apiTokenPrefix)
}

/** A new token for a link: 256 bits that fit into an address. */
export function newLinkToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token: its SHA-256. Guessing 256 bits needs no slow hash to be hopeless. */
export function digestOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}
