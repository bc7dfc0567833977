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

  it('[DOC18] are mended also when the log is full to the brim', async () => {
    const { live, log, heard, send } = openLive()
    const { update } = typed('a\r\nb')
    log.roomBytes = update.byteLength
    send(update)
    await setImmediate()
    expect([textOf(live.doc), heard]).toEqual(['a\nb', []])
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
