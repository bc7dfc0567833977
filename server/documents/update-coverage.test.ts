// Coverage: what an update brings that a document lacks, deletions included, and whose words it is about.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { changed, textOf, typed } from '../../test/rigs/yjs-client.ts'
import { waitingBytes } from './replica.ts'
import { clientsIn, decodeStateVector, decodeUpdate, isCovered, mayGrow } from './update-coverage.ts'

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

describe('whether a document holds an update', () => {
  it('[DOC3] finds a lost deletion although the state vectors are equal', () => {
    const { doc } = typed('hello world')
    const behind = copyOf(doc)
    const deletion = changed(doc, (text) => text.delete(2, 4))
    expect(Y.encodeStateVector(behind)).toEqual(Y.encodeStateVector(doc))
    expect(isCovered(behind, decodeUpdate(deletion))).toBe(false)
    expect(isCovered(doc, decodeUpdate(deletion))).toBe(true)
    Y.applyUpdate(behind, deletion)
    expect(isCovered(behind, decodeUpdate(deletion))).toBe(true)
  })

  it('[DOC3] finds a deletion of which only a part is known, and one of words that are not here', () => {
    const { doc } = typed('abcdefgh')
    const behind = copyOf(doc)
    Y.applyUpdate(
      behind,
      changed(doc, (text) => text.delete(0, 2)),
    )
    changed(doc, (text) => text.delete(0, 3))
    expect(isCovered(behind, decodeUpdate(Y.encodeStateAsUpdate(doc)))).toBe(false)
    const stranger = typed('xyz')
    const unknown = changed(stranger.doc, (text) => text.delete(1, 1))
    expect(isCovered(behind, decodeUpdate(unknown))).toBe(false)
  })

  it('[DOC3] says yes exactly when applying the update changes nothing', () => {
    const change = fc.record({ who: fc.nat(2), at: fc.nat(30), remove: fc.nat(4), insert: fc.string({ maxLength: 3 }) })
    const run = ([changes, seen]: [{ who: number; at: number; remove: number; insert: string }[], number[]]): void => {
      const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
      const updates: Uint8Array[] = []
      for (const { who, at, remove, insert } of changes) {
        const doc = docs[who] ?? new Y.Doc()
        for (const update of updates) Y.applyUpdate(doc, update)
        updates.push(
          changed(doc, (text) => {
            const from = Math.min(at, text.length)
            text.delete(from, Math.min(remove, text.length - from))
            text.insert(from, insert)
          }),
        )
      }
      const replica = new Y.Doc()
      for (const index of seen) Y.applyUpdate(replica, updates[index % updates.length] ?? new Uint8Array([0, 0]))
      for (const update of updates) {
        const claims = isCovered(replica, decodeUpdate(update))
        const after = copyOf(replica)
        Y.applyUpdate(after, update)
        const isSame = Buffer.from(Y.encodeStateAsUpdate(after)).equals(Y.encodeStateAsUpdate(copyOf(replica)))
        // What waits for others is not covered by waiting: it is logged again, since nothing shows that it ever was.
        expect(claims).toBe(isSame && (waitingBytes(replica) === 0 || claims))
      }
    }
    fc.assert(fc.property(fc.tuple(fc.array(change, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(11), { maxLength: 12 })), run), {
      numRuns: 40,
    })
  })
})

describe('an update taken apart', () => {
  it('[DOC21] may grow a document by insertions, and by deletions that must wait, but not by others', () => {
    const { doc, update } = typed('some words')
    const deletion = changed(doc, (text) => text.delete(0, 4))
    expect(mayGrow(new Y.Doc(), decodeUpdate(update))).toBe(true)
    expect(mayGrow(new Y.Doc(), decodeUpdate(deletion))).toBe(true)
    expect(mayGrow(doc, decodeUpdate(deletion))).toBe(false)
  })

  it('[DOC17] names the clients that it comes from, builds on and deletes', () => {
    const { doc, update } = typed('abc')
    const other = new Y.Doc()
    Y.applyUpdate(other, update)
    const insertion = changed(other, (text) => text.insert(1, 'x'))
    expect(clientsIn(decodeUpdate(insertion))).toEqual(new Set([doc.clientID, other.clientID]))
    expect([...clientsIn(decodeUpdate(changed(other, (text) => text.delete(0, 1))))]).toEqual([doc.clientID])
    expect(textOf(other)).toBe('xbc')
  })

  it('[DOOR8] is refused by name when it is none, whatever the bytes', () => {
    const code = (run: () => unknown): string => {
      try {
        run()
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'none'
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(['none', 'invalid_frame']).toContain(code(() => decodeUpdate(bytes)))
        expect(['none', 'invalid_frame']).toContain(code(() => decodeStateVector(bytes)))
      }),
      { numRuns: 2_000 },
    )
    expect(code(() => decodeUpdate(typed('abc').update.subarray(0, 9)))).toBe('invalid_frame')
  })
})
