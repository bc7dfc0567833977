// Quality over a real PostgreSQL: what two nodes tell, what is dismissed, and what changes over days; items and conflicts come by their ports.

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { Audit } from '../audit/audit.ts'
import { createLog } from '../base/log.ts'
import { MemoryBusHub } from '../base/memory-bus.ts'
import { AppEvents } from '../projects/app-events.ts'
import { createAppEventsStore } from '../store/app-events-store.ts'
import { createAuditStore } from '../store/audit-store.ts'
import { createQualityStore } from '../store/quality-store.ts'
import { Qualities } from './quality.ts'
import type { SourceConflict, SourceItem } from './sources.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let hub: MemoryBusHub
let projectId: string
let board: Board
let now: number
let nodes: Node[]

/** The items and conflicts of a project, which all nodes read; each hears of changes when it is told. */
class Board {
  items: SourceItem[] = []
  conflicts: SourceConflict[] = []

  add(category: CategoryKey, count: number, confidence = 1): SourceItem[] {
    const added = Array.from({ length: count }, () => {
      const number = this.items.length + 1
      const item = {
        id: randomUUID(),
        number,
        category,
        text: `Number ${number} of ${category}`,
        confidence,
        updatedAt: new Date(now).toISOString(),
      }
      this.items.push(item)
      return item
    })
    return added
  }

  clash(count: number, kind = 'contradiction'): void {
    for (let at = 0; at < count; at++) this.conflicts.push({ id: randomUUID(), kind, items: this.items.slice(0, 2) })
  }
}

interface Node {
  qualities: Qualities
  appEvents: AppEvents
  tellItems(changed?: readonly SourceItem[], items?: readonly SourceItem[]): void
  tellConflicts(): void
}

function node(): Node {
  const log = createLog('silent')
  const itemListeners = new Set<(change: { projectId: string; items: readonly SourceItem[]; changed: readonly string[] }) => void>()
  const conflictListeners = new Set<(change: { projectId: string }) => void>()
  const appEvents = new AppEvents({ store: createAppEventsStore(world.database), bus: hub.connect(), log })
  const audit = new Audit({ store: createAuditStore(world.database), log, config: { AUDIT_RETENTION_DAYS: 1 } })
  const qualities = new Qualities({
    store: createQualityStore(world.database),
    items: {
      onChange: (listener) => {
        itemListeners.add(listener)
        return () => itemListeners.delete(listener)
      },
      current: async () => [...board.items],
    },
    conflicts: {
      onChange: (listener) => {
        conflictListeners.add(listener)
        return () => conflictListeners.delete(listener)
      },
      list: async () => [...board.conflicts],
    },
    appEvents,
    audit,
    log,
    metrics: world.metrics,
    now: () => now,
  })
  const made: Node = {
    qualities,
    appEvents,
    tellItems: (changed = [], items = [...board.items]) => {
      for (const hear of itemListeners) hear({ projectId, items, changed: changed.map(({ id }) => id) })
    },
    tellConflicts: () => {
      for (const hear of conflictListeners) hear({ projectId })
    },
  }
  nodes.push(made)
  return made
}

async function listen({ appEvents }: Node) {
  const heard: AppEvent[] = []
  await appEvents.enter(projectId, undefined, (event) => heard.push(event))
  return heard
}
const maturities = (heard: readonly AppEvent[]) => heard.map((event) => event['maturity'])

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new DocumentWorld({ url: fresh.url })
  hub = new MemoryBusHub()
  projectId = await world.newProject()
  board = new Board()
  now = Date.UTC(2026, 5, 1)
  nodes = []
})
afterEach(async () => {
  await Promise.all(nodes.map(({ qualities }) => qualities.stop()))
  await world.close()
  await fresh.drop()
})

describe('quality', () => {
  it('[QUA13] is told on every node when it changes, once, whichever nodes saw the change', async () => {
    const [first, second] = [node(), node()]
    const [here, there] = [await listen(first), await listen(second)]
    board.add('goals', 9)
    first.tellItems()
    second.tellItems()
    await vi.waitFor(() => expect([maturities(here), maturities(there)]).toEqual([[10], [10]]))
    // The same again is nothing new.
    first.tellItems()
    await first.qualities.announce(projectId)
    board.add('goals', 1)
    second.tellItems()
    await vi.waitFor(() =>
      expect([maturities(here), maturities(there)]).toEqual([
        [10, 11.11],
        [10, 11.11],
      ]),
    )
    expect(here.map((event) => event['revision'])).toEqual([1, 2])
    expect(here[1]).toMatchObject({ event: 'quality', phase: 'discovery', items: { total: 10 }, openConflicts: 0 })
  })

  it('[QUA13] ends with what is true when a node looked at older items than another has told of', async () => {
    const [behind, ahead] = [node(), node()]
    const heard = await listen(behind)
    board.add('goals', 3)
    await ahead.qualities.announce(projectId)
    board.add('goals', 6)
    // It looks, and another node tells something later between its look and its word.
    const assess = behind.qualities.assess.bind(behind.qualities)
    const late = vi.spyOn(behind.qualities, 'assess').mockImplementationOnce(async (id, items) => {
      const seen = await assess(id, items)
      board.add('goals', 1)
      await ahead.qualities.announce(projectId)
      return seen
    })
    behind.tellItems()
    await vi.waitFor(() => expect(late).toHaveBeenCalledTimes(2))
    await behind.qualities.stop()
    expect(maturities(heard)).toEqual([3.33, 11.11])
  })

  it('[QUA13] tells no state that is older than what another node has told since it heard of it', async () => {
    const [behind, ahead] = [node(), node()]
    const heard = await listen(behind)
    const old = board.add('goals', 3)
    behind.tellItems()
    await behind.qualities.settled(projectId)
    board.add('goals', 6)
    await ahead.qualities.announce(projectId)
    behind.tellItems([], old)
    await behind.qualities.settled(projectId)
    await behind.qualities.stop()
    expect(maturities(heard)).toEqual([3.33, 10])
  })

  it('[QUA13] follows conflicts too, and counts no redundancy as one; the copy of a redundancy is worth nothing', async () => {
    const only = node()
    const heard = await listen(only)
    board.add('goals', 9)
    only.tellItems()
    await vi.waitFor(() => expect(maturities(heard)).toEqual([10]))
    board.clash(2)
    only.tellConflicts()
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ openConflicts: 2, maturity: 10 }))
    board.conflicts = []
    board.clash(1, 'redundancy')
    only.tellConflicts()
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ openConflicts: 0, maturity: 8.89, items: { copies: 1 } }))
  })

  it('[QUA11] keeps quiet about a dismissed notice on every node until there is new evidence', async () => {
    const [first, second] = [node(), node()]
    board.add('goals', 4)
    board.clash(5)
    const [notice] = (await first.qualities.of(projectId)).notices
    expect(notice).toMatchObject({ id: 'conflicts', evidenceCount: 5 })
    expect((await first.qualities.dismiss(projectId, 'conflicts', 'ada')).notices).toEqual([])
    await expect(first.qualities.dismiss(projectId, 'conflicts', 'ada')).rejects.toMatchObject({ code: 'notice_not_found' })
    expect((await second.qualities.of(projectId)).notices).toEqual([])
    // One is solved, another comes: as many as before, and still new.
    board.conflicts.shift()
    expect((await second.qualities.of(projectId)).notices).toEqual([])
    board.clash(1)
    expect((await second.qualities.of(projectId)).notices.map(({ id }) => id)).toEqual(['conflicts'])
  })

  it('[QUA10] notices an item that is changed on several occasions, not one that is typed for long or seen by many nodes', async () => {
    const [first, second] = [node(), node()]
    const [item] = board.add('goals', 2)
    if (!item) throw new Error('no item')
    first.tellItems(board.items)
    const day = 24 * 60 * 60 * 1_000
    const heard = await listen(first)
    for (let change = 1; change <= 3; change++) {
      now += day
      const changed = { ...item, text: `Draft ${change}`, updatedAt: new Date(now).toISOString() }
      board.items[0] = changed
      // Typing on: the same ten minutes, on two nodes, one of which hears of every item.
      for (let stroke = 0; stroke < 3; stroke++) first.tellItems([changed])
      second.tellItems(board.items)
      await Promise.all([first, second].map(({ qualities }) => qualities.settled(projectId)))
      expect((await first.qualities.of(projectId)).notices.map(({ id }) => id)).toEqual(change < 3 ? [] : [`volatility:${item.id}`])
    }
    expect(heard.at(-1)).toMatchObject({ notices: [{ items: [{ id: item.id, ref: 'SPEC-1' }] }] })
    // A week later it has settled.
    now += 8 * day
    expect((await second.qualities.of(projectId)).notices).toEqual([])
    // A season later what was long ago is forgotten, but not when the item was written: again three changes are it, not four.
    now += 100 * day
    for (let change = 1; change <= 3; change++) {
      now += day
      const changed = { ...item, text: `Later ${change}`, updatedAt: new Date(now).toISOString() }
      board.items[0] = changed
      first.tellItems([changed])
      await first.qualities.settled(projectId)
    }
    expect((await first.qualities.of(projectId)).notices.map(({ id }) => id)).toEqual([`volatility:${item.id}`])
  })
})
