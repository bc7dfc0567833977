// A document that is open on three nodes whose lines can be spoiled, and the people who type in it.

import { expect } from 'vitest'
import { startCluster, type Cluster } from './cluster.ts'
import { missingWords } from './peer.ts'
import { enterByYjs, type YjsPeer } from './peer-lines.ts'
import { createProject, letIn, readSpec, signUp, type Person } from './people.ts'

export interface OpenRoom {
  projectId: string
  /** One on each node. */
  peers: YjsPeer[]
}

export interface ClusterRoom {
  readonly cluster: Cluster
  readonly owner: Person
  readonly editor: Person
  /** Opens a new document on all nodes. */
  enterAll(): Promise<OpenRoom>
  /** Every acked word is on every screen, and in what HTTP gives. */
  expectAllThere(peers: readonly YjsPeer[], projectId: string): Promise<void>
  /** Closes whoever entered, and mends every line. */
  leave(): void
  stop(): Promise<void>
}

/** Starts the cluster, with lines that can be spoiled. */
export async function startClusterRoom(env: Record<string, string> = {}): Promise<ClusterRoom> {
  const cluster = await startCluster({ hasLines: true, env })
  const serverUrl = cluster.node(0).url
  const [owner, editor] = await Promise.all([signUp({ serverUrl, name: 'Ada' }), signUp({ serverUrl, name: 'Bob' })])
  const open: YjsPeer[] = []
  return {
    cluster,
    owner,
    editor,
    async enterAll() {
      const projectId = await createProject(owner, 'Faults')
      await letIn({ owner, projectId, people: [editor] })
      const peers = await Promise.all(cluster.nodes.map(({ url }) => enterByYjs({ serverUrl: url, projectId, token: editor.token })))
      open.push(...peers)
      return { projectId, peers }
    },
    async expectAllThere(peers, projectId) {
      const acked = ackedOf(peers)
      for (const { peer } of peers) expect(missingWords(peer.text.toString(), acked)).toEqual([])
      expect(missingWords(await readSpec(owner, projectId), acked)).toEqual([])
    },
    leave() {
      for (const { socket } of open.splice(0)) socket.close()
      for (const index of cluster.nodes.keys()) for (const line of Object.values(cluster.linesOf(index))) line.mend()
    },
    stop: () => cluster.stop(),
  }
}

/** All words that the server acked. */
export function ackedOf(peers: readonly YjsPeer[]): string[] {
  return peers.flatMap(({ peer }) => [...peer.acked])
}

/** Resolves once all hold one text. */
export async function untilAlike(peers: readonly YjsPeer[], timeout: number): Promise<void> {
  await expect.poll(() => new Set(peers.map(({ peer }) => peer.text.toString())).size, { timeout, interval: 50 }).toBe(1)
}

/** Each types so many words, acked one after another. */
export async function typeAll(peers: readonly YjsPeer[], label: string, count: number): Promise<void> {
  await Promise.all(
    peers.map(async ({ peer }, who) => {
      for (let index = 0; index < count; index++) await peer.typeWord(`${label}${who}w${index}`)
    }),
  )
}
