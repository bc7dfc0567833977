// Whose words those of a document are, as this node has seen them come: by Yjs client, and for what the server wrote by its clock.

import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import type { ItemSource } from '../../shared/wire/items.ts'
import type { Origin } from '../documents/inbound-update.ts'
import type { CharId } from './anchors.ts'

/** Where words come from; the author is null when not known. */
export interface Authorship {
  authorId: UserId | null
  source: ItemSource
}

/** The oldest are forgotten past so many; an item whose author is not known has none. */
const maxKnown = 10_000

export class Authors {
  readonly #serverClient: number
  readonly #byClient = new Map<number, UserId>()
  /** Edits by the server, by the clock of its own client at their start; ascending. */
  readonly #byClock: ({ from: number } & Authorship)[] = []
  #serverClock: number

  /** `serverClient` is the Yjs client of the replica itself, `serverClock` how far it is. */
  constructor(serverClient: number, serverClock: number) {
    this.#serverClient = serverClient
    this.#serverClock = serverClock
  }

  /** Notes whose an update was, after which the server's own client is at `serverClock`. Gives the people. */
  note(update: Uint8Array, { userId, authors, isFromPeer, itemSource = 'typed' }: Origin, serverClock: number): UserId[] {
    for (const [client, author] of authors ?? []) remember(this.#byClient, client, author)
    if (isFromPeer === true && userId !== null) {
      for (const client of Y.parseUpdateMeta(update).from.keys()) remember(this.#byClient, client, userId)
    }
    if (serverClock > this.#serverClock) {
      this.#byClock.push({ from: this.#serverClock, authorId: userId, source: itemSource })
      if (this.#byClock.length > maxKnown) this.#byClock.shift()
      this.#serverClock = serverClock
    }
    return [...(userId === null ? [] : [userId]), ...(authors?.values() ?? [])]
  }

  /** Who wrote a character, and with what. */
  of({ client, clock }: CharId): Authorship {
    const written = client === this.#serverClient ? this.#byClock.findLast(({ from }) => from <= clock) : undefined
    if (written) return { authorId: written.authorId, source: written.source }
    return { authorId: this.#byClient.get(client) ?? null, source: 'typed' }
  }
}

function remember(known: Map<number, UserId>, client: number, userId: UserId): void {
  known.delete(client)
  known.set(client, userId)
  const [oldest] = known.keys()
  if (known.size > maxKnown && oldest !== undefined) known.delete(oldest)
}
