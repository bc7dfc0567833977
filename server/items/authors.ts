// Whose words those of a document are, as this node has seen them come: by Yjs client and clock, since a server writes for many.

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

/** Words of one Yjs client from a clock on, to the next of them. */
interface Stretch extends Authorship {
  from: number
}

/** The oldest are forgotten past so many; an item whose author is not known has none. */
const maxClients = 10_000
const maxStretches = 10_000

export class Authors {
  readonly #byClient = new Map<number, Stretch[]>()

  /** Notes whose an update was. Gives the people. */
  note(update: Uint8Array, { userId, authors, isFromPeer, itemSource = 'typed' }: Origin): UserId[] {
    if (authors !== undefined) {
      for (const [client, authorId] of authors) this.#take(client, { authorId, source: itemSource }, update)
      return [...new Set([...authors.values(), ...(userId === null ? [] : [userId])])]
    }
    // What comparing with another node has brought is not known to be anybody's.
    if (userId === null && isFromPeer === true) return []
    for (const [client, from] of Y.parseUpdateMeta(update).from) this.#append(client, { from, authorId: userId, source: itemSource })
    return userId === null ? [] : [userId]
  }

  /** Who wrote a character, and with what. */
  of({ client, clock }: CharId): Authorship {
    const written = this.#byClient.get(client)?.findLast(({ from }) => from <= clock)
    return { authorId: written?.authorId ?? null, source: written?.source ?? 'typed' }
  }

  /** A person's own client, which is theirs from its first word on; the update is looked at only when somebody else has sent words of it. */
  #take(client: number, by: Authorship, update: Uint8Array): void {
    const last = this.#byClient.get(client)?.at(-1)
    if (last && isSame(last, by)) return
    this.#append(client, { from: last === undefined ? 0 : (Y.parseUpdateMeta(update).from.get(client) ?? 0), ...by })
  }

  #append(client: number, stretch: Stretch): void {
    const known = this.#byClient.get(client) ?? []
    const last = known.at(-1)
    if (last && isSame(last, stretch)) return
    known.push(stretch)
    if (known.length > maxStretches) known.shift()
    this.#byClient.delete(client)
    this.#byClient.set(client, known)
    const [oldest] = this.#byClient.keys()
    if (this.#byClient.size > maxClients && oldest !== undefined) this.#byClient.delete(oldest)
  }
}

const isSame = (one: Authorship, other: Authorship): boolean => one.authorId === other.authorId && one.source === other.source
