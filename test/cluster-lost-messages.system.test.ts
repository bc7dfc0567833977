// What Redis loses, doubles and brings in another order between three nodes: words, deletions and app events are made up for.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AppEvent, EventList } from '../shared/wire/app-events.ts'
import type { ItemsEvent } from '../shared/wire/items.ts'
import { decodePeerMessage, type PeerMessage } from '../server/documents/peer-message.ts'
import type { Cluster } from './rigs/cluster.ts'
import { startClusterRoom, typeAll, untilAlike, type ClusterRoom } from './rigs/cluster-room.ts'
import { answerOf, jsonBody, type Person } from './rigs/people.ts'
import { connectSocketio, type YjsPeer } from './rigs/peer-lines.ts'
import { redisProgram } from './rigs/private-redis.ts'
import type { Published, Spoiler } from './rigs/redis-line.ts'
import { seededRandom } from './rigs/seeded-random.ts'
import { readMetric } from './rigs/server-metrics.ts'

let room: ClusterRoom
let cluster: Cluster

beforeAll(async () => {
  if (!redisProgram) return
  room = await startClusterRoom()
  cluster = room.cluster
})
afterEach(() => room?.leave())
afterAll(() => room?.stop())

const lines = () => cluster.nodes.map((_, index) => cluster.linesOf(index).redis)

/** What kind of message about a document it is; the node's id on the bus comes before it. */
function kindOf({ channel, payload }: Published): PeerMessage['type'] | undefined {
  return channel.startsWith('elenchus:document:') ? decodePeerMessage(payload.subarray(8))?.type : undefined
}

/** Loses everything about documents. */
const loseAll: Spoiler = (message) => {
  if (kindOf(message) === undefined) message.deliver()
}

/** Of four messages about a document one is lost, one comes twice, and one after the next; `counts` says how many it were. */
function unreliable(random: () => number, counts: { lost: number; doubled: number; late: number }): Spoiler {
  let held: (() => void) | undefined
  return (message) => {
    const { deliver } = message
    if (kindOf(message) === undefined) return deliver()
    const chance = random()
    if (chance < 0.25) return void counts.lost++
    if (chance < 0.5 && !held) {
      counts.late++
      held = deliver
      return
    }
    deliver()
    if (chance > 0.75) {
      counts.doubled++
      deliver()
    }
    held?.()
    held = undefined
  }
}

/** Takes a word out of the text; resolves when that is acked. */
async function takeOut({ peer }: YjsPeer, word: string): Promise<void> {
  expect(await peer.edit((text) => text.delete(text.toString().indexOf(word), word.length))).toBe('')
}

describe.runIf(redisProgram)('three nodes', () => {
  it('[CLU10] have one text three seconds after Redis has dropped, doubled and reordered what they said', async () => {
    const { projectId, peers } = await room.enterAll()
    const counts = { lost: 0, doubled: 0, late: 0 }
    for (const [index, line] of lines().entries()) line.spoil(unreliable(seededRandom(index + 1), counts))
    await typeAll(peers, 'spoiled', 40)
    expect(Math.min(counts.lost, counts.doubled, counts.late)).toBeGreaterThan(10)
    for (const line of lines()) line.mend()
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU10] find out by themselves that the last words never came', async () => {
    const { projectId, peers } = await room.enterAll()
    await typeAll(peers, 'before', 3)
    await untilAlike(peers, 3_000)
    const [first] = peers
    for (const line of lines()) line.spoil(loseAll)
    await first?.peer.typeWord('last')
    for (const line of lines()) line.mend()
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU10] compare again when what compared them was lost', async () => {
    const { projectId, peers } = await room.enterAll()
    await typeAll(peers, 'before', 3)
    await untilAlike(peers, 3_000)
    const [first] = peers
    let lostComparisons = 0
    // All hear how far the first node came, and what they then say is lost.
    for (const line of lines()) {
      line.spoil((message) => {
        const kind = kindOf(message)
        if (kind === 'digest') lostComparisons++
        else if (kind !== 'update' && kind !== 'state') message.deliver()
      })
    }
    await first?.peer.typeWord('missed')
    await expect.poll(() => lostComparisons, { interval: 20 }).toBeGreaterThan(2)
    expect(peers[1]?.peer.text.toString()).not.toContain('missed')
    for (const line of lines()) line.mend()
    await untilAlike(peers, 3_000)
    await room.expectAllThere(peers, projectId)
  })

  it('[CLU10] repair a deletion that was lost', async () => {
    const { peers } = await room.enterAll()
    await typeAll(peers, 'kept', 3)
    await untilAlike(peers, 3_000)
    const [first, ...others] = peers
    if (!first) throw new Error('nobody is there')
    for (const line of lines()) line.spoil(loseAll)
    await takeOut(first, 'kept1w1')
    expect(others.map(({ peer }) => peer.text.toString().includes('kept1w1'))).toEqual([true, true])
    for (const line of lines()) line.mend()
    await untilAlike(peers, 3_000)
    expect(peers.map(({ peer }) => peer.text.toString().includes('kept1w1'))).toEqual([false, false, false])
  })
})

/** Somebody's Socket.IO connection to one node, and all that it brings of a project. */
async function listen(person: Person, index: number, projectId: string) {
  const socket = await connectSocketio({ serverUrl: cluster.node(index).url, token: person.token })
  const events: AppEvent[] = []
  const items: ItemsEvent[] = []
  socket.onAny((name: string, event: unknown) => {
    if (typeof event === 'object' && event !== null && 'eventId' in event)
      events.push({ ...(event as Omit<AppEvent, 'event'>), event: name } as AppEvent)
  })
  socket.on('items', (event: ItemsEvent) => items.push(event))
  const { eventId } = (await socket.emitWithAck('project:join', { projectId })) as { eventId: number }
  return { socket, events, items, since: eventId }
}

/** Things happen in a project, on one node, of as many kinds as there are. */
async function letThingsHappen({ peer }: YjsPeer, owner: Person, path: string): Promise<void> {
  await peer.edit((text) =>
    text.insert(text.length, '\n## Security\n\n- Sessions must expire after 10 minutes.\n- Sessions must expire after 30 minutes.\n'),
  )
  await answerOf(await owner.request(`${path}/questions`, jsonBody('POST', { requestId: 'one' })))
  await answerOf(await owner.request(`${path}/interview`, jsonBody('PATCH', { mode: 'direct' })))
}

describe.runIf(redisProgram)('a node that was cut from Redis', () => {
  /** The node that is cut. */
  const spoiled = 2

  it.each([
    // From PostgreSQL too, which would tell it of events otherwise.
    { what: 'hears what happened elsewhere', acting: 0, listening: spoiled, cuts: ['redis', 'database'] as const },
    { what: 'is heard elsewhere about what happened on it', acting: spoiled, listening: 0, cuts: ['redis'] as const },
  ])('[EVT3, ITM18] $what: by number, once and in order', async ({ acting, listening, cuts }) => {
    const { projectId, peers } = await room.enterAll()
    const actor = peers[acting]
    if (!actor) throw new Error('nobody is there')
    const owner: Person = {
      ...room.owner,
      request: (path, init) => room.owner.request(new URL(path, cluster.node(acting).url).href, init),
    }
    const path = `/api/projects/${projectId}`
    const listener = await listen(room.editor, listening, projectId)
    const cutLines = cuts.map((name) => cluster.linesOf(spoiled)[name])
    for (const line of cutLines) line.cut()
    await expect.poll(() => readMetric(cluster.node(spoiled).url, 'elenchus_redis_up'), { interval: 20 }).toBe(0)
    await letThingsHappen(actor, owner, path)
    const list = async () => answerOf<EventList>(await owner.request(`${path}/events?after=${listener.since}&limit=200`))
    const kinds = ['conflict:opened', 'interview', 'message:finished', 'message:started', 'quality']
    await expect.poll(async () => [...new Set((await list()).items.map(({ event }) => event))].toSorted()).toEqual(kinds)
    expect(listening === spoiled ? listener.events : []).toEqual([])
    const [heardItems, { revision }] = [
      listener.items.length,
      await answerOf<{ revision: number }>(await owner.request(`${path}/items?limit=1`)),
    ]
    for (const line of cutLines) line.mend()
    const idsOf = (events: readonly AppEvent[]) => events.map(({ event, eventId }) => `${eventId} ${event}`)
    await vi.waitFor(async () => expect(idsOf(listener.events)).toEqual(idsOf((await list()).items)), 15_000)
    await expect.poll(() => listener.items.slice(heardItems).at(-1)?.revision ?? 0, { timeout: 5_000 }).toBeGreaterThanOrEqual(revision)
    listener.socket.close()
  })
})
