// Edits that add, reword, move and remove one item: what they leave is what was there, but for that item.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categoryKeys } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import { SpecOutline } from '../../shared/spec/outline.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'
import { applyEdits } from '../../shared/spec/text-edits.ts'
import { charBefore, editToAdd, editToMove, editToRemove, editToReword, itemWords, type ItemEdit } from './item-edits.ts'

const lines = [
  '',
  '## Goals',
  '## Security',
  '# Title',
  '- one must be so',
  '- two',
  '  - nested',
  '    goes on',
  '1. **Given** a',
  'prose that goes on',
  '```',
  '> quoted',
  '<!-- open',
  '| A | B |',
  '| --- | --- |',
  '| x | y must |',
  '- [ ] **FR-1**: *task*',
  '### Requirement: Export',
  '## Clarifications',
  '- Q: a? -> A: b',
]
const documentText = fc.array(fc.constantFrom(...lines), { maxLength: 20 }).map((some) => some.join('\n'))
const wordsText = fc
  .oneof(
    fc.constantFrom(
      'Ship by May',
      '- dash',
      '1. one',
      '**bold** `code`',
      'FR-9: id',
      'Key: value',
      '| pipe |',
      '<b>',
      '# no',
      'THEN it',
      '[x] box',
      '😀 é',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  )
  .map(itemWords)
  .filter((words) => words !== '')

function applied(text: string, { edits }: ItemEdit): string {
  let result = text
  applyEdits(edits, {
    delete: (at, length) => (result = result.slice(0, at) + result.slice(at + length)),
    insert: (at, words) => (result = result.slice(0, at) + words + result.slice(at)),
  })
  return result
}

/** The edit, or null where it is refused by name. */
function attempt(make: () => ItemEdit): ItemEdit | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof AppError && error.code === 'item_not_writable') return null
    throw error
  }
}

const says = ({ text, category, externalId }: SpecItem) => `${category} ${externalId} ${text}`
const itemsOf = (text: string) => new SpecOutline(text).items

/** What is in one list and not in the other, each as often. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...list]
  for (const other of others) {
    const index = left.indexOf(other)
    if (index >= 0) left.splice(index, 1)
  }
  return left
}

describe('an edit for one item', () => {
  it('[ITM4] that adds it gives just that item besides those that were there, or is refused', () => {
    let written = 0
    fc.assert(
      fc.property(documentText, fc.constantFrom(...categoryKeys), wordsText, (text, category, words) => {
        const before = itemsOf(text)
        const edit = attempt(() => editToAdd(new SpecOutline(text), { category, text: words, externalId: null, checked: null }))
        if (edit === null) return
        written++
        const result = applied(text, edit)
        const after = itemsOf(result)
        const [added, ...others] = without(after.map(says), before.map(says))
        expect([others, without(before.map(says), after.map(says))]).toEqual([[], []])
        const item = after.find((one) => says(one) === added && one.category === category)
        expect(item?.category).toBe(category)
        expect(words.endsWith(item?.text ?? '-')).toBe(true)
        // Where the first character of it will be.
        const [brought] = edit.edits
        expect(after.map(({ from }) => from)).toContain((brought?.at ?? 0) + (charBefore(edit) ?? 0))
      }),
      { numRuns: 500 },
    )
    expect(written).toBeGreaterThan(250)
  })

  it('[ITM4] that rewords, moves or removes one leaves all others, or is refused', () => {
    const kinds = { reword: 0, move: 0, remove: 0 }
    fc.assert(
      fc.property(documentText, fc.nat(), fc.constantFrom(...categoryKeys), wordsText, (text, nth, category, words) => {
        const before = itemsOf(text)
        const item = before[nth % Math.max(1, before.length)]
        if (!item) return
        const others = without(before.map(says), [says(item)])
        const reworded = attempt(() => editToReword(new SpecOutline(text), item, words))
        kinds.reword += reworded ? 1 : 0
        const after = reworded ? itemsOf(applied(text, reworded)).map(says) : [...others, says({ ...item, text: words })]
        expect(without(after, others)).toEqual([says({ ...item, text: words })])
        const moved =
          item.category === category ? null : attempt(() => editToMove(new SpecOutline(text), item, { category, text: item.text }))
        kinds.move += moved ? 1 : 0
        const wanted = says({ ...item, category })
        expect(moved ? itemsOf(applied(text, moved)).map(says) : [wanted]).toContain(wanted)
        // A list item without others in it goes alone.
        if (item.kind !== 'bullet' || text.slice(item.lines.from, item.lines.to).trimEnd().includes('\n')) return
        kinds.remove++
        const [cut] = editToRemove(new SpecOutline(text), item).edits
        const gone = text.slice(cut?.at, (cut?.at ?? 0) + (cut?.remove ?? 0))
        expect([gone.trim(), cut?.insert]).toEqual([text.slice(item.lines.from, item.lines.to).trim(), ''])
      }),
      { numRuns: 500 },
    )
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(30)
  })

  it('[ITM4] keeps emphasis and ids, escapes what would be Markdown, and changes no more than it must', () => {
    const text = '# T\n\n## Goals\n\n- FR-1: Users **must** log in within `2 s`\n- two\n\n| ID | Name |\n|--|--|\n| A-1 | must |\n'
    const outline = new SpecOutline(text)
    const [login, two, row] = outline.items
    if (!login || !two || !row) throw new Error('an item is missing')
    expect(editToReword(outline, login, 'Users must log in within 3 s').edits).toEqual([
      { at: text.indexOf('2 s'), remove: 1, insert: '3' },
    ])
    expect(applied(text, editToReword(outline, two, 'two & <b>'))).toContain('- two \\& \\<b\\>\n')
    expect(applied(text, editToReword(outline, row, 'must | not'))).toContain('| A-1 | must \\| not |\n')
    expect(applied(text, editToMove(outline, login, { category: 'security', text: login.text }))).toMatch(
      /\n\n## Security\n\n- \*\*FR-1\*\*: Users must log in within 2 s\n$/,
    )
    expect(applied('- a\n- b', editToRemove(new SpecOutline('- a\n- b'), new SpecOutline('- a\n- b').items[1] ?? two))).toBe('- a')
    expect(outline.text).toBe(text)
  })

  it('[ITM2] that adds makes a heading where there is none, in front of the clarifications', () => {
    const add = (text: string) =>
      applied(text, editToAdd(new SpecOutline(text), { category: 'goals', text: 'new', externalId: null, checked: null }))
    expect(add('')).toBe('## Goals\n\n- new\n')
    expect(add('# T\n\n## Clarifications\n\n- Q: a? -> A: b\n')).toBe('# T\n\n## Goals\n\n- new\n\n## Clarifications\n\n- Q: a? -> A: b\n')
    expect(add('# T\n\n## Goals\n## Security\n\n- two')).toBe('# T\n\n## Goals\n\n- new\n## Security\n\n- two')
  })
})
