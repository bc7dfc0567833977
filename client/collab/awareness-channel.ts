// Presence on the line: one's own state goes out coalesced, others' come in, and go when the line does.

import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates, type Awareness } from 'y-protocols/awareness'
import { awarenessMessage, readAwareness, writeAwareness } from './messages.ts'

export interface AwarenessChannelOptions {
  awareness: Awareness
  /** What changes from the server are tagged with. */
  origin: object
  send: (message: Uint8Array) => void
}

interface AwarenessChange {
  added: number[]
  updated: number[]
  removed: number[]
}

/** A cursor that runs along sends this often at most; the last state wins. */
const coalesceMs = 50

/** Presence of one project. */
export class AwarenessChannel {
  readonly #options: AwarenessChannelOptions
  readonly #onUpdate = (change: AwarenessChange): void => this.#onChange(change)
  #isOpen = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: AwarenessChannelOptions) {
    this.#options = options
    options.awareness.on('update', this.#onUpdate)
  }

  /** A session begins: one's own state is sent, as newer than whatever was said of it while the line was away. */
  open(): void {
    const { awareness } = this.#options
    this.#isOpen = true
    // Twice: whoever removed this client for being gone may have counted one up.
    for (let times = 0; times < 2 && awareness.getLocalState() !== null; times++) {
      awareness.setLocalState(awareness.getLocalState())
    }
    this.#sendNow()
  }

  /** The session is over: nobody else can be seen from here. */
  close(): void {
    const { awareness, origin } = this.#options
    this.#isOpen = false
    clearTimeout(this.#timer)
    this.#timer = undefined
    const others = [...awareness.getStates().keys()].filter((clientId) => clientId !== awareness.clientID)
    removeAwarenessStates(awareness, others, origin)
  }

  /** Takes others' states; throws on bytes that are none. One's own is known best here: of that only the clock is taken. */
  receive(update: Uint8Array): void {
    const { awareness, origin } = this.#options
    const entries = readAwareness(update)
    const own = entries.find(({ clientId }) => clientId === awareness.clientID)
    applyAwarenessUpdate(awareness, own === undefined ? update : writeAwareness(entries.filter((entry) => entry !== own)), origin)
    const meta = awareness.meta.get(awareness.clientID)
    if (own !== undefined && meta !== undefined && own.clock >= meta.clock) {
      this.#takeClock(own.clock, own.json === 'null')
    }
  }

  /** Sends one's own state soon, if there is one. */
  sendSoon(): void {
    if (this.#isOpen) this.#timer ??= setTimeout(() => this.#sendNow(), coalesceMs)
  }

  destroy(): void {
    this.close()
    this.#options.awareness.off('update', this.#onUpdate)
  }

  /** What is said next is newer than what the server has; a removal of someone who is still here is contradicted. */
  #takeClock(clock: number, isRemoved: boolean): void {
    const { awareness } = this.#options
    const state = awareness.getLocalState()
    awareness.meta.set(awareness.clientID, { clock, lastUpdated: Date.now() })
    if (isRemoved && state !== null) awareness.setLocalState(state)
  }

  #onChange({ added, updated, removed }: AwarenessChange): void {
    const { clientID } = this.#options.awareness
    if ([added, updated, removed].some((clientIds) => clientIds.includes(clientID))) this.sendSoon()
  }

  #sendNow(): void {
    const { awareness, send } = this.#options
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (awareness.meta.has(awareness.clientID)) {
      send(awarenessMessage(encodeAwarenessUpdate(awareness, [awareness.clientID])))
    }
  }
}
