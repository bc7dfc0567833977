// Whose words those of a document are, as this node has seen them come: by Yjs client, and for what the server wrote by its clock.

import type { UserId } from '../../shared/ids.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { CharId } from './anchors.ts'

/** The oldest are forgotten past so many; an item whose author is not known has none. */
const maxKnown = 10_000

export class Authors {
  readonly #serverClient: number
  readonly #byClient = new Map<number, UserId>()
  /** Edits by the server, by the clock of its own client at their start; ascending. */
  readonly #byClock: { from: number; userId: UserId | null }[] = []
  #serverClock: number

  /** `serverClient` is the Yjs client of the replica itself, `serverClock` how far it is. */
  constructor(serverClient: number, serverClock: number) {
    this.#serverClient = serverClient
    this.#serverClock = serverClock
  }

  /** Notes whose an update was, after which the server's own client is at `serverClock`. Gives the people. */
  note({ userId, authors }: Origin, serverClock: number): UserId[] {
    for (const [client, author] of authors ?? []) remember(this.#byClient, client, author)
    if (serverClock > this.#serverClock) {
      this.#byClock.push({ from: this.#serverClock, userId })
      if (this.#byClock.length > maxKnown) this.#byClock.shift()
      this.#serverClock = serverClock
    }
    return [...(userId === null ? [] : [userId]), ...(authors?.values() ?? [])]
  }

  /** Who wrote a character; null when that is not known. */
  of({ client, clock }: CharId): UserId | null {
    if (client !== this.#serverClient) return this.#byClient.get(client) ?? null
    return this.#byClock.findLast(({ from }) => from <= clock)?.userId ?? null
  }
}

function remember(known: Map<number, UserId>, client: number, userId: UserId): void {
  known.delete(client)
  known.set(client, userId)
  const [oldest] = known.keys()
  if (known.size > maxKnown && oldest !== undefined) known.delete(oldest)
}
