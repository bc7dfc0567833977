// Which lines of a Markdown text are headings, and which section a place is in.

import { describe, expect, it } from 'vitest'
import { findHeadings, sectionAt } from './headings.ts'

const headingsOf = (text: string) => findHeadings(text.split('\n')).map(({ level, text: words }) => `${level} ${words}`)

describe('findHeadings', () => {
  it.each<[string, string, string[]]>([
    ['marked lines', '# One\ntext\n## Two ##\n###### Six', ['1 One', '2 Two', '6 Six']],
    ['underlined lines', 'One\n===\ntext\n\nTwo\n---', ['1 One', '2 Two']],
    ['none in fenced code', '```\n# no\n```\n# yes\n~~~md\n# no\n```\n~~~', ['1 yes']],
    ['none in code that is never closed', '# yes\n```\n# no', ['1 yes']],
    ['no hash without a space, no seventh level', '#no\n####### no\n    # no', []],
    ['no rule, no table, no list as an underlined line', 'text\n\n---\n| a |\n---\n- item\n---', []],
    [
      'words without their marks',
      '## The **fast** `path` of [this](https://x.org) snake_case_name',
      ['2 The fast path of this snake_case_name'],
    ],
    ['an empty heading', '#\n## ', ['1 ', '2 ']],
  ])('[PAGE24] finds %s', (_name, text, expected) => {
    expect(headingsOf(text)).toEqual(expected)
  })

  it('[PAGE24] counts places in UTF-16 code units', () => {
    const text = 'a 👩‍🚀\n# One\n\n# Two'
    expect(findHeadings(text.split('\n')).map(({ from }) => text.slice(from, from + 5))).toEqual(['# One', '# Two'])
  })
})

describe('sectionAt', () => {
  it('[PAGE24] gives the heading above a place, and none before the first', () => {
    const headings = findHeadings('intro\n# One\ntext\n# Two\ntext'.split('\n'))
    expect([0, 5, 6, 12, 17, 18, 99].map((position) => sectionAt(headings, position))).toEqual([-1, -1, 0, 0, 1, 1, 1])
    expect(sectionAt([], 3)).toBe(-1)
  })
})
