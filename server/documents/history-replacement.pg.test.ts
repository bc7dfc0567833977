// New epochs: old copies told before anything merges, nothing doubled, nothing acked lost to the moment of replacement.

import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld, type WorldOptions } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { changed, docFrom, step1Message, step2Message, textOf, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { AppError } from '../../shared/errors.ts'
import type { DocumentsStore } from '../store/documents-store.ts'

let fresh: FreshDatabase
const worlds: DocumentWorld[] = []
const nothing = step1Message(Y.encodeStateVector(new Y.Doc()))

beforeEach(async () => {
  fresh = await freshDatabase()
})

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()))
  await fresh.drop()
})

function open(options: Partial<WorldOptions> = {}): DocumentWorld {
  const world = new DocumentWorld({ url: fresh.url, ...options })
  worlds.push(world)
  return world
}

/** A client with a whole copy. */
async function copied(
  world: DocumentWorld,
  projectId: string,
): Promise<{ doc: Y.Doc; joined: Awaited<ReturnType<DocumentWorld['join']>> }> {
  const joined = await world.join(projectId)
  await joined.send(nothing)
  return { doc: docFrom(joined.transport.messages), joined }
}

describe('a replaced history', () => {
  it('[DOC17] keeps the text, tells who is there, and refuses their copies by name, whatever they send first', async () => {
    const world = open()
    const projectId = await world.newProject()
    const { doc, joined } = await copied(world, projectId)
    const { update } = typed('some words\n', doc)
    expect(await joined.send(updateMessage(update))).toBeNull()
    expect(await world.history.replace(projectId)).toBe(2)
    expect(joined.transport.closedWith).toBe('stale_epoch')
    expect(joined.transport.events.filter(({ name }) => name === 'epoch')).toEqual([{ name: 'epoch', event: { projectId, epoch: 2 } }])
    const { doc: whole } = await copied(world, projectId)
    expect(textOf(whole)).toBe(textOf(doc))
    expect(Y.decodeStateVector(Y.encodeStateVector(whole)).size).toBe(1)
    const late = typed('late', doc).update
    const forked = new Y.Doc()
    Y.applyUpdate(forked, Y.encodeStateAsUpdate(doc))
    const first = [
      step1Message(Y.encodeStateVector(doc)),
      step2Message(Y.encodeStateAsUpdate(doc)),
      updateMessage(late),
      updateMessage(changed(forked, (text) => text.insert(0, 'fork'))),
      updateMessage(changed(forked, (text) => text.delete(6, 3))),
    ]
    for (const message of first) {
      const { send, transport, leave } = await world.join(projectId)
      expect(await send(message)).toBe('stale_epoch')
      expect(transport.refusals.map(({ code }) => code)).toEqual(['stale_epoch'])
      leave()
    }
    // The old connection's words come too late, too.
    expect(await joined.send(updateMessage(late))).toBe('stale_epoch')
    expect(textOf((await copied(open(), projectId)).doc)).toBe(textOf(whole))
  })

  it('[DOC17] remembers every earlier epoch, over a reload', async () => {
    const world = open({ config: { DOCUMENT_IDLE_MS: '0' } })
    const projectId = await world.newProject()
    const copies: Y.Doc[] = []
    for (let epoch = 2; epoch < 5; epoch++) {
      const { doc, joined } = await copied(world, projectId)
      copies.push(doc)
      joined.leave()
      expect(await world.history.replace(projectId)).toBe(epoch)
    }
    const node = open()
    for (const copy of copies) {
      const { send } = await node.join(projectId)
      expect(await send(step2Message(Y.encodeStateAsUpdate(copy)))).toBe('stale_epoch')
    }
    expect((await node.join(projectId)).document.live.epoch).toBe(4)
    expect(textOf((await copied(node, projectId)).doc)).toBe('# Spec\n')
  })

  it('[DOC17] loses nothing that was acked around the moment of it', async () => {
    const slow = (store: DocumentsStore): DocumentsStore => ({
      ...store,
      replaceHistory: async (change) => {
        // Time for what must not happen: an update committed behind the text that was read.
        await setTimeout(40)
        return store.replaceHistory(change)
      },
    })
    const world = open({ wrapStore: slow })
    const projectId = await world.newProject()
    const acked: string[] = []
    const refused = new Set<string | null>()
    let isOver = false
    const typing = ['a', 'b', 'c'].map(async (name) => {
      for (let index = 0; !isOver; index++) {
        const { send, leave, transport } = await world.join(projectId)
        for (let key = 0; !isOver && !transport.closedWith; key++) {
          const word = `${name}${index}x${key} `
          const code = await send(updateMessage(typed(word).update))
          if (code === null) acked.push(word)
          else refused.add(code)
          await setTimeout(1)
        }
        leave()
      }
    })
    for (let epoch = 2; epoch < 6; epoch++) {
      await setTimeout(30)
      expect(await world.history.replace(projectId)).toBe(epoch)
    }
    isOver = true
    await Promise.all(typing)
    await world.updateLog.flushed()
    const text = textOf((await copied(open(), projectId)).doc)
    const words: string[] = text.match(/[abc]\d+x\d+ /g) ?? []
    expect(acked.length).toBeGreaterThan(20)
    expect(acked.filter((word) => !words.includes(word))).toEqual([])
    expect(new Set(words).size).toBe(words.length)
    expect([...refused].every((code) => code === 'store_unavailable' || code === 'stale_epoch')).toBe(true)
  })

  it('[DOC17] by another node ends the old replica at its next write, which is not acked, nor is its repetition', async () => {
    const [here, there] = [open(), open()]
    const projectId = await here.newProject()
    const { joined } = await copied(here, projectId)
    expect(await there.history.replace(projectId)).toBe(2)
    const message = updateMessage(typed('late').update)
    const codes = await Promise.all([joined.send(message), joined.send(message)])
    expect(codes).toEqual(['stale_epoch', 'stale_epoch'])
    expect(await joined.send(message)).toBe('stale_epoch')
    await vi.waitFor(() => expect(joined.transport.closedWith).toBe('stale_epoch'))
    expect(here.registry.peek(projectId)).toBeUndefined()
    const again = await here.join(projectId)
    expect([again.document.live.epoch, textOf(again.document.live.doc)]).toEqual([2, '# Spec\n'])
  })

  it('[DOC17] that nobody can name the epoch of still ends the old replica', async () => {
    const nameless = (store: DocumentsStore): DocumentsStore => ({
      ...store,
      heading: () => Promise.reject(new AppError('store_unavailable')),
    })
    const there = open()
    const projectId = await there.newProject()
    await copied(there, projectId)
    const here = open({ wrapStore: nameless })
    const { joined } = await copied(here, projectId)
    await there.history.replace(projectId)
    expect(await joined.send(updateMessage(typed('late').update))).toBe('stale_epoch')
    await vi.waitFor(() => expect(joined.transport.closedWith).toBe('stale_epoch'))
  })

  it('[DOC17] that PostgreSQL did not take leaves everyone writing as before', async () => {
    let isBroken = true
    const broken = (store: DocumentsStore): DocumentsStore => ({
      ...store,
      replaceHistory: (change) => (isBroken ? Promise.reject(new AppError('store_unavailable')) : store.replaceHistory(change)),
    })
    const world = open({ wrapStore: broken })
    const projectId = await world.newProject()
    const { joined } = await copied(world, projectId)
    await expect(world.history.replace(projectId)).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(await joined.send(updateMessage(typed('still').update))).toBeNull()
    isBroken = false
    const outcomes = await Promise.all([1, 2].map(() => world.history.replace(projectId).catch((error: { code: string }) => error.code)))
    expect(outcomes.map(String).toSorted()).toEqual(['2', 'stale_epoch'])
    expect(textOf((await copied(world, projectId)).doc)).toContain('still')
  })
})

describe('a history that is replaced on one node while another writes', () => {
  it('[DOC28] keeps every word that was acked, on whatever node, and takes none of the old epoch afterwards', async () => {
    const [replacing, writing] = [open(), open()]
    const projectId = await replacing.newProject()
    const writers = await Promise.all([1, 2, 3].map((index) => writing.join(projectId, { userId: `w${index}` })))
    const acked: string[] = []
    const refused: string[] = []
    let isOver = false
    const typing = writers.map(async (writer, who) => {
      const doc = new Y.Doc()
      for (let index = 0; !isOver && !writer.transport.closedWith; index++) {
        const word = `w${who}n${index}.`
        const refusal = await writer.send(updateMessage(changed(doc, (text) => text.insert(0, word))))
        if (refusal === null) acked.push(word)
        else refused.push(refusal)
      }
    })
    await vi.waitFor(() => expect(acked.length).toBeGreaterThan(10), 10_000)
    // There is no bus between the two: what the other has written is in PostgreSQL alone.
    expect(await replacing.history.replace(projectId)).toBe(2)
    await vi.waitFor(() => expect(writers.map(({ transport }) => transport.closedWith)).toEqual(writers.map(() => 'stale_epoch')), 10_000)
    isOver = true
    await Promise.all(typing)
    expect(new Set(refused)).toEqual(new Set(['stale_epoch']))
    const reader = open()
    const text = (await reader.join(projectId)).document.live.text.toString()
    for (const word of acked) expect(text).toContain(word)
    expect(await reader.rows(projectId)).toBe(0)
  })
})
