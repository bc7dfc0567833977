// Names of files that are made from names of projects.

import { describe, expect, it } from 'vitest'
import { markdownFileName } from './download.ts'

describe('markdownFileName', () => {
  it.each([
    ['Payment gateway', 'payment-gateway.md'],
    ['  ../Übersicht & Payments/2  ', 'übersicht-payments-2.md'],
    ['発注システム', '発注システム.md'],
    ['👩‍🚀🚀', 'spec.md'],
    ['x'.repeat(200), `${'x'.repeat(80)}.md`],
  ])('[PAGE29] makes of %j %s', (name, expected) => {
    expect(markdownFileName(name)).toBe(expected)
  })
})
