// Where the text of a line begins.

import { describe, expect, it } from 'vitest'
import { lineBeginning } from './line-indent.ts'

describe('lineBeginning', () => {
  it.each([
    ['- item', '- '],
    ['  * item', '  * '],
    ['12. item', '12. '],
    ['3) item', '3) '],
    ['- [ ] to do', '- [ ] '],
    ['    - [x]  done', '    - [x]  '],
    ['   continued', '   '],
    ['plain', ''],
    ['-no item', ''],
    ['1.5 seconds', ''],
    ['**bold** text', ''],
    ['', ''],
  ])('[PAGE18] takes from %j only %j, so that wrapped lines align with their text', (line, start) => {
    expect(lineBeginning(line)).toBe(start)
  })
})
