// Proves that the handmade updates are what Yjs would read, alone, merged, and among others' text.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { RunReader, runsOf, typedCharacter, typedUpdate } from './typed-updates.ts'

const expectedText = (length: number): string => Array.from({ length }, (_, clock) => typedCharacter(clock)).join('')

function typed(clientId: number, length: number): Uint8Array[] {
  return Array.from({ length }, (_, clock) => typedUpdate(clientId, clock))
}

describe('a typed update', () => {
  it('appends one character to what its typist has typed, whatever others type between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 }), (turns) => {
        const doc = new Y.Doc()
        doc.getText('content').insert(0, '# A heading\n')
        const clocks = [0, 0, 0]
        for (const who of turns) {
          Y.applyUpdate(doc, typedUpdate(1000 + who, clocks[who] ?? 0))
          clocks[who] = (clocks[who] ?? 0) + 1
        }
        const text = doc.getText('content').toJSON()
        expect(doc.store.pendingStructs).toBeNull()
        expect(text).toHaveLength('# A heading\n'.length + turns.length)
        for (const length of clocks) expect(text).toContain(expectedText(length))
      }),
    )
  })

  it('gives its run, and a merged update the runs of all it contains', () => {
    expect(runsOf(typedUpdate(7, 41))).toEqual([{ clientId: 7, clock: 41, length: 1 }])
    const merged = Y.mergeUpdates([...typed(7, 5), ...typed(9, 3)])
    const counts = new Map<number, number>()
    for (const { clientId, length } of runsOf(merged)) counts.set(clientId, (counts.get(clientId) ?? 0) + length)
    expect(counts).toEqual(
      new Map([
        [7, 5],
        [9, 3],
      ]),
    )
  })

  it('leaves out what a merged update does not hold', () => {
    const gap = Y.mergeUpdates([typedUpdate(7, 0), typedUpdate(7, 5)])
    expect(runsOf(gap).map(({ clock }) => clock)).toEqual([0, 5])
  })
})

describe('the reader of a document', () => {
  it('gives the same runs for the same bytes, and keeps none of the bytes it was lent', () => {
    const reader = new RunReader()
    const lent = Buffer.from(typedUpdate(7, 1))
    const first = reader.read(lent)
    expect(reader.read(Buffer.from(typedUpdate(7, 1)))).toBe(first)
    lent.set(typedUpdate(7, 2))
    expect(reader.read(lent)).toEqual([{ clientId: 7, clock: 2, length: 1 }])
  })
})
