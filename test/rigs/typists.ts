// Many people typing into one document through both doors at once, each word of theirs accounted for.

import { enterBySocketio, enterByYjs } from './peer-lines.ts'
import type { Peer } from './peer.ts'
import { createProject, letIn, signUp, type Person } from './people.ts'

/** Typists of one document. They never come back when their line ends. */
export interface Typists {
  readonly peers: readonly Peer[]
  /** Words the server has answered to with an ack, of all of them. */
  acked(): string[]
  /** Words it has refused, with the code of the refusal. */
  refused(): Map<string, string>
  /** Words that were sent and not answered. */
  unanswered(): number
  /** Resolves when so many words are acked, or when all lines have ended. */
  untilAcked(count: number): Promise<void>
  /** Types no more; what is under way goes on. */
  stopTyping(): void
  /** Resolves when nothing waits for an answer any more, or all lines have ended. */
  untilAnswered(): Promise<void>
  /** Ends all lines; resolves when they have. */
  leave(): Promise<void>
}

export interface TypistsOptions {
  serverUrl: string
  projectId: string
  /** Each opens several connections. */
  people: readonly Person[]
  count: number
  /** Mean time between two words of one typist. */
  everyMs: number
  /** Makes the words of this group their own. */
  label: string
}

/** A project with `guests` people besides its owner who may write. */
export async function startProject(serverUrl: string, guests = 3): Promise<{ projectId: string; owner: Person; people: Person[] }> {
  const [owner, ...others] = await Promise.all(
    Array.from({ length: guests + 1 }, (_, index) => signUp({ serverUrl, name: `Typist ${index}` })),
  )
  if (!owner) throw new RangeError('a project needs an owner')
  const projectId = await createProject(owner, 'Typed into')
  await letIn({ owner, projectId, people: others })
  return { projectId, owner, people: [owner, ...others] }
}

/** Lets them in, every other one through the other door, and starts their typing. */
export async function startTypists({ serverUrl, projectId, people, count, everyMs, label }: TypistsOptions): Promise<Typists> {
  const peers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const token = people[index % people.length]?.token ?? ''
      const entry = { serverUrl, projectId, token }
      return (await (index % 2 === 0 ? enterBySocketio(entry) : enterByYjs(entry))).peer
    }),
  )
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const timers = peers.map((peer, index) => {
    let typed = 0
    const type = (): void => {
      if (peer.end) return
      void peer.typeWord(`${label}-${index}-${typed++}`).then(tell)
      timers[index] = setTimeout(type, everyMs * (0.5 + Math.random()))
    }
    void peer.ended.then(tell)
    return setTimeout(type, everyMs * Math.random())
  })
  const until = (isMet: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!isMet() && peers.some((peer) => !peer.end)) return
        listeners.delete(check)
        resolve()
      }
      listeners.add(check)
      check()
    })
  const stopTyping = (): void => {
    for (const timer of timers) clearTimeout(timer)
  }
  return {
    peers,
    acked: () => peers.flatMap((peer) => [...peer.acked]),
    refused: () => new Map(peers.flatMap((peer) => [...peer.refused])),
    unanswered: () => sum(peers, (peer) => peer.unanswered),
    untilAcked: (count) => until(() => sum(peers, (peer) => peer.acked.size) >= count),
    stopTyping,
    untilAnswered: () => until(() => sum(peers, (peer) => peer.unanswered) === 0),
    async leave() {
      stopTyping()
      for (const peer of peers) peer.close()
      await Promise.all(peers.map((peer) => peer.ended))
    },
  }
}

function sum(peers: readonly Peer[], count: (peer: Peer) => number): number {
  return peers.reduce((total, peer) => total + count(peer), 0)
}
