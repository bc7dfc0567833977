// Text edits as properties: whatever two texts are, the difference leads from one to the other and never splits a character.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInsidePair } from './plain-text.ts'
import { seededRandom } from '../../test/rigs/seeded-random.ts'
import { addedBytes, applyEdits, editsBetween, rebaseEdits, type TextEdit } from './text-edits.ts'

/** Few letters, characters that share their first half or their second, many line ends: texts that look alike and are cut in awkward places. */
const character = fc.constantFrom('a', 'b', ' ', '\n', '😀', '😁', '🚀', 'é', '\u{20200}')
const text = fc.string({ unit: character, maxLength: 60 })
/** A text and another that was made of it by a few changes, as people do. */
const relative = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(60), fc.nat(4), fc.string({ unit: character, maxLength: 6 })), { maxLength: 4 }))
  .map(([from, changes]) => {
    const characters = Array.from(from)
    for (const [at, remove, insert] of changes) characters.splice(Math.min(at, characters.length), remove, ...Array.from(insert))
    return { from, to: characters.join('') }
  })

function apply(edits: readonly TextEdit[], to: string): string {
  let current = to
  applyEdits(edits, {
    delete: (at, length) => void (current = current.slice(0, at) + current.slice(at + length)),
    insert: (at, inserted) => void (current = current.slice(0, at) + inserted + current.slice(at)),
  })
  return current
}

function expectWhole(edits: readonly TextEdit[], base: string): void {
  let end = 0
  for (const { at, remove, insert } of edits) {
    expect(at).toBeGreaterThanOrEqual(end)
    end = at + remove
    expect(end).toBeLessThanOrEqual(base.length)
    expect([isInsidePair(base, at), isInsidePair(base, end), insert.isWellFormed()]).toEqual([false, false, true])
  }
}

const timeMs = (run: () => unknown): number => {
  const startMs = performance.now()
  run()
  return performance.now() - startMs
}

describe('the difference of two texts', () => {
  it('[DOC19] leads from the first to the second, in whole characters', () => {
    const pair = fc.oneof(
      relative,
      fc.tuple(text, text).map(([from, to]) => ({ from, to })),
    )
    fc.assert(
      fc.property(pair, ({ from, to }) => {
        const edits = editsBetween(from, to)
        expect(apply(edits, from)).toBe(to)
        expectWhole(edits, from)
      }),
      { numRuns: 2_000 },
    )
  })

  it('[DOC19] leaves what both texts share alone', () => {
    const from = `${'line\n'.repeat(500)}the 😀 end\n`
    expect(editsBetween(from, from)).toEqual([])
    expect(editsBetween(from, from.replace('😀', '😁'))).toEqual([{ at: from.indexOf('😀'), remove: 2, insert: '😁' }])
    const around = editsBetween(from, `first\n${from}last\n`)
    expect(around.map(({ remove, insert }) => [remove, insert.length])).toEqual([
      [0, 6],
      [0, 5],
    ])
  })

  it('takes a time that is bounded, whatever the texts: 1 MB of other words, and hundreds of changed long lines', () => {
    const random = seededRandom(1)
    const letters = (length: number) => String.fromCharCode(...Array.from({ length }, () => 97 + Math.floor(random() * 26)))
    const noise = (lines: number) => Array.from({ length: lines }, () => letters(50)).join('\n')
    for (const lines of [200, 20_000]) {
      const [from, to] = [noise(lines), noise(lines)]
      expect(timeMs(() => editsBetween(from, to))).toBeLessThan(1_500)
    }
    const alternating = () => Array.from({ length: 600 }, (_, line) => (line % 2 ? `same ${line}` : letters(400))).join('\n')
    const [from, to] = [alternating(), alternating()]
    let edits: TextEdit[] = []
    expect(timeMs(() => (edits = editsBetween(from, to)))).toBeLessThan(500)
    expect(apply(edits, from)).toBe(to)
  })

  it('counts the bytes that it adds', () => {
    expect(addedBytes(editsBetween('a b', 'a 😀 b é'))).toBe(Buffer.byteLength('😀  é'))
  })
})

describe('a change made from an older text', () => {
  /** Both sides change one base; each of their characters is told from the others'. */
  const merge = fc.tuple(
    fc.uniqueArray(fc.integer({ min: 0x4e00, max: 0x5000 }), { maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(25), fc.nat(5), fc.nat(3)), { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(25), fc.nat(5), fc.nat(3)), { maxLength: 4 }),
  )

  const changedBy = (base: string, changes: [number, number, number][], alphabet: number): string => {
    const characters = Array.from(base)
    let next = alphabet
    for (const [at, remove, insert] of changes) {
      characters.splice(Math.min(at, characters.length), remove, ...Array.from({ length: insert }, () => String.fromCodePoint(next++)))
    }
    return characters.join('')
  }

  it('[DOC20] keeps what both sides wrote, in each side’s order, and drops what either removed', () => {
    fc.assert(
      fc.property(merge, ([codes, ourChanges, theirChanges]) => {
        const base = String.fromCodePoint(...codes)
        const ours = changedBy(base, ourChanges, 0x1f600)
        const theirs = changedBy(base, theirChanges, 0x20000)
        const edits = rebaseEdits(editsBetween(base, ours), editsBetween(base, theirs))
        expectWhole(edits, theirs)
        const merged = Array.from(apply(edits, theirs))
        const kept = Array.from(base).filter((one) => ours.includes(one) && theirs.includes(one))
        const isNew = (one: string) => !base.includes(one)
        expect(merged.filter((one) => base.includes(one))).toEqual(kept)
        expect(merged.filter((one) => isNew(one) && ours.includes(one))).toEqual(Array.from(ours).filter(isNew))
        expect(merged.filter((one) => isNew(one) && theirs.includes(one))).toEqual(Array.from(theirs).filter(isNew))
      }),
      { numRuns: 2_000 },
    )
  })

  it('[DOC20] is the change itself when nobody else wrote, and nothing when it is there already', () => {
    fc.assert(
      fc.property(relative, ({ from, to }) => {
        const edits = editsBetween(from, to)
        expect(apply(rebaseEdits(edits, []), from)).toBe(to)
        expect(rebaseEdits([], edits)).toEqual([])
      }),
    )
  })

  it('[DOC20] tells apart the many words that were typed into one line from those that were there', () => {
    const base = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ')
    const theirs = Array.from({ length: 300 }, (_, index) => `word${index} later`).join(' ')
    expect(apply(rebaseEdits(editsBetween(base, ''), editsBetween(base, theirs)), theirs)).not.toContain('word')
  })

  it('[DOC20] puts their words first where both inserted, and spares words that they wrote inside what we remove', () => {
    expect(apply(rebaseEdits([{ at: 1, remove: 0, insert: 'ours' }], [{ at: 1, remove: 0, insert: 'theirs' }]), 'atheirsb')).toBe(
      'atheirsoursb',
    )
    expect(apply(rebaseEdits([{ at: 0, remove: 4, insert: 'ours' }], [{ at: 2, remove: 0, insert: 'THEIRS' }]), 'abTHEIRScd')).toBe(
      'oursTHEIRS',
    )
  })
})
