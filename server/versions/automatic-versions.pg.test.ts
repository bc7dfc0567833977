// Automatic versions on a real database: when they come, that each comes once, who worked on it, and which ones go with age.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { VersionWorld } from '../../test/rigs/version-world.ts'
import { docFrom, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { editFor } from '../documents/edit-for.ts'

const minuteMs = 60_000
const config = { VERSION_PAUSE_MS: String(minuteMs), VERSION_INTERVAL_MS: String(10 * minuteMs) }

let fresh: FreshDatabase
let nodes: VersionWorld[]
let node: VersionWorld
let projectId: string

beforeEach(async () => {
  fresh = await freshDatabase()
  nodes = [0, 1].map(() => new VersionWorld({ url: fresh.url, config }))
  const [first] = nodes
  if (!first) throw new Error('no node')
  node = first
  projectId = await node.newProject()
})

afterEach(async () => {
  for (const each of nodes) await each.close()
  await fresh.drop()
})

/** Has someone type on a node, which hears of the commit. */
async function work(userId: string, words: string, on = node): Promise<void> {
  const joined = await on.join(projectId, { userId })
  expect(await joined.send(updateMessage(typed(words, docFrom(joined.transport.messages)).update))).toBeNull()
  joined.leave()
  on.automatic.touch(projectId)
  await on.automatic.beat()
}

const beat = () => Promise.all(nodes.map((each) => each.automatic.beat()))
const kinds = async () => (await node.list(projectId)).map(({ kind }) => kind)

describe('an automatic version', () => {
  it('[VER8] is made once nobody has written for the pause, and once only, by whichever node', async () => {
    await work('ann', 'one ')
    await beat()
    expect(await kinds()).toEqual([])
    await node.passMinutes(2)
    await beat()
    expect(await node.list(projectId)).toMatchObject([{ kind: 'automatic', number: 1, authorId: 'ann', name: null }])
    await node.passMinutes(60)
    await beat()
    expect(await kinds()).toEqual(['automatic'])
  })

  it('[VER8] comes no sooner than the interval after the last, and without a pause after three of them', async () => {
    await work('ann', 'one ')
    await node.passMinutes(2)
    await beat()
    await work('ann', 'two ')
    await node.passMinutes(5)
    await beat()
    expect(await kinds()).toHaveLength(1)
    await node.passMinutes(6)
    await beat()
    expect(await kinds()).toHaveLength(2)
    for (let minutes = 0; minutes < 30; minutes++) {
      await work('ann', `${minutes} `)
      await node.passMinutes(0.9)
      await beat()
    }
    expect(await kinds()).toHaveLength(2)
    for (let minutes = 0; minutes < 5; minutes++) {
      await work('ann', `${minutes} `)
      await node.passMinutes(0.9)
      await beat()
    }
    expect(await kinds()).toHaveLength(3)
  })

  it('[VER8] is not made of work that was taken back, and comes after a node that died before it', async () => {
    await work('ann', 'one ')
    await node.passMinutes(2)
    await beat()
    const joined = await node.join(projectId, { userId: 'ann' })
    await editFor(joined.document, { userId: 'ann' }, [{ at: 0, remove: 0, insert: 'x' }])
    node.automatic.touch(projectId)
    await beat()
    await editFor(joined.document, { userId: 'ann' }, [{ at: 0, remove: 1, insert: '' }])
    joined.leave()
    await node.passMinutes(20)
    await beat()
    expect(await kinds()).toHaveLength(1)
    expect(await node.work.claim({ pauseMs: 0, intervalMs: 0, longestMs: 0, leaseMs: 1, limit: 10 })).toEqual([])

    await work('ann', 'two ')
    await node.passMinutes(20)
    const due = { pauseMs: minuteMs, intervalMs: 0, longestMs: 10 * minuteMs, leaseMs: minuteMs, limit: 10 }
    // A node takes it and dies; nobody else is given it, until the lease is over.
    expect(await nodes[1]?.work.claim(due)).toEqual([projectId])
    await beat()
    expect(await kinds()).toHaveLength(1)
    await node.passMinutes(2)
    await beat()
    expect(await kinds()).toHaveLength(2)
  })

  it('[VER8] is one however many nodes try in the same moment', async () => {
    for (let round = 1; round <= 10; round++) {
      await work('ann', `${round} `)
      const made = await Promise.all([...nodes, ...nodes].map((each) => each.maker.make({ projectId, kind: 'automatic', authorId: null })))
      expect(made.filter(({ isNew }) => isNew).length).toBe(1)
      const numbers = (await node.list(projectId)).map(({ number }) => number)
      expect(numbers).toEqual(numbers.map((_, index) => numbers.length - index))
    }
  })

  it('[VER9] names all who worked since the last one, the last first, also those whose updates compaction has folded', async () => {
    await work('ann', 'one ')
    await work('bob', 'two ')
    await node.snapshots.compact(projectId)
    expect(await node.rows(projectId)).toBe(0)
    await work('eve', 'three ')
    await node.passMinutes(20)
    await beat()
    await work('bob', 'four ')
    await node.snapshots.compact(projectId)
    await node.passMinutes(20)
    await beat()
    const authors = (await node.list(projectId)).map((version) => version.authors.map(({ userId }) => userId))
    expect(authors).toEqual([['bob'], ['eve', 'bob', 'ann']])
  })
})

describe('thinning', () => {
  const hourMs = 60 * minuteMs
  const dayMs = 24 * hourMs

  /** A version every twenty minutes of the last sixty days, every thousandth with a name. */
  async function makeMany(): Promise<void> {
    await node.database.query(
      'test.versions',
      (sql) => sql`
        insert into versions (project_id, number, kind, name, author_ids, text_hash, content, size_bytes, taken_at, created_at, thin_after)
        select ${projectId}, 5000 - age, 'automatic', case when age % 1000 = 0 then 'named' end, '{}', ''::bytea, ''::bytea, 0, at, at,
          at + interval '1 day'
        from (select age, now() - (age * 20 + 7) * interval '1 minute' as at from generate_series(0, 60 * 72 - 1) as age) as made`,
    )
  }

  /** Which stretch of time a version of that age stands for; null: it stays in any case. */
  function timeOf(createdAt: Date, nowMs: number): string | null {
    const ageMs = nowMs - createdAt.getTime()
    if (ageMs < dayMs) return null
    const iso = createdAt.toISOString()
    if (ageMs < 7 * dayMs) return iso.slice(0, 'YYYY-MM-DDTHH'.length)
    if (ageMs < 30 * dayMs) return iso.slice(0, 'YYYY-MM-DD'.length)
    // The first day of 1970 was a Thursday; weeks begin on Monday.
    return `week ${Math.floor((createdAt.getTime() / dayMs + 3) / 7)}`
  }

  it('[VER10] keeps all of the last day, one an hour for a week, one a day for a month, one a week after, and all with a name', async () => {
    await makeMany()
    const before = await node.list(projectId, 5_000)
    const nowMs = Date.now()
    const taken = new Set<string>()
    const expected = before.filter(({ name, createdAt }) => {
      const time = name === null ? timeOf(createdAt, nowMs) : null
      if (time === null) return true
      // The list has the newest first.
      return taken.size < taken.add(time).size
    })
    expect([before.length, expected.filter(({ name }) => name !== null).length]).toEqual([60 * 72, 5])
    await Promise.all(nodes.map((each) => each.automatic.thin()))
    await node.automatic.thin()
    const numbers = async () => (await node.list(projectId, 5_000)).map(({ number }) => number)
    expect(await numbers()).toEqual(expected.map(({ number }) => number))
    await node.automatic.thin()
    expect((await numbers()).length).toBe(expected.length)
  })

  it('[VER10] goes on with age, and never takes the last version nor all of a time', async () => {
    await work('ann', 'one ')
    await node.passMinutes(2)
    await beat()
    for (const days of [0, 2, 10, 40, 400]) {
      await node.passMinutes(days * 24 * 60)
      await Promise.all(nodes.map((each) => each.automatic.thin()))
      expect(await kinds()).toEqual(['automatic'])
    }
  })
})
