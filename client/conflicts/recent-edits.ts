// Where the text was edited of late, and whether by oneself: what an edit sets off is news to all but whoever made it.

import * as Y from 'yjs'
import type { Provider } from '../collab/provider.ts'
import type { Span } from '../../shared/spec/span.ts'

interface RecentEdit {
  from: Y.RelativePosition
  to: Y.RelativePosition
  atMs: number
  isOwn: boolean
}

/** What is found in an edit is told well within this after it was saved. */
const rememberedMs = 30_000
const maxEdits = 500

/** Remembers from now on, until `stop`. */
export class RecentEdits {
  readonly #provider: Provider
  readonly #stops: (() => void)[]
  #edits: RecentEdit[] = []
  /** What nobody else has yet is found in later than it was typed. */
  #unsavedAtMs = 0

  constructor(provider: Provider) {
    this.#provider = provider
    const { text } = provider
    text.observe(this.#onChange)
    this.#stops = [() => text.unobserve(this.#onChange), provider.subscribe(() => this.#lookAtSave())]
    this.#lookAtSave()
  }

  /** Whether it was somebody else who edited one of `places` last. */
  areOthers(places: readonly Span[]): boolean {
    this.#forget()
    return this.#edits.findLast((edit) => this.#touches(edit, places))?.isOwn === false
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #touches(edit: RecentEdit, places: readonly Span[]): boolean {
    const { doc } = this.#provider.text
    if (!doc) return false
    const [from, to] = [edit.from, edit.to].map((place) => Y.createAbsolutePositionFromRelativePosition(place, doc)?.index)
    return from !== undefined && to !== undefined && places.some((place) => from <= place.to && to >= place.from)
  }

  readonly #onChange = ({ delta }: Y.YTextEvent, { local, origin }: Y.Transaction) => {
    const { text, undo } = this.#provider
    // What the server changed on one's behalf, in another view, is not `local`, and is one's own.
    const made = { isOwn: local || undo.trackedOrigins.has(origin), atMs: Date.now() }
    let index = 0
    for (const { retain, insert } of delta) {
      const length = retain ?? (typeof insert === 'string' ? insert.length : 0)
      const placeAt = (at: number) => Y.createRelativePositionFromTypeIndex(text, at)
      if (retain === undefined) this.#edits.push({ ...made, from: placeAt(index), to: placeAt(index + length) })
      index += length
    }
    if (this.#edits.length > maxEdits) this.#edits = this.#edits.slice(-maxEdits / 2)
  }

  #lookAtSave(): void {
    if (this.#provider.state.save.hasUnsaved) this.#unsavedAtMs = Date.now()
  }

  #forget(): void {
    this.#lookAtSave()
    const now = Date.now()
    if (now - this.#unsavedAtMs > rememberedMs) this.#edits = this.#edits.filter(({ atMs }) => now - atMs <= rememberedMs)
  }
}
