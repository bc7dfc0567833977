// Three real nodes over Redis: typing on all of them, one killed, Redis away and back, and a right that ends without it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { createProvider } from '../client/collab/provider.ts'
import { connectSocket } from '../client/net/socket.ts'
import type { Quality } from '../shared/wire/quality.ts'
import type { ItemList, ItemOverlapEvent, ItemsEvent } from '../shared/wire/items.ts'
import { connectSocketio, endOfSocket, enterBySocketio, enterByYjs, type YjsPeer } from './rigs/peer-lines.ts'
import { missingWords } from './rigs/peer.ts'
import { openGate } from './rigs/gate.ts'
import { startCluster, type Cluster } from './rigs/cluster.ts'
import { createProject, letIn, readSpec, signUp, type Person } from './rigs/people.ts'
import { redisProgram } from './rigs/private-redis.ts'
import { readMetric } from './rigs/server-metrics.ts'

let cluster: Cluster
let owner: Person
let editor: Person

beforeAll(async () => {
  if (!redisProgram) return
  cluster = await startCluster()
  const serverUrl = cluster.node(0).url
  ;[owner, editor] = await Promise.all([signUp({ serverUrl, name: 'Ada' }), signUp({ serverUrl, name: 'Bob' })])
})
afterAll(() => cluster?.stop())

async function newProject(): Promise<string> {
  const projectId = await createProject(owner, 'Cluster')
  await letIn({ owner, projectId, people: [editor] })
  return projectId
}

const portOf = (url: string): number => Number(new URL(url).port)
const at = (index: number, projectId: string, person = editor) => ({ serverUrl: cluster.node(index).url, projectId, token: person.token })
const enterAll = (projectId: string): Promise<YjsPeer[]> => Promise.all([0, 1, 2].map((index) => enterByYjs(at(index, projectId))))

/** Resolves when all peers hold one text with all these words. */
async function untilEqual(peers: YjsPeer[], words: Iterable<string>): Promise<void> {
  const wanted = [...words]
  await expect
    .poll(
      () =>
        new Set(peers.map(({ peer }) => peer.text.toString())).size === 1 &&
        missingWords(peers[0]?.peer.text.toString() ?? '', wanted).length === 0,
      {
        timeout: 15_000,
      },
    )
    .toBe(true)
}

describe.runIf(redisProgram)('three nodes', () => {
  it('[QUA13] tell everyone on each of them the same quality within a second of an edit on one', async () => {
    const projectId = await newProject()
    const told: Quality[][] = [[], [], []]
    const sockets = await Promise.all(
      told.map(async (heard, index) => {
        const socket = await connectSocketio({ serverUrl: cluster.node(index).url, token: editor.token })
        socket.on('quality', (event: Quality) => heard.push(event))
        await socket.emitWithAck('project:join', { projectId })
        return socket
      }),
    )
    const { peer } = await enterByYjs(at(1, projectId))
    await peer.typeWord('## Goals\n\n- Orders arrive within 2 days\n')
    await expect.poll(() => told.map((heard) => heard.at(-1)?.maturity), { timeout: 1_000, interval: 20 }).toEqual([1.11, 1.11, 1.11])
    for (const heard of told) expect(heard).toEqual(told[0])
    for (const socket of sockets) socket.close()
  })

  it('[EVT6] leave nobody without an event, and tell none twice, who comes back on another of them', async () => {
    const projectId = await newProject()
    const gate = await openGate(portOf(cluster.node(0).url))
    const connection = connectSocket({ url: `http://127.0.0.1:${gate.port}`, token: editor.token })
    const provider = createProvider({ projectId, connection })
    const heard: number[] = []
    let resets = 0
    provider.events.on('quality', ({ eventId }) => heard.push(eventId))
    provider.events.onReset(() => resets++)
    const { peer, socket } = await enterByYjs(at(1, projectId))
    const lastId = async () =>
      ((await (await editor.request(`/api/projects/${projectId}/events?after=0&limit=1`)).json()) as { eventId: number }).eventId
    const happen = async (word: string) => {
      const before = await lastId()
      await peer.typeWord(`## Goals\n\n- Orders of ${word} arrive within 2 days\n`)
      await expect.poll(lastId).toBeGreaterThan(before)
    }
    await expect.poll(() => provider.state.connection.state).toBe('live')
    await happen('books')
    await expect.poll(() => heard.length).toBeGreaterThan(0)
    gate.lead(null)
    await happen('maps')
    await happen('pens')
    gate.lead(portOf(cluster.node(2).url))
    const last = await lastId()
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe(last)
    await happen('ink')
    await expect.poll(() => heard.at(-1)).toBe(await lastId())
    expect(heard).toEqual(heard.map((_, index) => (heard[0] ?? 0) + index))
    // The first join alone.
    expect(resets).toBe(1)
    provider.destroy()
    connection.close()
    socket.close()
    await gate.close()
  })

  it('[CLU1] have one text while people type on all of them, and show everyone who is there', async () => {
    const projectId = await newProject()
    const peers = await enterAll(projectId)
    const bySocketio = await enterBySocketio(at(2, projectId, owner))
    await Promise.all(
      peers.map(async ({ peer }, who) => {
        for (let index = 0; index < 30; index++) await peer.typeWord(`n${who}w${index}`)
      }),
    )
    await untilEqual(
      peers,
      peers.flatMap(({ peer }) => [...peer.acked]),
    )
    await expect.poll(() => bySocketio.joined.ok).toBe(true)
    const watching = await enterBySocketio(at(0, projectId, owner))
    const connections = watching.joined.present.map(({ name, connections: count }) => `${name} ${count}`).toSorted()
    expect(connections).toEqual(['Ada 2', 'Bob 3'])
    for (const { socket } of peers) socket.close()
    bySocketio.socket.close()
    watching.socket.close()
  })

  it('[CLU2] converge within three seconds of the return of Redis, without another keystroke', async () => {
    const projectId = await newProject()
    const peers = await enterAll(projectId)
    await cluster.redis.kill()
    await Promise.all(peers.map(({ peer }, who) => peer.typeWord(`alone${who}`)))
    for (const [who, { peer }] of peers.entries()) expect(missingWords(peer.text.toString(), [`alone${who}`])).toEqual([])
    expect(peers.map(({ peer }) => peer.acked.size)).toEqual([1, 1, 1])
    for (const node of cluster.nodes) {
      const ready = await fetch(`${node.url}/health/ready`)
      expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', failing: [], degraded: ['redis'] }])
    }
    await expect.poll(() => readMetric(cluster.node(1).url, 'elenchus_redis_up')).toBe(0)
    await cluster.redis.start()
    await expect.poll(() => readMetric(cluster.node(1).url, 'elenchus_redis_up'), { timeout: 5_000 }).toBe(1)
    await expect.poll(() => new Set(peers.map(({ peer }) => peer.text.toString())).size, { timeout: 3_000 }).toBe(1)
    await untilEqual(peers, ['alone0', 'alone1', 'alone2'])
    for (const { socket } of peers) socket.close()
  })

  it('[CLU3] lose nothing that was acked, and nothing that anyone saw, when one of them is killed; its people are gone', async () => {
    const projectId = await newProject()
    const peers = await enterAll(projectId)
    let isOver = false
    const typing = peers.map(async ({ peer }, who) => {
      for (let index = 0; !isOver && !peer.end; index++) await Promise.race([peer.typeWord(`k${who}w${index}`), peer.ended])
    })
    await expect.poll(() => Math.min(...peers.map(({ peer }) => peer.acked.size)), { timeout: 20_000 }).toBeGreaterThan(20)
    await cluster.node(2).kill9()
    const diedMs = performance.now()
    isOver = true
    await Promise.all(typing)
    const acked = peers.flatMap(({ peer }) => [...peer.acked])
    const staying = peers.slice(0, 2)
    await untilEqual(staying, acked)
    const watching = await enterBySocketio(at(0, projectId, owner))
    const present = () => watching.joined.present
    let seen = present()
    watching.socket.on('presence', (event: { present: typeof seen }) => {
      seen = event.present
    })
    await expect.poll(() => seen.find(({ name }) => name === 'Bob')?.connections, { timeout: 10_000 }).toBe(2)
    expect(performance.now() - diedMs).toBeLessThan(15_000)
    // Whoever comes later reads the same from PostgreSQL.
    await cluster.node(2).restart()
    const late = await enterByYjs(at(2, projectId))
    await untilEqual([...staying, late], acked)
    expect(missingWords(await readSpec(owner, projectId), acked)).toEqual([])
    for (const { socket } of [...staying, late]) socket.close()
    watching.socket.close()
  })

  it('[ITM13] give items one number each, on whichever node they were typed, and tell screens on all of them', async () => {
    const projectId = await newProject()
    const peers = await enterAll(projectId)
    const watching = await enterBySocketio(at(0, projectId, owner))
    const heard = new Map<string, string>()
    watching.socket.on('items', ({ changed }: ItemsEvent) => {
      for (const { id, text } of changed ?? []) heard.set(id, text)
    })
    await Promise.all(
      peers.map(async ({ peer }, who) => {
        for (let index = 0; index < 10; index++) await peer.edit((text) => text.insert(text.length, `\n- Node ${who} must say ${index}\n`))
      }),
    )
    await expect.poll(() => heard.size, { timeout: 10_000 }).toBe(30)
    const { items } = (await (await owner.request(`/api/projects/${projectId}/items?status=all&limit=200`)).json()) as ItemList
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(new Set(items.map(({ text }) => text)).size).toBe(30)
    for (const { socket } of peers) socket.close()
    watching.socket.close()
  })

  it('[ALR8] tell both of two people, once, that they edit the same item from different nodes', async () => {
    const projectId = await newProject()
    const [one, other] = [await enterBySocketio(at(0, projectId, owner)), await enterBySocketio(at(1, projectId))]
    const heard: ItemOverlapEvent[][] = [[], []]
    for (const [nth, { socket }] of [one, other].entries()) socket.on('item:overlap', (event: ItemOverlapEvent) => heard[nth]?.push(event))
    const behind = (words: string, insert: string) => (text: Y.Text) => text.insert(text.toString().indexOf(words) + words.length, insert)
    await one.peer.edit((text) => text.insert(text.length, '\n## Goals\n\n- Sell pots\n- Fire kilns\n'))
    await expect.poll(() => other.peer.text.toString()).toContain('kilns')
    for (const [mine, theirs] of [
      [' online', ' always'],
      [' today', ' soon'],
    ] as const) {
      await one.peer.edit(behind('Sell pots', mine))
      await expect.poll(() => other.peer.text.toString()).toContain(mine)
      await other.peer.edit(behind('Sell', theirs))
      await expect.poll(() => one.peer.text.toString()).toContain(theirs)
    }
    await expect.poll(() => heard.map((events) => events.length)).toEqual([1, 1])
    expect(heard[0]).toEqual(heard[1])
    expect(heard[0]?.[0]).toMatchObject({ projectId, kind: 'edited', item: { ref: 'SPEC-1' } })
    expect(new Set(heard[0]?.[0]?.userIds).size).toBe(2)
    for (const { socket } of [one, other]) socket.close()
  })

  it('[CLU4] take a right away on another node while Redis is away', async () => {
    const projectId = await newProject()
    const { socket } = await enterByYjs(at(1, projectId))
    const end = endOfSocket(socket)
    await cluster.redis.kill()
    try {
      expect((await owner.request(`/api/projects/${projectId}/members/${editor.userId}`, { method: 'DELETE' })).status).toBe(204)
      expect(await end).toEqual({ code: 4403, reason: 'access_lost' })
    } finally {
      await cluster.redis.start()
    }
  })
})
