// Items written as Markdown read back as the same items.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatItem, formatItems } from './format-items.ts'
import { parseSpec } from './parse-spec.ts'
import type { SpecItem } from './spec-item.ts'

/** All that an item says; a row of several columns binds by its columns, which a list item does not have. */
const says = ({ text, category, key, externalId, checked, bodyFrom, modality, kind }: SpecItem): unknown => ({
  text,
  category,
  key,
  externalId,
  checked,
  bodyFrom,
  ...(kind === 'row' ? {} : { modality }),
})

/** What the items of `markdown` say, and what they say once they were written and read again. */
function bothWays(markdown: string): { before: unknown[]; after: unknown[] } {
  const { items } = parseSpec(markdown)
  const again = parseSpec(formatItems(items)).items.map((item, index) => ({ ...item, kind: items[index]?.kind ?? item.kind }))
  return { before: items.map(says), after: again.map(says) }
}

const parts = [
  '- ',
  '* ',
  '1. ',
  '\n',
  '\n\n',
  '## Goals\n',
  '### FR-001 — Accept\n',
  '#### Scenario: x\n',
  '**',
  '*',
  '_',
  '`',
  'FR-2: ',
  '**REQ-3**: ',
  '[x] ',
  '[',
  ']',
  '(a)',
  '<b>',
  '<br>',
  '&amp;',
  '&',
  '<!-- c -->',
  '\\',
  'Key: ',
  '**Key:** ',
  'the server must',
  ' be',
  ' so',
  'WHEN ',
  'THEN ',
  '**Given** ',
  '| A | B |\n|--|--|\n',
  '| x | y |\n',
  '😀',
  'https://a.b',
  '1.',
  ' - ',
  '#',
  '>',
  '  - ',
  '    ',
  'a_b',
  '~~',
  '•',
  '[NEEDS CLARIFICATION: why?]',
  '5 < 6',
  'é\u0301',
  '\u202e',
  '日本',
]

describe('writing items', () => {
  it('[GRAM14] gives what reads back as the same items, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (some) => {
        const { before, after } = bothWays(some.join(''))
        expect(after).toEqual(before)
      }),
      { numRuns: 1_000 },
    )
  }, 120_000)

  it('[GRAM14] writes any words so that they are those words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (words) => {
        const text = words.replace(/\s+/g, ' ').trim()
        fc.pre(/^[\p{L}\p{N}]/u.test(text) && !/^[A-Z]/.test(text))
        expect(parseSpec(formatItem({ text, category: 'goals' })).items.map((item) => item.text)).toEqual([text])
      }),
    )
  })

  it('[GRAM14] keeps ids, names, boxes, details and gaps', () => {
    const text = '## Goals\n\n- [x] **FR-1**: **Export**: as `CSV`\n  - with a header\n- \\* star [NEEDS CLARIFICATION: which?]\n'
    const { items } = parseSpec(text)
    expect(formatItems(items)).toBe(
      '## Goals\n\n- [x] **FR-1**: **Export**: as CSV<br>with a header\n- \\* star [NEEDS CLARIFICATION: which?]\n',
    )
    expect(parseSpec(formatItems(items)).gaps).toHaveLength(1)
    expect(formatItems([])).toBe('')
  })
})

const given = join(import.meta.dirname, '../../../shared/data')
const documents = existsSync(given)
  ? ['specs', 'conflicts'].flatMap((folder) =>
      readdirSync(join(given, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(given, folder, name)),
    )
  : []
if (documents.length === 0) process.stdout.write('no documents in ../shared/data: the tests on them are not registered\n')
else {
  describe('the given documents', () => {
    it.each(documents)('[GRAM14] %s', (path) => {
      const { before, after } = bothWays(readFileSync(path, 'utf8'))
      expect(before.length).toBeGreaterThan(0)
      expect(after).toEqual(before)
    })
  })
}
