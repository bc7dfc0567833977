// Cursors are read back as they were written, and nothing else is taken for one.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodePosition, encodePosition } from './list-cursor.ts'

it('[PROJ3] reads back what it wrote', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(9e12), noInvalidDate: true }), fc.uuid(), (updatedAt, id) => {
      const cursor = encodePosition({ updatedAt, id })
      expect(cursor).toMatch(/^[\w-]+$/)
      expect(decodePosition(cursor)).toEqual({ updatedAt, id })
    }),
  )
})

it('[PROJ3] refuses what it did not write', () => {
  const wrong = ['', 'next', "' or 1=1", Buffer.from('now 00000000-0000-0000-0000-000000000000').toString('base64url')]
  for (const cursor of wrong) {
    expect(() => decodePosition(cursor)).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { errors: [expect.objectContaining({ path: 'cursor' })] } }),
    )
  }
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      expect(() => decodePosition(cursor)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
    }),
  )
})
