// Tokens that cut what belongs together.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanText } from '../../shared/spec/plain-text.ts'
import { TokenText } from './token-text.ts'

it('[STR11] however its tokens are cut, words come out clean, and no part ends inside a surrogate pair', () => {
  const piece = fc.constantFrom('a', '\r', '\n', '\r\n', '😀', '\uD83D', '\uDE00', '\0')
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), (pieces, seed) => {
      const whole = `.${pieces.join('')}`
      const tokens = new TokenText()
      let written = ''
      for (let at = 0; at < whole.length;) {
        const until = at + 1 + ((seed + at * 7) % 3)
        const part = tokens.push(whole.slice(at, until))
        expect(part.isWellFormed()).toBe(true)
        written += part
        at = until
      }
      expect(written + tokens.end()).toBe(cleanText(whole))
    }),
  )
})
