// Settings that are right one by one and do not fit together, or not what is there.

import { keptSecretProblem } from '../auth/auth-secret.ts'
import type { Config } from '../base/config.ts'
import { doubtful, fine, placeOf, wrong, type Finding } from './finding.ts'
import { reachable } from './machine-checks.ts'
import { isElenchusAt } from './running-server.ts'

const loopback = /^(?:127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/

/** Whether people find the server at the address it believes to have; asked for real while it runs. */
export async function checkPublicUrl(config: Pick<Config, 'PUBLIC_URL' | 'HOST' | 'PORT' | 'TRUST_PROXY'>): Promise<Finding> {
  const { PUBLIC_URL: address, HOST: host, PORT: port } = config
  if (address === undefined) {
    if (loopback.test(host)) return fine('PUBLIC_URL is not set: the server is for this machine alone.')
    return doubtful(
      `The server listens on ${host}, and PUBLIC_URL is not set: requests of pages under another name are refused, and links lead nowhere.`,
      'Set PUBLIC_URL to the address that people type.',
    )
  }
  const { protocol, hostname } = new URL(address)
  const isRunning = await isElenchusAt(`http://${reachable(host)}:${port}`)
  if (isRunning && !(await isElenchusAt(address))) {
    return wrong(
      `The server runs, and PUBLIC_URL (${placeOf(address)}) does not lead to it.`,
      'Set PUBLIC_URL to the address that people type, or mend the proxy or the name that it leads to.',
    )
  }
  if (protocol === 'http:' && !loopback.test(hostname))
    return doubtful(
      'PUBLIC_URL begins with http: passwords are readable on the way.',
      'Put a proxy with TLS in front, and set it to https.',
    )
  if (protocol === 'https:' && !config.TRUST_PROXY)
    return doubtful(
      'PUBLIC_URL begins with https, so a proxy stands in front, and TRUST_PROXY is false: all people share the limits of one address.',
      'Set TRUST_PROXY=true, if the proxy writes X-Forwarded-For.',
    )
  return fine(isRunning ? 'PUBLIC_URL leads to the server.' : 'PUBLIC_URL fits; whether it leads to the server is seen when it runs.')
}

/** Whether cookies can be signed, and can be read again after a move. */
export async function checkAuthSecret({ AUTH_SECRET, DATABASE_URL, DATA_DIR }: Config): Promise<Finding> {
  if (AUTH_SECRET !== undefined) return fine('AUTH_SECRET is set.')
  const problem = await keptSecretProblem(DATA_DIR)
  if (problem !== undefined)
    return wrong(
      `The secret that signs cookies cannot be used: ${problem}.`,
      'Set AUTH_SECRET, 32 characters or more; everyone signs in again.',
    )
  if (DATABASE_URL === undefined) return fine('The secret that signs cookies is kept in DATA_DIR.')
  return doubtful(
    'AUTH_SECRET is not set, while the database is elsewhere: who comes to another node, or to a new DATA_DIR, has to sign in again.',
    'Set AUTH_SECRET, the same wherever this database is served.',
  )
}
