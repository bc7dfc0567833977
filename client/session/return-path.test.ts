// Coming back after signing in, and nowhere else.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnPath, signInPath } from './return-path.ts'

const origin = 'https://elenchus.example'

describe('returnPath', () => {
  it('[PAGE2] comes back to path, query and fragment', () => {
    for (const path of ['/p/1/items?category=security&status=current', '/invite/a-b_c', '/p/1#heading']) {
      expect(returnPath(signInPath(path).replace('/sign-in', ''), origin)).toBe(path)
    }
    expect(returnPath('', origin)).toBe('/')
  })

  it('[PAGE2] never follows an address of another site', () => {
    for (const path of [
      'https://evil.example/x',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'http://[',
    ]) {
      expect(returnPath(`to=${encodeURIComponent(path)}`, origin)).toBe('/')
    }
    fc.assert(
      fc.property(fc.string(), (path) => {
        const back = returnPath(`to=${encodeURIComponent(path.toWellFormed())}`, origin)
        return new URL(back, origin).origin === origin
      }),
    )
  })
})
