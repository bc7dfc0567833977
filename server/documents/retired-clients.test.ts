// Copies of a replaced history at the one way into a document.

import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { ann, openLive } from '../../test/rigs/live-world.ts'
import { changed, textOf, typed } from '../../test/rigs/yjs-client.ts'

describe('a replaced history', () => {
  it('[DOC17] is recognised by its clients: a vector, words, words built on it, deletions of it; other copies pass', async () => {
    const old = typed('old words').doc
    const retired = [Y.encodeStateVector(old)]
    const fork = new Y.Doc()
    Y.applyUpdate(fork, Y.encodeStateAsUpdate(old))
    const built = changed(fork, (text) => text.insert(3, ' new'))
    const deletion = changed(fork, (text) => text.delete(0, 2))
    const { live, log, heard, send } = openLive('fresh', { retired })
    for (const update of [Y.encodeStateAsUpdate(old), built, deletion, typed('fine').update]) send(update)
    await setImmediate()
    log.commit()
    expect(heard).toEqual(['stale_epoch', 'stale_epoch', 'stale_epoch', null])
    expect(live.text.toString()).not.toContain('old')
    expect(() => live.checkVector(Y.encodeStateVector(old))).toThrow(expect.objectContaining({ code: 'stale_epoch' }))
    expect(() => live.checkVector(Y.encodeStateVector(typed('x').doc))).not.toThrow()
  })

  it('[DOC17] takes no write once it is known to be over, not even one that it holds', async () => {
    const { live, log, heard, send } = openLive()
    const { update } = typed('word')
    send(update)
    await setImmediate()
    log.commit(new AppError('stale_epoch'))
    send(update)
    await setImmediate()
    expect(heard).toEqual(['stale_epoch', 'stale_epoch'])
    expect(() =>
      live.edit(
        ann,
        1,
        (text) => text.insert(0, 'x'),
        () => undefined,
      ),
    ).toThrow(expect.objectContaining({ code: 'stale_epoch' }))
  })

  it('[DOC17] is prepared by holding writes: what came before is applied, what comes is refused as transient', async () => {
    const { live, heard, send } = openLive()
    send(typed('before').update)
    live.holdWrites()
    expect(textOf(live.doc)).toBe('before')
    send(typed('during').update)
    await setImmediate()
    expect(heard).toEqual(['store_unavailable'])
    // Two at once: the second still needs it when the first gives up.
    live.holdWrites()
    live.takeWrites()
    send(typed('between').update)
    await setImmediate()
    expect(heard).toEqual(['store_unavailable', 'store_unavailable'])
    live.takeWrites()
    send(typed('after').update)
    await setImmediate()
    expect(live.text.toString()).not.toContain('during')
    expect(textOf(live.doc)).toContain('after')
  })
})
