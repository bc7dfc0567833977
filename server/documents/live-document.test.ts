// The one way into a document, without a database: acks, coverage, gaps, limits, refusals and line ends, turn by turn.

import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { changed, textOf, typed } from '../../test/rigs/yjs-client.ts'
import type { LogRow } from '../store/documents-store.ts'
import type { Origin } from './inbound-update.ts'
import { LiveDocument } from './live-document.ts'
import { loadReplica } from './replica.ts'
import { stateOfText } from './seed.ts'
import type { Settle, UpdateLog } from './update-log.ts'

/** A log whose COMMIT comes when the test says so. */
class HeldLog {
  readonly rows: { row: LogRow; settlers: Settle[] }[] = []
  roomBytes = Infinity
  #done = 0

  hasRoomFor(bytes: number): boolean {
    return this.rows.slice(this.#done).reduce((sum, { row }) => sum + row.payload.byteLength, bytes) <= this.roomBytes
  }

  hasPending(): boolean {
    return this.rows.length > this.#done
  }

  append(row: LogRow, settle: Settle): void {
    this.rows.push({ row, settlers: [settle] })
  }

  afterPending(_projectId: string, settle: Settle): void {
    const last = this.rows.slice(this.#done).at(-1)
    if (last) last.settlers.push(settle)
    else settle(null)
  }

  commit(refusal: Parameters<Settle>[0] = null): void {
    // What is refused is not in the log.
    const waiting = refusal ? this.rows.splice(this.#done) : this.rows.slice(this.#done)
    if (!refusal) this.#done = this.rows.length
    for (const { settlers } of waiting) for (const settle of settlers) settle(refusal)
  }

  /** What a reload would have. */
  get reloaded(): Y.Doc {
    const doc = new Y.Doc()
    for (const { row } of this.rows) Y.applyUpdate(doc, row.payload)
    return doc
  }
}

const ann: Origin = { userId: 'ann', source: {} }

function open(text = '', { maxBytes = 1_000_000, retired = [] as Uint8Array[] } = {}) {
  const log = new HeldLog()
  const stored = { epoch: 1, revision: 1, snapshot: stateOfText(text), updates: [], retired }
  // The part of the log that a document uses.
  const live = new LiveDocument({ projectId: 'p', stored, log: log as unknown as UpdateLog, maxBytes, onBadRow: () => undefined })
  const heard: (string | null)[] = []
  const send = (update: Uint8Array, onGap?: () => void): void => {
    live.apply({ update, origin: ann, settle: (refusal) => void heard.push(refusal?.code ?? null), ...(onGap ? { onGap } : {}) })
  }
  const copy = new Y.Doc()
  Y.applyUpdate(copy, live.encodedState())
  return { log, live, heard, send, copy, snapshot: stored.snapshot }
}

describe('an update', () => {
  it('[DOC3] that comes twice in one turn is logged once, and both are acked after its COMMIT', async () => {
    const { log, live, heard, send } = open()
    const { update } = typed('word')
    send(update)
    send(update)
    await setImmediate()
    expect([textOf(live.doc), log.rows.length, heard]).toEqual(['word', 1, []])
    expect(live.isSettled).toBe(false)
    log.commit()
    expect([heard, live.isSettled]).toEqual([[null, null], true])
    send(update)
    await setImmediate()
    expect([heard.length, log.rows.length]).toEqual([3, 1])
  })

  it('[DOC3] that was refused for good is logged when it comes again, together with all the log lacks', async () => {
    const { log, live, heard, send } = open()
    const { update } = typed('lost')
    send(update)
    await setImmediate()
    log.commit(new AppError('internal'))
    expect([heard, live.isSettled]).toEqual([['internal'], false])
    send(update)
    await setImmediate()
    expect(heard).toEqual(['internal'])
    expect(textOf(log.reloaded)).toBe('lost')
    log.commit()
    expect([heard, live.isSettled]).toEqual([['internal', null], true])
  })

  it('[DOC5] that builds on something missing is kept, logged and acked, its sender asked once, and shows when that comes', async () => {
    const { log, live, heard, send } = open()
    const { doc, update: first } = typed('first ')
    const second = typed('second ', doc).update
    const third = typed('third', doc).update
    let asked = 0
    send(third, () => asked++)
    await setImmediate()
    send(third, () => asked++)
    await setImmediate()
    expect([asked, textOf(live.doc), log.rows.length]).toEqual([1, '', 2])
    log.commit()
    expect(heard).toEqual([null, null])
    send(first)
    send(second)
    await setImmediate()
    expect([textOf(live.doc), textOf(log.reloaded)]).toEqual(['first second third', 'first second third'])
  })

  it('[DOC7] finds no room together with others of its turn: it is refused and nothing of it is applied', async () => {
    const { log, live, heard, send } = open()
    const updates = ['a', 'b', 'c', 'd'].map((letter) => typed(letter.repeat(100)).update)
    log.roomBytes = (updates[0]?.byteLength ?? 0) * 2.5
    for (const update of updates) send(update)
    await setImmediate()
    expect([textOf(live.doc).length, log.rows.length, heard]).toEqual([200, 2, ['overloaded', 'overloaded']])
    expect(() => live.edit(ann, 100, (text) => text.insert(0, 'x'), () => undefined)).toThrow(expect.objectContaining({ code: 'overloaded' }))
    expect(textOf(live.doc)).toBe(textOf(log.reloaded))
  })

  it('[DOC21] at the limit is refused, deletions pass, and one that never fits is too large before it is taken apart', async () => {
    const { live, log, heard, send, copy } = open('x'.repeat(900), { maxBytes: 1_000 })
    send(typed('y'.repeat(200)).update)
    send(new Uint8Array(1_001))
    await setImmediate()
    expect([heard, log.rows.length]).toEqual([['document_full', 'too_large'], 0])
    send(changed(copy, (text) => text.delete(100, 700)))
    await setImmediate()
    log.commit()
    expect([heard[2], live.text.length]).toEqual([null, 200])
    send(typed('z'.repeat(200)).update)
    await setImmediate()
    expect(live.text.length).toBe(400)
  })

  it('[DOC21] that deletes what is nowhere counts too: waiting deletions cannot grow without end', async () => {
    const { live, heard, send } = open('text', { maxBytes: 2_000 })
    for (let round = 0; round < 300; round++) {
      send(changed(typed('abcdefgh').doc, (text) => text.delete(round % 7, 1)))
      await setImmediate()
    }
    expect(heard.includes('document_full')).toBe(true)
    expect(live.encodedState().byteLength).toBeLessThan(2_100)
  })

  it('[DOC4] reaches listeners with the bytes that were new, once a turn, its source named when it is the only one', async () => {
    const { live, send, copy } = open()
    const heard: { update: Uint8Array; origin: Origin }[] = []
    live.onUpdate((update, origin) => heard.push({ update, origin }))
    send(typed('a').update)
    send(typed('b').update)
    await setImmediate()
    expect([heard.length, heard[0]?.origin.source]).toEqual([1, ann.source])
    for (const { update } of heard) Y.applyUpdate(copy, update)
    expect(textOf(copy)).toBe(textOf(live.doc))
    send(typed('c').update)
    live.apply({ update: typed('d').update, origin: { userId: 'bob', source: {} }, settle: () => undefined })
    await setImmediate()
    expect(heard[1]?.origin.source).toBeUndefined()
  })

  it('[DOC3] whose bytes Yjs cannot take whole leaves the log with all that the replica shows', async () => {
    const { live, log, heard, send, snapshot } = open('base')
    const bad = typed('abc').update.slice()
    for (let index = 0; index < bad.length; index++) {
      const broken = bad.slice()
      broken[index] = (broken[index] ?? 0) ^ 0x55
      send(broken)
    }
    send(typed('good').update)
    await setImmediate()
    log.commit()
    expect(heard.length).toBe(bad.length + 1)
    expect(heard.every((code) => code === null || code === 'invalid_frame' || code === 'document_full')).toBe(true)
    const updates = log.rows.map(({ row }, index) => ({ id: String(index), payload: row.payload }))
    const reloaded = loadReplica({ snapshot, updates }, () => undefined)
    expect(textOf(live.doc)).toContain('good')
    expect(textOf(reloaded)).toBe(textOf(live.doc))
  })
})

describe('line ends', () => {
  it('[DOC18] of an editor become LF, in one edit that the log holds too', async () => {
    const { live, log, send } = open()
    send(typed('one\r\ntwo\rthree\r\r\nfour\r').update)
    await setImmediate()
    expect(textOf(live.doc)).toBe('one\ntwo\nthree\n\nfour\n')
    expect(textOf(log.reloaded)).toBe(textOf(live.doc))
  })

  it('[DOC18] that waited for other words become LF when those come', async () => {
    const { live, send } = open()
    const { doc, update } = typed('first ')
    const later = typed('a\r\nb', doc).update
    send(later)
    await setImmediate()
    expect(textOf(live.doc)).toBe('')
    send(update)
    await setImmediate()
    expect(textOf(live.doc)).toBe('first a\nb')
  })

  it('[DOC18] are mended also when the log is full to the brim', async () => {
    const { live, log, heard, send } = open()
    const { update } = typed('a\r\nb')
    log.roomBytes = update.byteLength
    send(update)
    await setImmediate()
    expect([textOf(live.doc), heard]).toEqual(['a\nb', []])
  })

  it('[DOC18] split over two updates become one LF for each, and the text stays what its copies show', async () => {
    const { live, send } = open()
    const { doc, update } = typed('a\r')
    const rest = typed('\nb', doc).update
    send(update)
    send(rest)
    await setImmediate()
    expect(textOf(live.doc)).toBe('a\nb')
    const copy = new Y.Doc()
    Y.applyUpdate(copy, live.encodedState())
    expect(textOf(copy)).toBe('a\nb')
  })
})

describe('an edit of the server', () => {
  it('[DOC3] that fails half-way is in the log as far as others have seen it, and its caller hears it once', () => {
    const { live, log } = open('text')
    const heard: unknown[] = []
    const breakOff = (text: Y.Text): void => {
      text.insert(0, 'half ')
      throw new Error('broken')
    }
    expect(() => live.edit(ann, 10, breakOff, (refusal) => heard.push(refusal))).toThrow('broken')
    log.commit()
    expect([textOf(live.doc), log.rows.length, heard]).toEqual(['half text', 1, []])
  })
})

describe('a replaced history', () => {
  it('[DOC17] is recognised by its clients: a vector, words, words built on it, deletions of it; other copies pass', async () => {
    const old = typed('old words').doc
    const retired = [Y.encodeStateVector(old)]
    const fork = new Y.Doc()
    Y.applyUpdate(fork, Y.encodeStateAsUpdate(old))
    const built = changed(fork, (text) => text.insert(3, ' new'))
    const deletion = changed(fork, (text) => text.delete(0, 2))
    const { live, log, heard, send } = open('fresh', { retired })
    for (const update of [Y.encodeStateAsUpdate(old), built, deletion, typed('fine').update]) send(update)
    await setImmediate()
    log.commit()
    expect(heard.toSorted()).toEqual([null, 'stale_epoch', 'stale_epoch', 'stale_epoch'])
    expect(live.text.toString()).not.toContain('old')
    expect(() => live.missingFrom(Y.encodeStateVector(old))).toThrow(expect.objectContaining({ code: 'stale_epoch' }))
    expect(() => live.missingFrom(Y.encodeStateVector(typed('x').doc))).not.toThrow()
  })

  it('[DOC17] takes no write once it is known to be over, not even one that it holds', async () => {
    const { live, log, heard, send } = open()
    const { update } = typed('word')
    send(update)
    await setImmediate()
    log.commit(new AppError('stale_epoch'))
    send(update)
    await setImmediate()
    expect(heard).toEqual(['stale_epoch', 'stale_epoch'])
    expect(() => live.edit(ann, 1, (text) => text.insert(0, 'x'), () => undefined)).toThrow(expect.objectContaining({ code: 'stale_epoch' }))
  })

  it('[DOC17] is prepared by holding writes: what came before is applied, what comes is refused as transient', async () => {
    const { live, heard, send } = open()
    send(typed('before').update)
    live.holdWrites()
    expect(textOf(live.doc)).toBe('before')
    send(typed('during').update)
    await setImmediate()
    expect(heard).toEqual(['store_unavailable'])
    live.takeWrites()
    send(typed('after').update)
    await setImmediate()
    expect(live.text.toString()).not.toContain('during')
    expect(textOf(live.doc)).toContain('after')
  })
})
