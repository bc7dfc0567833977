// An outline that took any edits gives what reading the whole text gives, and an edit costs what it touches.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpecOutline } from './outline.ts'
import { parseSpec } from './parse-spec.ts'
import type { ParsedSpec } from './spec-item.ts'

/** Lines of every kind the grammar knows, and halves of them. */
const lines = [
  '',
  '',
  '## Goals',
  '# Title',
  '### FR-001 — Accept',
  '### Requirement: Export',
  '#### Scenario: Empty',
  '## Clarifications',
  'Setext',
  '===',
  '---',
  '- one must be so',
  '- two',
  '  - nested',
  '    goes on',
  '1. **Given** a',
  '- **THEN** b',
  'prose that goes on',
  'The worker must not:',
  '```',
  '~~~',
  '> quoted',
  '<!-- open',
  'close -->',
  '<div>',
  '| A | B |',
  '| --- | --- |',
  '| x | y must |',
  '- Examples:',
  '\t- tab',
  '    code',
  '* [ ] task',
  '**Key:** value',
  '- [a](b)',
  'As a user, I want it',
  '- [NEEDS CLARIFICATION: which?]',
  '- `code',
  '- 日本 😀 \u202e',
  '-',
]
const documentText = fc.array(fc.constantFrom(...lines), { maxLength: 60 }).map((some) => some.join('\n'))
const edit = fc.record({
  at: fc.nat({ max: 1_000_000 }),
  drop: fc.oneof(fc.constant(0), fc.nat({ max: 40 }), fc.nat({ max: 8_000 })),
  insert: fc.oneof(fc.constantFrom('\n', '`', '#', '- ', '|', '-->', '\n\n', '```\n', '## Goals\n', 'x'), documentText),
})

const plain = ({ items, leftOut, gaps }: ParsedSpec): unknown => ({
  items: items.map(({ statement, ...item }) => ({ ...item, says: statement.text })),
  leftOut,
  gaps,
})

describe('reading piece by piece', () => {
  it('[GRAM11] gives what reading the whole gives, after any edits', () => {
    fc.assert(
      fc.property(documentText, fc.array(edit, { maxLength: 8 }), fc.constantFrom(1, 30, 300), (start, edits, pieceUnits) => {
        const outline = new SpecOutline(start, pieceUnits)
        let text = start
        for (const { at, drop, insert } of edits) {
          const from = text.length === 0 ? 0 : at % (text.length + 1)
          const to = Math.min(text.length, from + drop)
          const before = outline.items
          const change = outline.update({ from, to, insert })
          text = text.slice(0, from) + insert + text.slice(to)
          expect(outline.text).toBe(text)
          expect(plain(outline.parsed)).toEqual(plain(parseSpec(text)))
          // The change leads from the list before to the list after.
          const after = [...before.slice(0, change.index), ...change.added, ...before.slice(change.index + change.removed.length)]
          expect(after.map((item) => item.text)).toEqual(outline.items.map((item) => item.text))
          expect(before.slice(change.index, change.index + change.removed.length).map((item) => item.text)).toEqual(
            change.removed.map((item) => item.text),
          )
        }
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  it('[GRAM11] names only the items that an edit changed, and keeps what was read of the others', () => {
    const outline = new SpecOutline('## Goals\n' + Array.from({ length: 2_000 }, (_, index) => `- Item ${index} must be kept.\n`).join(''))
    const before = outline.items
    const at = outline.text.indexOf('Item 1000')
    const change = outline.update({ from: at, to: at + 4, insert: 'Thing' })
    expect([change.index, change.removed.map((item) => item.text), change.added.map((item) => item.text)]).toEqual([
      1_000,
      ['Item 1000 must be kept.'],
      ['Thing 1000 must be kept.'],
    ])
    expect(outline.items[999]?.statement).toBe(before[999]?.statement)
    expect(outline.items[1_001]?.from).toBe((before[1_001]?.from ?? 0) + 1)
    expect(outline.itemsIn({ from: at, to: at + 1 }).map((item) => item.text)).toEqual(['Thing 1000 must be kept.'])
  })

  it('[GRAM11] reads what is below a changed heading again, up to the next one', () => {
    const outline = new SpecOutline('## Goals\n' + '- one must be\n'.repeat(500) + '## Security\n' + '- two must be\n'.repeat(500))
    const change = outline.update({ from: 3, to: 8, insert: 'Testing' })
    expect([change.added.length, new Set(change.added.map((item) => item.category))]).toEqual([500, new Set(['testing'])])
    expect(outline.items.slice(500).every((item) => item.category === 'security')).toBe(true)
  })
})
