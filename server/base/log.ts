// The logger every part is given: pino with tokens kept out, grown with context by `child`.

import { pino, type DestinationStream } from 'pino'

/** Events are named, facts are fields: `log.warn({ projectId }, 'document.load_failed')`. */
export type Log = Pick<ReturnType<typeof pino>, 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'> & {
  child(context: Record<string, unknown>): Log
}

const secretFields = ['token', 'password', 'cookie', 'authorization', 'secret']
const redactedPaths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/** Replaces the value of `token` in a URL's query: the one place where a secret stands in an address. */
export function redactUrl(url: string): string {
  return url.replace(/([?&](?:token|access_token)=)[^&#]*/gi, '$1[redacted]')
}

/** Makes the process's logger; `destination` is for tests that read what was written. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
  }
  return destination ? pino(options, destination) : pino(options)
}
