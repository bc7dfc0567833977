// The one way into a document, turn by turn: acks, coverage, gaps, limits, failures half-way.

import { encoding } from 'lib0'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { ann, openLive } from '../../test/rigs/live-world.ts'
import { changed, textOf, typed } from '../../test/rigs/yjs-client.ts'
import type { Origin } from './inbound-update.ts'
import { loadReplica } from './replica.ts'

/** An update of two clients: the words of one are good, those of the other claim to follow words of its own that are not there. */
function halfGood(): Uint8Array {
  const encoder = encoding.createEncoder()
  const string = 4
  const hasOrigin = 0x80
  const write = (...values: (number | string)[]): void => {
    for (const value of values) {
      if (typeof value === 'string') encoding.writeVarString(encoder, value)
      else encoding.writeVarUint(encoder, value)
    }
  }
  write(2)
  write(1, 900, 0)
  encoding.writeUint8(encoder, string)
  write(1, 'content', 'good ')
  write(1, 500, 0)
  encoding.writeUint8(encoder, string | hasOrigin)
  write(500, 7, 'bad ')
  write(0)
  return encoding.toUint8Array(encoder)
}

describe('an update', () => {
  it('[DOC3] that comes twice in one turn is logged once, and both are acked after its COMMIT', async () => {
    const { log, live, heard, send } = openLive()
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

  it('[DOC3] that changes nothing, after a row was refused for good, is acked once the log holds what it lacked', async () => {
    const { live, log, send } = openLive()
    send(typed('hello').update)
    await setImmediate()
    log.commit(new AppError('internal'))
    const acked: (AppError | null)[] = []
    live.edit(
      { userId: 'ann' },
      0,
      () => undefined,
      (refusal) => acked.push(refusal),
    )
    expect(acked).toEqual([])
    log.commit()
    expect([acked, textOf(log.reloaded)]).toEqual([[null], 'hello'])
  })

  it('[DOC3] that was refused for good is logged when it comes again, together with all the log lacks', async () => {
    const { log, live, heard, send } = openLive()
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
    const { log, live, heard, send } = openLive()
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
    const { log, live, heard, send } = openLive()
    const updates = ['a', 'b', 'c', 'd'].map((letter) => typed(letter.repeat(100)).update)
    log.roomBytes = (updates[0]?.byteLength ?? 0) * 2.5
    for (const update of updates) send(update)
    await setImmediate()
    expect([textOf(live.doc).length, log.rows.length, heard]).toEqual([200, 2, ['overloaded', 'overloaded']])
    expect(() =>
      live.edit(
        ann,
        100,
        (text) => text.insert(0, 'x'),
        () => undefined,
      ),
    ).toThrow(expect.objectContaining({ code: 'overloaded' }))
    expect(textOf(live.doc)).toBe(textOf(log.reloaded))
  })

  it('[DOC21] at the limit is refused, deletions pass, and one that never fits is too large before it is taken apart', async () => {
    const { live, log, heard, send, copy } = openLive('x'.repeat(900), { maxBytes: 1_000 })
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
    const { live, heard, send } = openLive('text', { maxBytes: 2_000 })
    for (let round = 0; round < 300; round++) {
      send(changed(typed('abcdefgh').doc, (text) => text.delete(round % 7, 1)))
      await setImmediate()
    }
    expect(heard.includes('document_full')).toBe(true)
    expect(live.encodedState().byteLength).toBeLessThan(2_100)
  })

  it('[DOC4] reaches listeners with the bytes that were new, once a turn, its source named when it is the only one', async () => {
    const { live, send, copy } = openLive()
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

  it('[DOC3] whose bytes Yjs cannot take whole is refused, and the log has what the replica shows of it', async () => {
    const { live, log, heard, send, snapshot } = openLive('base ')
    send(halfGood())
    send(typed('fine ').update)
    await setImmediate()
    log.commit()
    expect(heard).toEqual(['invalid_frame', null])
    const updates = log.rows.map(({ row }, index) => ({ id: String(index), payload: row.payload }))
    const reloaded = loadReplica({ snapshot, updates }, () => undefined)
    expect([textOf(live.doc).includes('good '), textOf(live.doc).includes('fine ')]).toEqual([true, true])
    expect(textOf(reloaded)).toBe(textOf(live.doc))
  })

  it('[DOOR8] that deletes the same words over and over is refused before it costs anyone time', async () => {
    const { live, heard, send } = openLive()
    const doc = new Y.Doc()
    for (let index = 0; index < 5_000; index++) changed(doc, (text) => text.insert(0, 'x'))
    send(Y.encodeStateAsUpdate(doc))
    await setImmediate()
    const encoder = encoding.createEncoder()
    for (const value of [0, 1, doc.clientID, 100_000]) encoding.writeVarUint(encoder, value)
    for (let range = 0; range < 100_000; range++) for (const value of [0, 5_000]) encoding.writeVarUint(encoder, value)
    const startMs = performance.now()
    send(encoding.toUint8Array(encoder))
    await setImmediate()
    expect([heard, live.text.length, performance.now() - startMs < 500]).toEqual([['invalid_frame'], 5_000, true])
    send(changed(doc, (text) => text.delete(0, 4_000)))
    await setImmediate()
    expect(live.text.length).toBe(1_000)
  })

  it('[DOOR8] with any byte broken is taken or refused by name, and the log has what the replica shows', async () => {
    const { live, log, heard, send, snapshot } = openLive('base')
    const whole = typed('abc').update
    for (let index = 0; index < whole.length; index++) send(whole.map((byte, at) => (at === index ? byte ^ 0x55 : byte)))
    await setImmediate()
    log.commit()
    expect(heard.length).toBe(whole.length)
    expect(heard.filter((code) => code !== null && code !== 'invalid_frame')).toEqual([])
    const updates = log.rows.map(({ row }, index) => ({ id: String(index), payload: row.payload }))
    expect(textOf(loadReplica({ snapshot, updates }, () => undefined))).toBe(textOf(live.doc))
  })
})

describe('an edit of the server', () => {
  it('[DOC3] that fails half-way is in the log as far as others have seen it, and its caller hears it once', () => {
    const { live, log } = openLive('text')
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
