// Whatever the document: it is read to its end, each item stands where it says, and edits keep the outline true.

import { describe, expect, it } from 'vitest'
import { hostileShapes } from '../../test/rigs/hostile-markdown.ts'
import { SpecOutline } from './outline.ts'
import { parseSpec } from './parse-spec.ts'
import { sourceSpan } from './spec-item.ts'
import { checkWording } from './wording/check-wording.ts'

describe('hostile documents', () => {
  it.each(Object.entries(hostileShapes))(
    '[GRAM15] %s',
    (_, shape) => {
      const markdown = shape(60_000)
      const { items } = parseSpec(markdown)
      let isInPlace = true
      for (const item of items) {
        isInPlace &&=
          item.from >= 0 &&
          item.from < item.to &&
          item.to <= markdown.length &&
          item.lines.from <= item.from &&
          item.text === item.text.trim()
        for (const part of [...checkWording(item), ...item.statement.quantities, ...item.statement.conditions]) {
          const { from, to } = sourceSpan(item, part)
          isInPlace &&= from >= 0 && from <= to && to <= markdown.length
        }
      }
      expect(isInPlace).toBe(true)
      const outline = new SpecOutline(markdown)
      const at = Math.floor(markdown.length / 2)
      outline.update({ from: at, to: at, insert: '\n- new item\n' })
      expect(outline.items.map((item) => item.text)).toEqual(parseSpec(outline.text).items.map((item) => item.text))
    },
    120_000,
  )

  it('[GRAM15] of 5 MB, of one line of 1 MB, of 20,000 items', () => {
    const line = '- The system must answer within 200 ms when a user asks for it.\n'
    expect(parseSpec(line.repeat(80_000)).items).toHaveLength(80_000)
    expect(parseSpec(`- ${'word '.repeat(200_000)}`).items).toHaveLength(1)
    expect(new SpecOutline(line.repeat(20_000)).items).toHaveLength(20_000)
  }, 120_000)
})
