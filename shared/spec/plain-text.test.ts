// Clean text: what becomes of line ends, marks and halves of characters, and that cleaning twice changes nothing.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, isInsidePair } from './plain-text.ts'

describe('clean text', () => {
  it('[DOC18] has LF alone for line ends, no byte-order mark in front, no NUL and no half of a pair', () => {
    expect(cleanText('\uFEFFa\r\nb\rc\n\r\n\rd')).toBe('a\nb\nc\n\n\nd')
    expect(cleanText('a\uFEFFb')).toBe('a\uFEFFb')
    expect(cleanText('a\0b\uD83Dc\uDE00')).toBe('a\uFFFDb\uFFFDc\uFFFD')
    expect(cleanText('😀 é\t日本 <b>"\'--')).toBe('😀 é\t日本 <b>"\'--')
    expect(cleanText('')).toBe('')
  })

  it('[DOC18] stays as it is when it is cleaned again, whatever it was', () => {
    const unit = fc.constantFrom('a', '\r', '\n', '\uFEFF', '\0', '\uD83D', '\uDE00', '😀')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
        const clean = cleanText(units.join(''))
        expect(clean).not.toMatch(/\r|\0/)
        expect(clean.isWellFormed()).toBe(true)
        // A mark behind the first one is a character of the text; only the first is a mark.
        const again = clean.startsWith('\uFEFF') ? clean.slice(1) : clean
        expect(cleanText(clean)).toBe(again)
      }),
    )
  })
})

describe('the inside of a pair', () => {
  it('[DOC19] is between its halves and nowhere else', () => {
    expect([0, 1, 2, 3, 4].map((index) => isInsidePair('a😀b', index))).toEqual([false, false, true, false, false])
    expect([-1, 9, 1].map((index) => isInsidePair('\uDE00\uD83D', index))).toEqual([false, false, false])
  })
})
