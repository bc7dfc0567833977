// Tells others which part of the text one sees, and goes to the part that a followed person sees.

import { EditorView, ViewPlugin } from '@codemirror/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DocumentPlace } from './document-place.ts'
import type { Following } from './following.ts'
import { placeIn } from './shared-place.ts'

/** One's own view is told at most this often while scrolling. */
const tellEveryMs = 200

/** What moves one's own view: after any of these one is no longer led. */
const ownMoves = ['wheel', 'touchmove', 'mousedown', 'keydown'] as const

export interface FollowOptions {
  text: Y.Text
  awareness: Awareness
  place: DocumentPlace
  following: Following
}

/** What an editor said of itself; anything can stand in it. */
type AwarenessState = NonNullable<ReturnType<Awareness['getLocalState']>>

/** Joins the editor to `following`. */
export function followView(options: FollowOptions) {
  return ViewPlugin.define((view) => new FollowView(view, options))
}

class FollowView {
  readonly #view: EditorView
  readonly #options: FollowOptions
  readonly #stops: (() => void)[]
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView, options: FollowOptions) {
    this.#view = view
    this.#options = options
    const { awareness, place, following } = options
    const onAwareness = () => this.#goThere()
    const stopFollowing = () => following.stop()
    awareness.on('change', onAwareness)
    for (const name of ownMoves) view.scrollDOM.addEventListener(name, stopFollowing, { passive: true })
    this.#stops = [
      () => awareness.off('change', onAwareness),
      following.subscribe(() => this.#goThere()),
      place.onScroll(() => this.#tellSoon()),
      () => {
        for (const name of ownMoves) view.scrollDOM.removeEventListener(name, stopFollowing)
      },
    ]
    this.#tellSoon()
  }

  destroy(): void {
    clearTimeout(this.#timer)
    for (const stop of this.#stops) stop()
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell()
    }, tellEveryMs)
  }

  #tell(): void {
    const { awareness, text, place } = this.#options
    const state = awareness.getLocalState()
    if (!state) return
    const top = Y.createRelativePositionFromTypeIndex(text, Math.min(place.topPosition, text.length))
    if (JSON.stringify(state['top']) !== JSON.stringify(top)) awareness.setLocalStateField('top', top)
  }

  /** Other editors tell no `top`: there the caret says where the person is. */
  #goThere(): void {
    const { awareness, text, following } = this.#options
    const state = following.userId === null ? null : latestStateOf(awareness, following.userId)
    if (!state) return
    const top = placeIn(text, state['top'])
    const position = top ?? placeIn(text, state['cursor']?.head)
    if (position === null) return
    const anchor = Math.min(position, this.#view.state.doc.length)
    this.#view.dispatch({ effects: EditorView.scrollIntoView(anchor, top === null ? { y: 'center' } : { y: 'start', yMargin: 48 }) })
  }
}

/** The state a person changed last: they may have the document open more than once. */
function latestStateOf(awareness: Awareness, userId: string): AwarenessState | null {
  let latest: { state: AwarenessState; at: number } | null = null
  for (const [clientId, state] of awareness.getStates()) {
    const at = awareness.meta.get(clientId)?.lastUpdated ?? 0
    if (clientId !== awareness.clientID && state['user']?.id === userId && at >= (latest?.at ?? 0)) latest = { state, at }
  }
  return latest?.state ?? null
}
