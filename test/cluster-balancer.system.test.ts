// Three nodes behind HAProxy with the deployed settings: people's own clients while one node dies, and while all are restarted one by one.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProvider, type Provider } from '../client/collab/provider.ts'
import { createApi } from '../client/net/api.ts'
import type { Connection } from '../client/net/connection.ts'
import { connectSocket } from '../client/net/socket.ts'
import { balancerProgram } from './rigs/balancer.ts'
import { startCluster, type Cluster } from './rigs/cluster.ts'
import { missingWords } from './rigs/peer.ts'
import { createProject, letIn, readSpec, signUp, type Person } from './rigs/people.ts'
import { redisProgram } from './rigs/private-redis.ts'
import { readMetric } from './rigs/server-metrics.ts'

const peopleCount = 30

let cluster: Cluster
let url: string
let owner: Person
let projectId: string
let typists: Typist[] = []

/** Someone with the page's own client who types a word every 60 ms, and keeps which of them were shown as saved. */
class Typist {
  readonly provider: Provider
  readonly connection: Connection
  readonly words: string[] = []
  /** When the line was made anew, after it was lost. */
  readonly returnsMs: number[] = []
  /** How long each try to make it anew was put off. */
  readonly waitsMs: number[] = []
  /** What a person would see as the end of their work. */
  readonly closures: string[] = []
  savedCount = 0
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(person: Person, name: string) {
    this.connection = connectSocket({ url, token: person.token })
    this.provider = createProvider({ projectId, connection: this.connection })
    let wasOpen = false
    this.connection.subscribe(() => {
      const { status } = this.connection
      if (status.state === 'reconnecting' && status.nextTryAt !== null) this.waitsMs.push(status.nextTryAt - Date.now())
      if (this.connection.isOpen && !wasOpen) this.returnsMs.push(performance.now())
      wasOpen = this.connection.isOpen
    })
    this.provider.subscribe(() => {
      const { save, connection, refusal } = this.provider.state
      if (save.state === 'saved') this.savedCount = this.words.length
      if (connection.state === 'closed') this.closures.push(connection.reason)
      if (refusal !== null) this.closures.push(refusal.code)
    })
    this.#timer = setInterval(() => {
      const word = `${name}w${this.words.length}`
      // Kept first: the listener above hears of it, as unsaved, while it is typed.
      this.words.push(word)
      this.provider.text.insert(this.provider.text.length, `${word} `)
    }, 60)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async untilSaved(): Promise<void> {
    await vi.waitUntil(() => this.provider.state.save.state === 'saved' && this.savedCount === this.words.length, { timeout: 30_000 })
  }

  leave(): void {
    this.stop()
    this.provider.destroy()
    this.connection.close()
  }
}

beforeAll(async () => {
  if (!redisProgram || !balancerProgram) return
  cluster = await startCluster({ balancer: true })
  url = cluster.balancer?.url ?? ''
})
beforeEach(async () => {
  if (!cluster) return
  const guests = await Promise.all(Array.from({ length: 3 }, (_, index) => signUp({ serverUrl: url, name: `Guest ${index}` })))
  owner = await signUp({ serverUrl: url, name: 'Ada' })
  projectId = await createProject(owner, 'Behind a balancer')
  await letIn({ owner, projectId, people: guests })
  typists = Array.from({ length: peopleCount }, (_, index) => new Typist(guests[index % guests.length] ?? owner, `p${index}`))
  await vi.waitUntil(() => typists.every(({ provider }) => provider.state.isSynced), { timeout: 20_000 })
})
afterEach(() => {
  for (const typist of typists.splice(0)) typist.leave()
})
afterAll(() => cluster?.stop())

const connectionsOf = async (index: number): Promise<number> => readMetric(cluster.node(index).url, 'elenchus_connections{door="socketio"}')

/** All that anyone typed is saved, in every text, in PostgreSQL. */
async function expectAllThere(): Promise<void> {
  for (const typist of typists) typist.stop()
  for (const typist of typists) await typist.untilSaved()
  const words = typists.flatMap((typist) => typist.words)
  await expect.poll(() => new Set(typists.map(({ provider }) => provider.text.toString())).size, { timeout: 10_000 }).toBe(1)
  expect(missingWords(typists[0]?.provider.text.toString() ?? '', words)).toEqual([])
  expect(missingWords(await readSpec(owner, projectId), words)).toEqual([])
  expect(typists.flatMap(({ closures }) => closures)).toEqual([])
}

describe.runIf(redisProgram && balancerProgram)('behind a balancer', () => {
  it('[CLU8] the people of a killed node move by themselves, not all in one moment, and nothing that was shown as saved is lost', async () => {
    const counts = await Promise.all([0, 1, 2].map(connectionsOf))
    // Fewest connections first: everyone is somewhere.
    expect(Math.min(...counts)).toBeGreaterThan(0)
    const victim = counts.indexOf(Math.max(...counts))
    await expect.poll(() => Math.min(...typists.map(({ savedCount }) => savedCount))).toBeGreaterThan(10)
    const moved = counts[victim] ?? 0
    const before = typists.map(({ returnsMs }) => returnsMs.length)
    const waitsBefore = typists.map(({ waitsMs }) => waitsMs.length)
    const saved = typists.flatMap(({ words, savedCount }) => words.slice(0, savedCount))
    await cluster.node(victim).kill9()
    const diedMs = performance.now()
    await expect
      .poll(() => typists.filter(({ returnsMs }, index) => returnsMs.length > (before[index] ?? 0)).length, { timeout: 20_000 })
      .toBe(moved)
    const returns = typists
      .flatMap(({ returnsMs }, index) => returnsMs.slice(before[index], (before[index] ?? 0) + 1))
      .toSorted((one, other) => one - other)
    expect((returns.at(-1) ?? 0) - diedMs).toBeLessThan(15_000)
    // The first wait is between 125 and 250 ms, drawn by each: ten draws within 40 ms are one in three thousand.
    const waits = typists.flatMap(({ waitsMs }, index) => waitsMs.slice(waitsBefore[index], (waitsBefore[index] ?? 0) + 1))
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(40)
    await cluster.node(victim).restart()
    await expectAllThere()
    expect(missingWords(await readSpec(owner, projectId), saved)).toEqual([])
  })

  it('[CLU9] nobody notices that all nodes are restarted one after another', async () => {
    const api = createApi({ url, token: owner.token })
    let isOver = false
    const failures: unknown[] = []
    let reads = 0
    const reading = (async () => {
      while (!isOver) {
        await api.listProjects({ limit: 5 }).catch((error: unknown) => failures.push(error))
        reads++
      }
    })()
    for (const node of cluster.nodes) {
      expect(await node.terminate()).toBe(0)
      await node.restart()
      await expect.poll(() => typists.every(({ connection }) => connection.isOpen), { timeout: 20_000 }).toBe(true)
    }
    isOver = true
    await reading
    expect(reads).toBeGreaterThan(50)
    expect(failures).toEqual([])
    await expectAllThere()
  })
})
