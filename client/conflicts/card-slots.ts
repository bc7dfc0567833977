// The places in the editor in which cards about conflicts are drawn: the editor makes and drops them, the page fills them.

import type { Resolution } from '../../shared/wire/conflicts.ts'

/** Without a choice it is a hint that goes with the pointer; with one, a card that stays until it is closed. */
export interface CardSlot {
  readonly dom: HTMLElement
  readonly conflictId: string
  readonly chosen: Resolution | null
}

export class CardSlots {
  #slots: readonly CardSlot[] = []
  readonly #listeners = new Set<() => void>()

  get slots(): readonly CardSlot[] {
    return this.#slots
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Makes a place for the editor to show. */
  make(conflictId: string, chosen: Resolution | null): HTMLElement {
    const dom = document.createElement('div')
    this.#show([...this.#slots, { dom, conflictId, chosen }])
    return dom
  }

  /** Forgets the places that the editor has taken from the screen. */
  dropLost(): void {
    if (this.#slots.some(({ dom }) => !dom.isConnected)) this.#show(this.#slots.filter(({ dom }) => dom.isConnected))
  }

  #show(slots: readonly CardSlot[]): void {
    this.#slots = slots
    for (const listener of this.#listeners) listener()
  }
}
