// Identity of items under any edits: ids and numbers that stay, on one replica and on two that hear of each other late.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { parseSpec } from '../../shared/spec/parse-spec.ts'
import { contentKey } from '../../shared/spec/plain-text.ts'
import type { Item } from '../../shared/wire/items.ts'
import { hostileShapes } from '../../test/rigs/hostile-markdown.ts'
import { ItemsWorld } from '../../test/rigs/items-world.ts'
import { openLive } from '../../test/rigs/live-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import type { LiveDocument } from '../documents/live-document.ts'
import { DocumentItems } from './document-items.ts'
import { hasLongStretch } from './long-steps.ts'
import { OutlineWorkers } from './outline-workers.ts'

let fresh: FreshDatabase
let world: ItemsWorld
const outlines = new OutlineWorkers()
beforeAll(async () => {
  fresh = await freshDatabase()
  world = new ItemsWorld({ url: fresh.url })
})
afterAll(async () => {
  await world.close()
  await outlines.stop()
  await fresh.drop()
})

const start = '## Goals\n\n- Pots are sold\n- Kilns are hot\n- Clay is wet\n\n## Security\n\n- Doors are locked\n- Keys are kept\n'

/** A replica with a client of its own, whose edits reach it at once, and its items. */
function replica(projectId: string, snapshot?: Uint8Array, text0 = start) {
  const { live } = openLive(snapshot ? '' : text0)
  Object.assign(live, { projectId })
  if (snapshot) Y.applyUpdate(live.doc, snapshot)
  const client = new Y.Doc()
  Y.applyUpdate(client, live.encodedState())
  client.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== live) Y.applyUpdate(live.doc, update, { userId: 'ann' })
  })
  const text = client.getText(contentKey)
  const undo = new Y.UndoManager(text, { captureTimeout: 0 })
  return { live, client, text, undo, items: itemsOf(live) }
}

function itemsOf(live: LiveDocument): DocumentItems {
  return new DocumentItems({
    live,
    store: world.itemsStore,
    outlines,
    absorb: async () => undefined,
    onStored: () => undefined,
    onOverlap: () => undefined,
  })
}

type Replica = ReturnType<typeof replica>

/** Lines with where they start. */
function linesOf(text: Y.Text): { from: number; line: string }[] {
  let from = 0
  return text
    .toString()
    .split('\n')
    .map((line) => {
      const place = { from, line }
      from += line.length + 1
      return place
    })
}

const pick = <T>(list: readonly T[], seed: number): T | undefined => list[seed % Math.max(1, list.length)]
const bullets = (text: Y.Text) => linesOf(text).filter(({ line }) => line.startsWith('- '))

let words = 0
const newLine = () => `- Line ${++words} says ${words * 7919} things about ${words * 104_729}\n`

/** What people do to lines as wholes; the words of a line stay. */
const wholeLineActs = {
  add: ({ text }: Replica, seed: number) => text.insert(pick(bullets(text), seed)?.from ?? text.length, newLine()),
  remove({ text }: Replica, seed: number) {
    const place = pick(bullets(text), seed)
    if (place) text.delete(place.from, place.line.length + 1)
  },
  move({ text, client }: Replica, seed: number) {
    const place = pick(bullets(text), seed)
    if (!place) return
    client.transact(() => {
      text.delete(place.from, place.line.length + 1)
      text.insert(pick(linesOf(text), seed >> 4)?.from ?? 0, `${place.line}\n`)
    })
  },
  undo: ({ undo }: Replica) => undo.undo(),
  redo: ({ undo }: Replica) => undo.redo(),
  rename({ text }: Replica, seed: number) {
    const heading = pick(
      linesOf(text).filter(({ line }) => line.startsWith('## ')),
      seed,
    )
    if (!heading) return
    text.delete(heading.from, heading.line.length)
    text.insert(heading.from, `## ${['Goals', 'Security', 'Testing', 'Whatever'][seed % 4]}`)
  },
} satisfies Record<string, (replica: Replica, seed: number) => void>

/** And what they do inside of lines. */
const allActs = {
  ...wholeLineActs,
  type: ({ text }: Replica, seed: number) =>
    text.insert(seed % (text.length + 1), ['x', ' must ', '\n', '\n- ', 'FR-1: ', '# ', '```\n'][seed % 7] ?? ''),
  erase: ({ text }: Replica, seed: number) =>
    text.delete(seed % Math.max(1, text.length), Math.min(1 + (seed % 40), text.length - (seed % Math.max(1, text.length)))),
  replace({ text, client }: Replica, seed: number) {
    const at = seed % Math.max(1, text.length)
    client.transact(() => {
      text.delete(at, Math.min(seed % 12, text.length - at))
      text.insert(at, 'other words')
    })
  },
} satisfies Record<string, (replica: Replica, seed: number) => void>

const acts = <Name extends string>(table: Record<Name, unknown>) =>
  fc.array(fc.record({ act: fc.constantFrom(...(Object.keys(table) as Name[])), seed: fc.nat(), isAnalysed: fc.boolean() }), {
    minLength: 1,
    maxLength: 14,
  })

/** What the text gives, and what is stored of it. */
function expectItemsOf(live: LiveDocument, items: readonly Item[]): void {
  const parsed = parseSpec(live.text.toString()).items
  expect(items.map(({ text, category, externalId, from, to }) => ({ text, category, externalId, from, to }))).toEqual(
    parsed.map(({ text, category, externalId, from, to }) => ({ text, category, externalId, from, to })),
  )
}

describe('items of one replica', () => {
  it('[ITM6] are those of the text after any edits, each with one id and one number that nobody else ever had', async () => {
    await fc.assert(
      fc.asyncProperty(acts(allActs), async (steps) => {
        const projectId = await world.newProject()
        const one = replica(projectId)
        const numbers = new Map<string, number>()
        for (const { act, seed, isAnalysed } of [...steps, { act: 'undo' as const, seed: 0, isAnalysed: true }]) {
          allActs[act](one, seed)
          if (!isAnalysed) continue
          await one.items.analyse()
          const items = one.items.present()
          expectItemsOf(one.live, items)
          expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
          for (const { id, number } of items) {
            expect(numbers.get(id) ?? number).toBe(number)
            numbers.set(id, number)
          }
          expect(new Set(numbers.values()).size).toBe(numbers.size)
        }
        const rows = await world.allItems(projectId)
        expect(
          rows
            .filter(({ status }) => status === 'current')
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(
          one.items
            .present()
            .map(({ id }) => id)
            .toSorted(),
        )
        // Whoever opens it anew finds the same, and has nothing to store.
        const anew = itemsOf(one.live)
        await anew.analyse()
        expect(anew.present()).toEqual(one.items.present())
        expect(anew.revision).toBe(one.items.revision)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('[ITM7] keep the id of a line that is moved, taken out, brought back by undo, or put under another heading', async () => {
    await fc.assert(
      fc.asyncProperty(acts(wholeLineActs), async (steps) => {
        const one = replica(await world.newProject())
        const ids = new Map<string, string>()
        for (const { act, seed, isAnalysed } of steps) {
          wholeLineActs[act](one, seed)
          if (!isAnalysed) continue
          await one.items.analyse()
          for (const { id, text } of one.items.present()) {
            expect(ids.get(text) ?? id).toBe(id)
            ids.set(text, id)
          }
        }
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

describe('items of a text that cannot be read in slices', () => {
  it('[ITM16] are found by another thread, and are the same', async () => {
    const long = `${start}- A long one ${'must say so, '.repeat(4_000)}\n- The last\n`
    await fc.assert(
      fc.asyncProperty(acts(allActs), async (steps) => {
        const one = replica(await world.newProject(), undefined, long)
        let reads = 0
        const counting = { read: (markdown: string) => (reads++, outlines.read(markdown)) }
        const items = new DocumentItems({
          live: one.live,
          store: world.itemsStore,
          outlines: counting,
          absorb: async () => undefined,
          onStored: () => undefined,
          onOverlap: () => undefined,
        })
        await items.analyse()
        const [first] = items.present()
        for (const { act, seed } of steps) {
          allActs[act](one, seed)
          await items.analyse()
          expectItemsOf(one.live, items.present())
        }
        expect(reads).toBeGreaterThan(0)
        one.text.insert(one.text.toString().indexOf('Pots'), 'All ')
        await items.analyse()
        expect(first?.number).toBe(1)
        const anew = itemsOf(one.live)
        await anew.analyse()
        expect(anew.present()).toEqual(items.present())
      }),
      { numRuns: 10 },
    )
  }, 60_000)

  it('[ITM16] are found at the next time when that thread has failed', async () => {
    const one = replica(await world.newProject(), undefined, `${start}- A long one ${'must say so, '.repeat(4_000)}\n`)
    let isBroken = false
    const breaking = {
      read: (markdown: string) => (isBroken ? Promise.reject(new Error('the thread has ended')) : outlines.read(markdown)),
    }
    const items = new DocumentItems({
      live: one.live,
      store: world.itemsStore,
      outlines: breaking,
      absorb: async () => undefined,
      onStored: () => undefined,
      onOverlap: () => undefined,
    })
    await items.analyse()
    const before = items.present().map(({ id }) => id)
    isBroken = true
    one.text.insert(one.text.toString().indexOf('Pots'), 'All ')
    await expect(items.analyse()).rejects.toThrow('the thread has ended')
    one.text.insert(0, 'Prose. ')
    isBroken = false
    await items.analyse()
    expectItemsOf(one.live, items.present())
    expect(items.present().map(({ id }) => id)).toEqual(before)
  })

  it.each(Object.entries(hostileShapes))('[ITM16] or are what nobody would write: %s', async (_, shape) => {
    const one = replica(await world.newProject(), undefined, shape(20_000))
    await one.items.analyse()
    one.text.insert(Math.floor(one.text.length / 2), 'x')
    await one.items.analyse()
    // What PostgreSQL cannot hold is cleaned.
    const clean = one.items.present().map(({ from, to, number }) => [from, to, number])
    expect(clean).toEqual(parseSpec(one.live.text.toString()).items.map(({ from, to }, index) => [from, to, clean[index]?.[2]]))
  })

  it.each([
    ['short lines', '- one\n- two\n'.repeat(10_000), false],
    ['a table', `| A | B |\n|---|---|\n${'| a | b |\n'.repeat(10_000)}`, false],
    ['paragraphs', 'some prose that goes on\n\n'.repeat(10_000), false],
    ['a long line', `- one\n- ${'word '.repeat(10_000)}\n`, true],
    ['a long paragraph', `- one\n\n${'some prose that goes on\n'.repeat(10_000)}`, true],
    ['nothing', '', false],
  ])('[ITM16] %s', (_, markdown, isLong) => {
    expect(hasLongStretch(markdown)).toBe(isLong)
  })
})

describe('items of two replicas', () => {
  it('[ITM8] are the same on both once they have heard of each other, and no line has two numbers', async () => {
    const step = fc.record({ act: fc.constantFrom('add', 'type', 'remove', 'analyse', 'hear'), who: fc.nat(1), seed: fc.nat() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
        const projectId = await world.newProject()
        const first = replica(projectId)
        const both = [first, replica(projectId, first.live.encodedState())] as const
        const hear = (who: number) => {
          const [one, other] = who === 0 ? both : [both[1], both[0]]
          const update = Y.encodeStateAsUpdate(other.live.doc, Y.encodeStateVector(one.live.doc))
          Y.applyUpdate(one.live.doc, update, { userId: null, isFromPeer: true })
          Y.applyUpdate(one.client, update, one.live)
        }
        const added = new Set<string>()
        for (const { act, who, seed } of steps) {
          const one = both[who === 0 ? 0 : 1]
          if (act === 'analyse') await one.items.analyse()
          else if (act === 'hear') hear(who)
          else if (act === 'add') {
            wholeLineActs.add(one, seed)
            added.add(String(words))
          } else if (act === 'remove') wholeLineActs.remove(one, seed)
          else {
            const line = pick(bullets(one.text), seed)
            if (line) one.text.insert(line.from + line.line.length, '!')
          }
        }
        hear(0)
        hear(1)
        for (const { items } of both) await items.analyse({ isFresh: true })
        await both[0].items.analyse({ isFresh: true })
        expectItemsOf(first.live, both[0].items.present())
        expect(both[1].items.present().map(({ id, number }) => [id, number])).toEqual(
          both[0].items.present().map(({ id, number }) => [id, number]),
        )
        const rows = await world.allItems(projectId)
        expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
        // The lines of the start, and one number at most for each that was added.
        expect(rows.length).toBeLessThanOrEqual(5 + added.size)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
