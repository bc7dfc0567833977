// The fan-out: one frame a window for all, nothing lost, no echo to a sole sender.

import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { changed, docFrom, textOf, typed } from '../../test/rigs/yjs-client.ts'
import { createMetrics } from '../base/metrics.ts'
import { FanOut, type Receiver } from './fan-out.ts'
import type { Frame } from './frame.ts'

class Ear implements Receiver {
  readonly frames: Frame[] = []
  onFrame: () => void = () => undefined

  deliver(frame: Frame): void {
    this.frames.push(frame)
    this.onFrame()
  }

  /** Resolves with the next frame. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.onFrame = resolve))
  }

  get doc(): Y.Doc {
    return docFrom(this.frames.map(({ message }) => message))
  }
}

function room(count: number): { fanOut: FanOut; ears: Ear[] } {
  const fanOut = new FanOut('p', createMetrics())
  const ears = Array.from({ length: count }, () => new Ear())
  for (const ear of ears) fanOut.add(ear)
  return { fanOut, ears }
}

describe('fan-out', () => {
  it('[DOC15] gives each receiver one frame for a window, the same one for all', async () => {
    const { fanOut, ears } = room(3)
    const doc = new Y.Doc()
    for (const word of ['one ', 'two ', 'three'])
      fanOut.push(
        changed(doc, (text) => text.insert(text.length, word)),
        undefined,
      )
    await setImmediate()
    expect(ears.map((ear) => ear.frames.length)).toEqual([1, 1, 1])
    expect(new Set(ears.map((ear) => ear.frames[0])).size).toBe(1)
    expect(textOf(ears[2]?.doc ?? doc)).toBe('one two three')
  })

  it('[DOC15] does not tell a sole sender its own words, and tells all when there are two', async () => {
    const { fanOut, ears } = room(3)
    const [ann, bob, eve] = ears
    fanOut.push(typed('a').update, ann)
    fanOut.push(typed('b').update, ann)
    await setImmediate()
    expect(ears.map((ear) => ear.frames.length)).toEqual([0, 1, 1])
    // The window after a slow one may be longer than a turn.
    const heard = eve?.next()
    fanOut.push(typed('c').update, ann)
    fanOut.push(typed('d').update, bob)
    await heard
    expect(ears.map((ear) => ear.frames.length)).toEqual([1, 2, 2])
    const again = eve?.next()
    fanOut.push(typed('e').update, undefined)
    await again
    expect(ears.map((ear) => ear.frames.length)).toEqual([2, 3, 3])
  })

  it('[DOC4] reaches whoever is there when the window closes, and nobody who has left', async () => {
    const { fanOut, ears } = room(1)
    const late = new Ear()
    fanOut.push(typed('word').update, undefined)
    fanOut.add(late)
    const [gone] = ears
    if (gone) fanOut.remove(gone)
    await setImmediate()
    expect([gone?.frames.length, textOf(late.doc)]).toEqual([0, 'word'])
  })

  it('[DOC15] makes longer windows when sending takes long, never longer than a blink, and loses nothing', async () => {
    const { fanOut, ears } = room(1)
    const [ear] = ears
    const doc = new Y.Doc()
    if (!ear) return
    const busy = { untilMs: 0 }
    ear.onFrame = () => {
      busy.untilMs = performance.now() + 15
      while (performance.now() < busy.untilMs);
    }
    let worstMs = 0
    for (let key = 0; key < 200; key++) {
      const before = ear.frames.length
      fanOut.push(
        changed(doc, (text) => text.insert(text.length, 'x')),
        undefined,
      )
      const pushedAtMs = performance.now()
      if (key % 20 === 0) {
        while (ear.frames.length === before) await setImmediate()
        worstMs = Math.max(worstMs, performance.now() - pushedAtMs)
      } else await setImmediate()
    }
    while (textOf(ear.doc).length < 200) await setImmediate()
    expect(ear.frames.length).toBeLessThan(60)
    // A window is 50 ms at most; the rest is what a busy machine adds.
    expect(worstMs).toBeLessThan(1_000)
  })
})
