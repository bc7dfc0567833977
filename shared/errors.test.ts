// The error table and what leaves the server of an error.

import { describe, expect, it } from 'vitest'
import { AppError, errorTable, isErrorCode, toAppError, type ErrorCode } from './errors.ts'

const codes = Object.keys(errorTable) as ErrorCode[]

describe('errors', () => {
  it('[BASE6] have a code each, with a message for people, a status and whether to try again', () => {
    for (const code of codes) {
      const { message, status, retryable, level } = errorTable[code]
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
      expect(message).toMatch(/^[A-Z].*\.$/)
      expect(status).toBeGreaterThanOrEqual(400)
      // Ours is what is logged as an error; what passes may be tried again.
      expect(level === 'error').toBe(status === 500)
      expect(retryable).toBe(status >= 500 || status === 429)
    }
  })

  it('[BASE6] leave the server as code, message and retryable, and nothing else', () => {
    const error = new AppError('stale_epoch', { details: { epoch: 3 }, cause: new Error('s3cret') })
    expect(error.toBody()).toEqual({ code: 'stale_epoch', message: errorTable.stale_epoch.message, retryable: false })
    expect([error.status, error.details, error.name]).toEqual([409, { epoch: 3 }, 'AppError'])
    expect(new AppError('too_large', { message: 'A name may not be this long.' }).toBody().message).toBe('A name may not be this long.')
  })

  it('[BASE6] that are of no table leave as internal, whatever was thrown, with the cause kept for the log', () => {
    for (const thrown of [new Error('s3cret'), 's3cret', undefined, null, { message: 's3cret' }]) {
      const error = toAppError(thrown)
      expect([error.code, error.status, error.retryable, JSON.stringify(error.toBody()).includes('s3cret')]).toEqual([
        'internal',
        500,
        true,
        false,
      ])
      expect(error.cause).toBe(thrown)
    }
    const known = new AppError('not_found')
    expect(toAppError(known)).toBe(known)
  })

  it('[BASE6] are recognised by their code, and nothing that objects have by nature is one', () => {
    expect(codes.every(isErrorCode)).toBe(true)
    expect(['toString', '__proto__', 'constructor', '', 5, null, undefined].some(isErrorCode)).toBe(false)
  })
})
