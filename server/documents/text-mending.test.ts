// Carriage returns and embeds that an editor put into the text, on their way into a document.

import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openLive } from '../../test/rigs/live-world.ts'
import { changed, textOf, typed } from '../../test/rigs/yjs-client.ts'

describe('line ends', () => {
  it('[DOC18] of an editor become LF, in one edit that the log holds too', async () => {
    const { live, log, send } = openLive()
    send(typed('one\r\ntwo\rthree\r\r\nfour\r').update)
    await setImmediate()
    expect(textOf(live.doc)).toBe('one\ntwo\nthree\n\nfour\n')
    expect(textOf(log.reloaded)).toBe(textOf(live.doc))
  })

  it('[DOC18] that waited for other words become LF when those come', async () => {
    const { live, send } = openLive()
    const { doc, update } = typed('first ')
    const later = typed('a\r\nb', doc).update
    send(later)
    await setImmediate()
    expect(textOf(live.doc)).toBe('')
    send(update)
    await setImmediate()
    expect(textOf(live.doc)).toBe('first a\nb')
  })

  it('[DOC18] are refused whole when the log has no room for the mended text too', async () => {
    const { live, log, heard, send } = openLive()
    const { update } = typed('a\r\nb')
    log.roomBytes = 2 * update.byteLength - 1
    send(update)
    await setImmediate()
    expect([textOf(live.doc), heard]).toEqual(['', ['overloaded']])
    log.roomBytes = 2 * update.byteLength
    send(update)
    await setImmediate()
    expect([textOf(live.doc), heard]).toEqual(['a\nb', ['overloaded']])
  })

  it('[DOC18] of a whole pasted file are mended in time that grows with it, and within the size limit', async () => {
    const mend = async (lines: number): Promise<number> => {
      const { live, log, send } = openLive('', { maxBytes: 5 * 1024 * 1024 })
      send(typed('a line of a file\r\n'.repeat(lines)).update)
      const startMs = performance.now()
      await setImmediate()
      const tookMs = performance.now() - startMs
      expect(textOf(live.doc)).toBe('a line of a file\n'.repeat(lines))
      expect(textOf(log.reloaded)).toBe(textOf(live.doc))
      expect(live.encodedState().byteLength).toBeLessThan(20 * lines + 1_000)
      return tookMs
    }
    await mend(1_000)
    const [some, many] = [await mend(10_000), await mend(80_000)]
    // Eight times the text; the square would be 64 times the time, and 80,000 lines were half a minute once.
    expect(many / Math.max(some, 1)).toBeLessThan(40)
  })

  it('[DOC18] of 20,000 in a row take no longer than as many letters, whole or at the edges of runs', async () => {
    const { live, send } = openLive()
    send(typed('\r'.repeat(20_000)).update)
    await setImmediate()
    expect(textOf(live.doc)).toBe('\n'.repeat(20_000))
    const { doc, update } = typed(`${'x\r'.repeat(100)}`)
    const { live: other, send: sendOther } = openLive()
    sendOther(update)
    sendOther(changed(doc, (text) => text.insert(text.length, '\nend')))
    await setImmediate()
    expect(textOf(other.doc)).toBe(`${'x\n'.repeat(100)}end`)
  })

  it('[DOC18] in more runs than anyone types at once are refused, and nothing of them is applied', async () => {
    const { live, heard, send } = openLive()
    const { doc } = typed('')
    for (let run = 0; run < 2_500; run++) doc.getText('content').insert(0, '\r')
    send(Y.encodeStateAsUpdate(doc))
    await setImmediate()
    expect([textOf(live.doc), heard]).toEqual(['', ['invalid_frame']])
  })

  it('[DOC18] split over two updates become one LF for each, and the text stays what its copies show', async () => {
    const { live, send } = openLive()
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

describe('content that is no text', () => {
  it('[DOC27] is taken out again, with the text around it left alone and offsets true', async () => {
    const { live, send, copy } = openLive('# Title\nwords 😀\n')
    const mine = changed(copy, (text) => {
      text.insertEmbed(3, { image: 'x' })
      text.insert(8, 'more ')
      text.insertEmbed(12, new Y.Map())
      text.format(0, 4, { bold: true })
    })
    const heard: Uint8Array[] = []
    live.onUpdate((update) => heard.push(update))
    send(mine)
    await setImmediate()
    expect([live.text.length, textOf(live.doc)]).toEqual([textOf(copy).length, textOf(copy)])
    expect(live.text.length).toBe(live.text.toString().length)
    const other = new Y.Doc()
    const events: unknown[] = []
    other.getText('content').observe((event) => events.push(...event.delta.map(({ insert }) => insert)))
    Y.applyUpdate(other, Y.mergeUpdates([live.encodedState(), ...heard]))
    // Whoever gets the window as one frame never sees what was taken out.
    expect(events.every((insert) => typeof insert === 'string')).toBe(true)
    live.edit(
      { userId: null },
      1,
      (text) => text.insert(text.toString().indexOf('words'), '!'),
      () => undefined,
    )
    expect(textOf(live.doc)).toContain('!words')
  })
})
