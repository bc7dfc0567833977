// The log: its lines, and what is never in them.

import { describe, expect, it } from 'vitest'
import { createLog, redactUrl } from './log.ts'

function written(level: string, use: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  use(createLog(level, { write: (line) => void lines.push(line) }))
  expect(lines.every((line) => line.endsWith('\n') && !line.slice(0, -1).includes('\n'))).toBe(true)
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the log', () => {
  it('[BASE5] is one JSON object a line, with level, time, event and the context of its part', () => {
    const [line] = written('info', (log) =>
      log.child({ projectId: 'p1' }).warn({ rows: 3, note: 'two\nlines' }, 'update_log.commit_failed'),
    )
    expect(line).toMatchObject({ level: 'warn', msg: 'update_log.commit_failed', projectId: 'p1', rows: 3, note: 'two\nlines' })
    expect(new Date(String(line?.time)).toISOString()).toBe(line?.time)
  })

  it('[BASE5] leaves out what is below its level', () => {
    const use = (log: ReturnType<typeof createLog>) => {
      log.debug('detail')
      log.error('event')
    }
    expect([written('info', use).length, written('silent', use).length]).toEqual([1, 0])
  })

  it('[BASE5] never holds a token, a password, a cookie or a secret, in a field, in an object or in its headers', () => {
    const secrets = { token: 's3cret', password: 's3cret', cookie: 's3cret', authorization: 's3cret', secret: 's3cret' }
    const lines = written('info', (log) => {
      log.info({ ...secrets, kept: 1 }, 'flat')
      log.info({ body: secrets, kept: 1 }, 'nested')
      log.info({ request: { headers: secrets }, kept: 1 }, 'deep')
      log.child({ session: secrets }).info({ kept: 1 }, 'context')
    })
    expect(JSON.stringify(lines)).not.toContain('s3cret')
    expect(lines.map(({ kept, msg }) => [msg, kept])).toEqual([
      ['flat', 1],
      ['nested', 1],
      ['deep', 1],
      ['context', 1],
    ])
  })

  it('[BASE5] takes the token out of an address and leaves the rest of it', () => {
    expect(redactUrl('/yjs/p1?token=s3cret')).toBe('/yjs/p1?token=[redacted]')
    expect(redactUrl('/yjs/p1?acks=1&token=s3.cr%2Fet&epoch=2#x')).toBe('/yjs/p1?acks=1&token=[redacted]&epoch=2#x')
    expect(redactUrl('/x?TOKEN=s3cret&access_token=s3cret')).toBe('/x?TOKEN=[redacted]&access_token=[redacted]')
    expect(redactUrl('/x?tokens=2&mytoken=3')).toBe('/x?tokens=2&mytoken=3')
  })
})
