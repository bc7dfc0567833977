// Slow clients: merged past a first mark, closed past a second or when they stand still, and nothing lost to those who catch up.

import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest'
import * as Y from 'yjs'
import { MemoryTransport } from '../../test/rigs/memory-transport.ts'
import { changed, docFrom, hear, textOf, updateMessage } from '../../test/rigs/yjs-client.ts'
import { limits } from '../../shared/limits.ts'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import { createMetrics, type Metrics } from '../base/metrics.ts'
import { Consumer } from './consumer.ts'
import { Frame } from './frame.ts'

const marks = { lagBytes: 1_000, maxBytes: 30_000, stallMs: 5_000 }
let transport: MemoryTransport
let metrics: Metrics
let consumer: Consumer
let doc: Y.Doc
let caughtUp: Mock<() => void>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  transport = new MemoryTransport()
  metrics = createMetrics()
  caughtUp = vi.fn<() => void>()
  consumer = new Consumer({ transport, limits: marks, metrics, onCaughtUp: caughtUp })
  doc = new Y.Doc()
})

afterEach(() => {
  vi.useRealTimers()
})

function say(words: string): void {
  consumer.deliver(new Frame('p', updateMessage(changed(doc, (text) => text.insert(text.length, words)))))
}

const counted = async (name: string): Promise<number | undefined> => (await metrics.registry.getSingleMetric(name)?.get())?.values[0]?.value

describe('a client that reads too slowly', () => {
  it('[DOC14] gets what was said meanwhile merged into one frame when it has caught up', async () => {
    say('a')
    transport.bufferedBytes = 1_001
    for (let key = 0; key < 600; key++) say('b')
    expect([transport.messages.length, vi.getTimerCount()]).toEqual([1, 1])
    expect(await counted('elenchus_lagging_connections')).toBe(1)
    transport.bufferedBytes = 900
    vi.advanceTimersByTime(50)
    expect(transport.messages.length).toBe(2)
    expect(textOf(docFrom(transport.messages))).toBe(`a${'b'.repeat(600)}`)
    say('c')
    expect(textOf(docFrom(transport.messages))).toBe(textOf(doc))
    expect([transport.closedWith, vi.getTimerCount()]).toEqual([undefined, 0])
    expect(await counted('elenchus_lagging_connections')).toBe(0)
  })

  it('[DOC14] does without cursors while it is behind, and is told where everyone is once it has caught up', () => {
    const cursor = new Frame('p', new Uint8Array([1, 1, 0]))
    consumer.offer(cursor)
    transport.bufferedBytes = 1_001
    for (let move = 0; move < 100; move++) consumer.offer(cursor)
    expect([transport.messages.length, caughtUp.mock.calls.length]).toEqual([1, 0])
    transport.bufferedBytes = 0
    vi.advanceTimersByTime(50)
    expect([caughtUp.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0])
    consumer.offer(cursor)
    expect(transport.messages.length).toBe(2)
  })

  it('[DOC14] is closed once, with a reason, past the second mark, and nothing is held for it any more', async () => {
    transport.bufferedBytes = 1_001
    for (let key = 0; key < 20; key++) say('x'.repeat(4_000))
    expect(transport.closedWith).toBe('slow_consumer')
    say('more')
    consumer.answer(new Frame('p', updateMessage(new Uint8Array(10))))
    vi.advanceTimersByTime(60_000)
    expect([transport.messages.length, vi.getTimerCount()]).toEqual([0, 0])
    expect(await counted('elenchus_slow_consumers_total')).toBe(1)
    expect(await counted('elenchus_lagging_connections')).toBe(0)
  })

  it('[DOC14] is closed when it reads nothing for long, and kept while it reads at all', () => {
    transport.bufferedBytes = 20_000
    say('x')
    for (let step = 0; step < 30; step++) {
      vi.advanceTimersByTime(4_000)
      transport.bufferedBytes -= 100
    }
    expect(transport.closedWith).toBeUndefined()
    vi.advanceTimersByTime(5_200)
    expect(transport.closedWith).toBe('slow_consumer')
  })

  it('[DOC14] that asks without reading is closed too', () => {
    transport.isStalled = true
    for (let ask = 0; ask < 20; ask++) consumer.answer(new Frame('p', updateMessage(new Uint8Array(4_000))))
    expect(transport.closedWith).toBe('slow_consumer')
    expect(transport.bufferedBytes).toBeLessThan(marks.maxBytes + 5_000)
  })

  it('[DOC14] that goes leaves no timer behind', () => {
    transport.bufferedBytes = 2_000
    say('x')
    consumer.stop()
    say('y')
    expect([vi.getTimerCount(), transport.messages.length]).toEqual([0, 0])
  })

  it('[DOC14] is held little for: what was said is merged as it waits, not counted as it was sent', () => {
    transport.bufferedBytes = 1_001
    let sentBytes = 0
    for (let key = 0; key < 2_000; key++) {
      const update = changed(doc, (text) => text.insert(text.length, 'z'))
      sentBytes += update.byteLength
      consumer.deliver(new Frame('p', updateMessage(update)))
    }
    // Counted as it was sent it would be past the second mark by now.
    expect([sentBytes + 1_001 > marks.maxBytes, transport.closedWith]).toEqual([true, undefined])
    transport.bufferedBytes = 0
    vi.advanceTimersByTime(50)
    expect(transport.messages.length).toBe(1)
    expect(textOf(docFrom(transport.messages))).toBe(textOf(doc))
  })
})

describe('a large frame', () => {
  it('[DOOR10] goes in chunks to those who asked for them and whole to others, updates too', () => {
    const frame = new Frame('p', updateMessage(new Uint8Array(2 * limits.chunkBytes)))
    consumer.deliver(frame)
    expect(transport.messages[0]).toBe(frame.message)
    const chunked = new MemoryTransport()
    chunked.takesChunks = true
    const roomy = { ...marks, lagBytes: 1e9, maxBytes: 1e9 }
    new Consumer({ transport: chunked, limits: roomy, metrics, onCaughtUp: caughtUp }).deliver(frame)
    expect(chunked.messages.map((message) => hear(message).type)).toEqual([messageType.chunk, messageType.chunk, messageType.chunk])
  })
})
