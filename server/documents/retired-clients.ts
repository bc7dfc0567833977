// The Yjs clients of replaced histories: by them a copy of an old epoch is recognised before anything of it merges.

import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { clientsIn, type DecodedUpdate } from './update-coverage.ts'

export class RetiredClients {
  readonly #clients: Set<number>

  /** `retired` are the state vectors of earlier epochs; a client that wrote in `doc` too is none of them. */
  constructor(retired: readonly Uint8Array[], doc: Y.Doc) {
    this.#clients = new Set(retired.flatMap((vector) => [...Y.decodeStateVector(vector).keys()]))
    for (const client of doc.store.clients.keys()) this.#clients.delete(client)
  }

  /** Throws AppError('stale_epoch') for an update that comes from a replaced history or builds on one. */
  refuseUpdate(decoded: DecodedUpdate): void {
    if (this.#clients.size > 0) this.#refuse(clientsIn(decoded))
  }

  /** Throws AppError('stale_epoch') for the state vector of a copy of a replaced history. */
  refuseVector(clocks: ReadonlyMap<number, number>): void {
    this.#refuse(clocks.keys())
  }

  #refuse(clients: Iterable<number>): void {
    for (const client of clients) if (this.#clients.has(client)) throw new AppError('stale_epoch')
  }
}
