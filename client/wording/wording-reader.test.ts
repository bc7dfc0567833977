// Wording notices that follow edits: after any edits they are those of the whole text.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TextChange } from '../../shared/spec/outline.ts'
import { WordingReader, type PlacedNotice } from './wording-reader.ts'

const lines = [
  '# Kiln\n',
  '## Security\n',
  '\n',
  '- The page must be fast, etc.\n',
  '- Sessions expire if the key is lost and it should be easy.\n',
  '- **Login:** the server must `always` answer.\n',
  '```\n',
  '| A | B |\n|--|--|\n| x | some |\n',
  'Prose that is fast.\n',
  '  - nested, as needed\n',
]

function read(text: string): { reader: WordingReader; notices: PlacedNotice[] } {
  const reader = last(WordingReader.read(text))
  return { reader, notices: last(reader.all()) }
}

function last<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** As an editor keeps marks: those that an edit takes out are gone, the others move with the text. */
function moved(notices: readonly PlacedNotice[], { from, to, insert }: TextChange): PlacedNotice[] {
  const move = (at: number) => (at >= to ? at + insert.length - (to - from) : Math.min(at, from))
  return notices.map((notice) => ({ ...notice, from: move(notice.from), to: move(notice.to) })).filter((notice) => notice.from < notice.to)
}

const placesOf = (notices: readonly PlacedNotice[]) => notices.map(({ from, to, message }) => `${from}-${to} ${message}`).toSorted()

it('[WORD5] marks what the whole text would be marked with, after any edits, several at once too', () => {
  const text = fc.array(fc.constantFrom(...lines), { maxLength: 40 }).map((parts) => parts.join(''))
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(60),
    insert: fc.constantFrom('', 'x', ' fast', ...lines),
  })
  fc.assert(
    fc.property(text, fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (start, batches) => {
      let now = start
      const { reader, notices: first } = read(start)
      let notices = first
      for (const batch of batches) {
        // Those of one batch stand one behind the other, as an editor tells them.
        let least = 0
        const changes: TextChange[] = []
        for (const { at, cut, insert } of batch) {
          const from = least + Math.floor(at * (now.length - least))
          const change = { from, to: Math.min(now.length, from + cut), insert }
          now = now.slice(0, change.from) + insert + now.slice(change.to)
          notices = moved(notices, change)
          changes.push(change)
          least = from + insert.length
        }
        const { span, notices: fresh } = reader.take(changes)
        notices = [...notices.filter(({ from, to }) => from < span.from || to > span.to), ...fresh]
        expect(placesOf(notices)).toEqual(placesOf(read(now).notices))
      }
    }),
    { numRuns: 500 },
  )
})

it('[WORD5] reads again what an edit touches, and no more', () => {
  const { reader } = read(Array.from({ length: 2_000 }, (_, at) => `- Item ${at} must be fast.\n`).join(''))
  const { span, notices } = reader.take([{ from: 20, to: 20, insert: 'x' }])
  expect(span.to - span.from).toBeLessThan(3_000)
  expect(notices.length).toBeLessThan(120)
})

it('[WORD6] an offer is taken up where its words are by now, and not over Markdown marks', () => {
  const { reader } = read(
    '- The page waits.\n- The server shall stop if the disk is full.\n- **Io:** The server shall wait when a disk is full.\n',
  )
  const offer = reader.offerAt(30) ?? { text: '', span: null }
  expect(offer.text).toBe('If the disk is full, then the server shall stop.')
  reader.take([{ from: 0, to: 0, insert: '- First.\n' }])
  expect(reader.placeOf(offer)?.from).toBe(29)
  expect(reader.offerAt(90)?.span).toBe(null)
})
