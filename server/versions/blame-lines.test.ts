// From words to lines: whose words stand in a line, who was last, and what a line break counts for.

import { describe, expect, it } from 'vitest'
import { Authorship } from '../documents/authorship.ts'
import { blameLines } from './blame-lines.ts'

/** Words with their authors and times, as one client's text. */
function blame(...parts: [text: string, author: string | null, atMs: number][]) {
  const authorship = new Authorship()
  const runs = parts.map(([text, authorId, atMs], index) => {
    if (authorId !== null) authorship.claim({ clientId: index, clock: 5, length: text.length, authorId, atMs })
    return { clientId: index, clock: 5, text }
  })
  return blameLines(runs, authorship).map(({ fromLine, toLine, authorId }) => `${fromLine}-${toLine} ${authorId}`)
}

describe('the lines of a text', () => {
  it('[VER11] are of whoever wrote in them last', () => {
    expect(blame(['The kiln ', 'ann', 1], ['must', 'bob', 3], [' cool\n', 'ann', 2], ['Second\n', 'ann', 2])).toEqual([
      '1-1 bob',
      '2-2 ann',
    ])
  })

  it('[VER11] one after another of one person and time are together, over empty lines too', () => {
    expect(blame(['a\n\nb\nc', 'ann', 1], ['\n\n', 'ann', 1], ['d\n', 'bob', 1])).toEqual(['1-5 ann', '6-6 bob'])
  })

  it('[VER11] are not changed by whoever goes on below them', () => {
    expect(blame(['first', 'ann', 1], ['\nsecond', 'bob', 9])).toEqual(['1-1 ann', '2-2 bob'])
  })

  it('[VER11] of nobody known are so, and a line someone wrote in is theirs', () => {
    expect(blame(['# Title\n\n', null, 0], ['by the server', null, 0], [', then ann', 'ann', 1])).toEqual(['1-2 null', '3-3 ann'])
    expect(blame()).toEqual([])
  })
})
