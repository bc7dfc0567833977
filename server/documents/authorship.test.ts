// Who brought which words first, whatever client id they come under and however often they come.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { typed } from '../../test/rigs/yjs-client.ts'
import { Authorship, type Stretch } from './authorship.ts'

const minuteMs = 60_000
const stretch = (clock: number, length: number, authorId: string, atMs = 0): Stretch => ({ clientId: 1, clock, length, authorId, atMs })

describe('authorship', () => {
  it('[VER11] belongs to whoever claims first, in each place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }), fc.constantFrom('ann', 'bob', 'eve')), { maxLength: 30 }),
        fc.nat(70),
        fc.nat(20),
        (claims, from, length) => {
          const owners = new Map<number, string>()
          const authorship = new Authorship()
          for (const [clock, size, author] of claims) {
            authorship.claim(stretch(clock, size, author))
            for (let at = clock; at < clock + size; at++) if (!owners.has(at)) owners.set(at, author)
          }
          const found = [...authorship.within(1, from, length)].flatMap((part) =>
            Array.from({ length: part.length }, (_, index) => [part.clock + index, part.authorId]),
          )
          expect(found).toEqual([...owners].filter(([at]) => at >= from && at < from + length).sort(([a], [b]) => a - b))
        },
      ),
    )
  })

  it('[VER11] is dated within ten minutes, and holds one stretch for what was typed in one go', () => {
    const authorship = new Authorship()
    for (let key = 0; key < 100; key++) authorship.claim(stretch(key, 1, 'ann', key * minuteMs))
    expect(authorship.all().map(({ clock, length, atMs }) => [clock, length, atMs / minuteMs])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index * 10, 10, index * 10]),
    )
  })

  it('[VER11] of an update is what it inserts beyond what was known; a server’s update and bytes that are none claim nothing', () => {
    const { doc, update } = typed('one ')
    const authorship = new Authorship()
    authorship.claimUpdate({ payload: update, authorId: null, createdAt: new Date(0) })
    authorship.claimUpdate({ payload: new Uint8Array([255, 255, 1]), authorId: 'eve', createdAt: new Date(0) })
    expect(authorship.all()).toEqual([])
    const both = Y.encodeStateAsUpdate(typed('two', doc).doc)
    authorship.claimUpdate({ payload: both, authorId: 'ann', createdAt: new Date(5) }, new Map([[doc.clientID, 4]]))
    expect(authorship.all()).toEqual([{ clientId: doc.clientID, clock: 4, length: 3, authorId: 'ann', atMs: 5 }])
  })
})
