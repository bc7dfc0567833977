// Someone who types numbered words into a document, and notes what became of each.

import { setTimeout } from 'node:timers/promises'
import * as Y from 'yjs'
import type { Joined } from './document-world.ts'
import { typed, updateMessage } from './yjs-client.ts'

/** Each word is sent at once; `acked` and `refused` hold what came back, `settlements` how often anything did. */
export class WordTypist {
  readonly doc = new Y.Doc()
  readonly acked: string[] = []
  readonly refused: string[] = []
  settlements = 0
  sent = 0
  readonly #joined: Joined
  readonly #name: string

  constructor(joined: Joined, name: string) {
    this.#joined = joined
    this.#name = name
  }

  type(): void {
    const word = `${this.#name}${this.sent++} `
    const { update } = typed(word, this.doc)
    this.#joined.connection.receive(updateMessage(update), (refusal) => {
      this.settlements++
      if (refusal) this.refused.push(refusal.code)
      else this.acked.push(word)
    })
  }

  async typeUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      this.type()
      await setTimeout(1)
    }
  }
}
