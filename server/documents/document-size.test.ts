// The size of a document: refused in time, measured rarely, and never believed to be smaller than it is by more than a hundredth.

import { describe, expect, it } from 'vitest'
import { DocumentSize } from './document-size.ts'

const refusal = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

describe('the size of a document', () => {
  it('[DOC21] tells what never fits from what does not fit now', () => {
    const size = new DocumentSize(1_000, () => 900)
    expect(refusal(() => size.admit(1_001))).toBe('too_large')
    expect(refusal(() => size.admit(101))).toBe('document_full')
    expect(refusal(() => size.admit(100))).toBe('none')
  })

  it('[DOC21] believes a measurement, not the sum of updates, before it refuses', () => {
    let bytes = 500
    const size = new DocumentSize(1_000, () => bytes)
    size.grow(490)
    expect(size.bytes).toBe(990)
    bytes = 600
    expect(refusal(() => size.admit(300))).toBe('none')
    expect(size.bytes).toBe(600)
  })

  it('[DOC21] measures once for a hundredth of its limit, however many keystrokes come', () => {
    let measured = 0
    let bytes = 0
    const size = new DocumentSize(10_000, () => {
      measured++
      return bytes
    })
    let refused = 0
    for (let key = 0; key < 20_000; key++) {
      if (refusal(() => size.admit(20)) === 'none') {
        bytes += 2
        size.grow(20)
      } else refused++
    }
    expect(bytes).toBeGreaterThan(9_900)
    expect(bytes).toBeLessThanOrEqual(10_000)
    expect(refused).toBeGreaterThan(10_000)
    expect(measured).toBeLessThan(1_200)
  })
})
