// What the grammar makes of the forms in which people write specs, one small text each.

import { describe, expect, it } from 'vitest'
import { categoryKeys, targetOf } from '../domain/categories.ts'
import { parseSpec } from './parse-spec.ts'
import { sourceSpan, type SpecItem } from './spec-item.ts'

/** The items of `lines`, each as `category | id | modality | text`; the parts that are empty or usual stay away. */
const read = (...lines: string[]): string[] => parseSpec(lines.join('\n')).items.map(brief)

function brief(item: SpecItem): string {
  const parts = [
    item.category === 'requirements' ? '' : item.category,
    item.externalId ?? '',
    item.modality === 'none' ? '' : item.modality,
    item.text,
  ]
  return parts.filter((part) => part !== '').join(' | ')
}

describe('lists', () => {
  it('[GRAM1] make an item of each line, with whatever mark, box or number it opens', () => {
    expect(read('## Goals', '- one', '* two', '+ three', '1. four', '2) five', '- [ ] six', '- [x] seven', '• eight')).toEqual(
      ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((text) => `goals | ${text}`),
    )
    expect(parseSpec('- [x] a b\n- [ ] c\n- d').items.map((item) => item.checked)).toEqual([true, false, null])
  })

  it('[GRAM1] go on over wrapped lines, lazy ones too, and end at a blank line with a line that is not indented', () => {
    expect(read('- one', '  goes on', 'and on', '', 'prose', '', '- two', '', '  second paragraph')).toEqual([
      'one goes on and on',
      'two\nsecond paragraph',
    ])
  })

  it('[GRAM2] keep what is nested as a detail, unless it has an obligation or an id of its own', () => {
    expect(read('- The export must hold', '  - the name', '  - FR-7: the date', '  - the file must be signed')).toEqual([
      'must | The export must hold\nthe name',
      'FR-7 | the date',
      'must | the file must be signed',
    ])
  })

  it('[GRAM2] take a line that is only a title for a heading of what is nested in it', () => {
    const { items } = parseSpec('## Features\n1. Workspace catalog\n   - list known workspaces\n   - show their state\n')
    expect(items.map((item) => [item.text, item.headings])).toEqual([
      ['list known workspaces', ['Features', 'Workspace catalog']],
      ['show their state', ['Features', 'Workspace catalog']],
    ])
  })

  it('[GRAM2] complete each line by the clause before the list that lacks its verb', () => {
    expect(read('## Security', 'The worker must not:', '', '- upload files', '- connect a wallet')).toEqual([
      'security | must_not | The worker must not upload files',
      'security | must_not | The worker must not connect a wallet',
    ])
  })
})

describe('headings', () => {
  it('[GRAM3] name the category of what is below them, the nearest that names one', () => {
    expect(read('# Shop', '- a', '## 3.2 Performance', '- b', '### Search page', '- c', '## Colours', '- d')).toEqual([
      'a',
      'performance | b',
      'performance | c',
      'd',
    ])
  })

  it.each([
    ['Security & Privacy', 'security'],
    ['Non-functional requirements', 'requirements'],
    ['3.2 Performance', 'performance'],
    ['**Data Requirements**', 'data_retention'],
    ['User Scenarios & Testing *(mandatory)*', 'requirements'],
    ['Success Criteria (mandatory)', 'goals'],
    ['5. V1 acceptance criteria', 'requirements'],
    ['Test Plan', 'testing'],
    ['Non-Goals', 'out_of_scope'],
    ['Tech stack', 'tech_stack'],
    ['IV. Disaster recovery:', 'disaster_recovery'],
    ['🔒 Security', 'security'],
    ['Session security of the login page', 'requirements'],
  ])('[GRAM3] such as %s', (heading, category) => {
    expect(parseSpec(`## ${heading}\n- it is so\n`).items[0]?.category).toBe(category)
    expect(parseSpec(`${heading}\n---\n- it is so\n`).items[0]?.category).toBe(category)
  })

  it('[GRAM3] name every category of the table by its own key', () => {
    for (const key of categoryKeys)
      expect([key, parseSpec(`## ${key.replaceAll('_', ' ')}\n- it is so`).items[0]?.category]).toEqual([key, key])
    expect([targetOf('requirements'), targetOf('budget')]).toEqual([15, null])
  })

  it('[GRAM4] that carry an id or say Requirement are items with what stands below them', () => {
    expect(
      read(
        '### FR-001 — Accept request',
        '',
        'The service shall accept:',
        '',
        '- a brief;',
        '- an address.',
        '',
        '### FR-002 — Plan',
        '',
        '## Goals',
      ),
    ).toEqual(['FR-001 | must | Accept request: The service shall accept:\na brief;\nan address.', 'FR-002 | Plan'])
  })

  it('[GRAM4] may hold Markdown themselves', () => {
    const text = '### **FR-9** — Accept `this` &amp; that\n\nIt must be so.\n'
    const [item] = parseSpec(text).items
    expect(item === undefined ? '' : [brief(item), item.key]).toEqual([
      'FR-9 | must | Accept this & that: It must be so.',
      'accept-this-that',
    ])
    expect(item === undefined ? '' : text.slice(sourceSpan(item, { from: 7, to: 11 }).from, sourceSpan(item, { from: 7, to: 11 }).to)).toBe(
      'this',
    )
  })

  it('[GRAM4] hand their id to the first item below that stands alone', () => {
    expect(read('#### PRD-1: Hashing', '* Every block must be hashed.', '* Every block must be chained.')).toEqual([
      'PRD-1 | must | Every block must be hashed.',
      'must | Every block must be chained.',
    ])
  })

  it('[GRAM5] `Requirement:` and `Scenario:` are one item each', () => {
    const text =
      '### Requirement: Export\nThe tool SHALL export CSV.\n\n#### Scenario: Empty\n- **WHEN** there is nothing\n- **THEN** say so\n  - in words\n- **AND** stop\n'
    expect(read(text)).toEqual([
      'must | Export: The tool SHALL export CSV.',
      'Empty: WHEN there is nothing\nTHEN say so\nin words\nAND stop',
    ])
  })
})

describe('other forms', () => {
  it('[GRAM5] steps keep what is nested in them, and bind by what follows then', () => {
    const text =
      '#### Scenario: List\n- **WHEN** no answer can be read\n- **THEN** show:\n  - what will be created\n  - what must go\n- **AND** stop\n\n#### Scenario: Keep\n- **WHEN** a\n- **THEN** it SHALL stay\n'
    expect(read(text)).toEqual([
      'must | List: WHEN no answer can be read\nTHEN show:\nwhat will be created\nwhat must go\nAND stop',
      'must | Keep: WHEN a\nTHEN it SHALL stay',
    ])
  })

  it('[GRAM5] Given, When and Then are one item, in one line or in several', () => {
    expect(
      read('1. **Given** a user, **When** they sign in, **Then** they see it.', '2. **Given** b, **When** c, **Then** d.'),
    ).toHaveLength(2)
    expect(
      read('- **Given** a user', '- **When** they sign in', '- **Then** they see it', '- **Given** nobody', '- **Then** nothing'),
    ).toEqual(['Given a user\nWhen they sign in\nThen they see it', 'Given nobody\nThen nothing'])
  })

  it('[GRAM5] user stories are items, also as a paragraph', () => {
    expect(read('As an owner, I want to invite people, so that they can help.')).toEqual([
      'As an owner, I want to invite people, so that they can help.',
    ])
  })

  it('[GRAM6] rows of a table are items: the first cell names them, the header says what the others are', () => {
    expect(read('## Stack', '', '| Layer | Choice |', '| --- | --- |', '| Database | PostgreSQL |', '| Cache \\| queue | `a|b` |')).toEqual(
      ['tech_stack | Database: PostgreSQL', 'tech_stack | Cache | queue: a|b'],
    )
    expect(
      read('| ID | Requirement | Priority |', '|:--|:-:|--|', '| R-1 | Export as CSV | Must |', '| R-2 | Dark mode | Could have |'),
    ).toEqual(['R-1 | must | Export as CSV', 'R-2 | may | Dark mode'])
    expect(read('| A | B | C |', '|-|-|-|', '| x | 1 | 2 |', '| - | - | - |')).toEqual(['x: B: 1; C: 2'])
  })

  it('[GRAM6] lines of `Key: value` right under the heading of a category are items', () => {
    expect(read('## Tech stack', '**Database:** PostgreSQL', 'Server: Node')).toEqual([
      'tech_stack | Database: PostgreSQL',
      'tech_stack | Server: Node',
    ])
    expect(read('# Title', '**Status**: Draft', '## Goals', 'Note: none yet', '', 'Prose that explains: a lot of it.', 'More.')).toEqual([])
  })

  it('[GRAM7] ids and lead-ins are read in the forms people use', () => {
    expect(read('- **FR-001**: a b', '- FR-002: a b', '- [REQ-3] a b', '- **REQ-12:** a b', '- NFR-4 - a b', '- SHA-256: a hash')).toEqual([
      'FR-001 | a b',
      'FR-002 | a b',
      'REQ-3 | a b',
      'REQ-12 | a b',
      'NFR-4 | a b',
      'SHA-256: a hash',
    ])
    expect(parseSpec('- **Time to live:** one day\n- Database: x\n- Users sign in with a password').items.map((item) => item.key)).toEqual([
      'time-to-live',
      'database',
      'sign-password',
    ])
  })
})

describe('what is left out', () => {
  it.each([
    ['front_matter', '---\n- a b\n---\n'],
    ['code', '```\n- a b\n```\n'],
    ['code', 'x\n\n    - a b\n'],
    ['quote', '> - a b\n'],
    ['comment', '<!--\n- a b\n-->\n'],
    ['html', '<div>\n- a b\n</div>\n'],
    ['links', '- [a b](#a-b)\n'],
    ['clarifications', '## Clarifications\n- Q: a? -> A: b must be\n'],
    ['about_the_document', '## Revision history\n- a must be b\n'],
    ['example', '- Examples:\n  - a b\n'],
    ['empty', '-\n'],
  ])('[GRAM8] is named with its reason: %s', (reason, text) => {
    const { items, leftOut } = parseSpec(text)
    expect([items, leftOut.map((part) => part.reason)]).toEqual([[], [reason]])
  })

  it('[GRAM8] may stand inside a list item, which goes on behind it', () => {
    expect(read('- one', '  ```', '  - no', '  ```', '  and', '  > no', '- two')).toEqual(['one and', 'two'])
  })

  it('[GRAM9] gaps that someone marked are found, in items and in prose', () => {
    const text = '## Security\n- Sign in by [NEEDS CLARIFICATION: password or key?]\n\nAnd [needs clarification] here.\n'
    const { gaps } = parseSpec(text)
    expect(gaps.map(({ from, to, question, category }) => [text.slice(from, to), question, category])).toEqual([
      ['[NEEDS CLARIFICATION: password or key?]', 'password or key?', 'security'],
      ['[needs clarification]', '', 'security'],
    ])
  })
})

describe('places', () => {
  it('[GRAM10] lead from every word back to the document, whatever Markdown stands between', () => {
    const text = 'intro\n\n- **FR-1**: The `log` **must** be\n  kept [for a year](x) &amp; a day 😀 long\n'
    const [item] = parseSpec(text).items
    expect(item?.text).toBe('The log must be kept for a year & a day 😀 long')
    if (item === undefined) return
    for (const word of ['The', 'log', 'must', 'be', 'kept', 'for a year', 'a day 😀', 'long']) {
      const at = item.text.indexOf(word)
      const { from, to } = sourceSpan(item, { from: at, to: at + word.length })
      expect(text.slice(from, to)).toBe(word)
    }
    expect(text.slice(item.lines.from, item.lines.to)).toBe(text.slice(7))
  })
})
