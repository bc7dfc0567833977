// Changes of a Yjs text, gathered over any transactions of any clients, lead from the text before to the text now.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { contentKey } from '../../shared/spec/plain-text.ts'
import { charsAt, decodeAnchor, encodeAnchor, offsetsOf } from './anchors.ts'
import { TextChanges } from './text-changes.ts'

const step = fc.record({
  who: fc.nat(2),
  at: fc.nat(),
  drop: fc.nat(6),
  insert: fc.constantFrom('', 'a', 'word ', '😀', '\n'),
  act: fc.constantFrom('edit', 'edit', 'edit', 'undo', 'exchange', 'take'),
})

/** A replica and two clients that hear of each other when they exchange. */
function clients() {
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()] as const
  const [replica] = docs
  replica.getText(contentKey).insert(0, 'Some text to begin with.')
  const exchange = () => {
    for (const one of docs) for (const other of docs) Y.applyUpdate(one, Y.encodeStateAsUpdate(other, Y.encodeStateVector(one)))
  }
  exchange()
  return { docs, replica, exchange, undos: docs.map((doc) => new Y.UndoManager(doc.getText(contentKey), { captureTimeout: 0 })) }
}

describe('changes', () => {
  it('[ITM6] gathered at any time lead from the text of the last time to the text now', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { docs, replica, exchange, undos } = clients()
        const text = replica.getText(contentKey)
        const changes = new TextChanges(replica, text)
        let copy = text.toString()
        const take = () => {
          let grown = 0
          for (const { from, to, insert } of changes.take()) {
            copy = copy.slice(0, from + grown) + insert + copy.slice(to + grown)
            grown += insert.length - (to - from)
          }
          expect(copy).toBe(text.toString())
          expect(changes.isEmpty).toBe(true)
        }
        for (const { who, at, drop, insert, act } of steps) {
          const own = docs[who]?.getText(contentKey)
          if (act === 'take') take()
          else if (act === 'exchange') exchange()
          else if (act === 'undo') undos[who]?.undo()
          else if (own) {
            const from = at % (own.length + 1)
            own.delete(from, Math.min(drop, own.length - from))
            own.insert(from, insert)
          }
        }
        exchange()
        take()
      }),
      { numRuns: 300 },
    )
  })

  it('[ITM6] leave an anchor where its character is, and find it nowhere once that is gone', () => {
    const { docs, replica, exchange } = clients()
    const text = replica.getText(contentKey)
    const [first, last] = charsAt(text, [5, 18])
    expect(charsAt(text, [1_000])).toEqual([null])
    docs[1].getText(contentKey).insert(0, 'New: ')
    docs[2].getText(contentKey).delete(18, 1)
    exchange()
    const anchors = [first, last].map((char) => decodeAnchor(char ? encodeAnchor(char) : null))
    expect(
      offsetsOf(
        text,
        anchors.flatMap((char) => char ?? []),
      ),
    ).toEqual([10, null])
    expect(offsetsOf(text, [{ client: 7, clock: 3 }])).toEqual([null])
  })
})
