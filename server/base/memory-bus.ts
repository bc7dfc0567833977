// The bus of one process: nodes made in the same process hear each other, a single node hears nobody.

import type { Bus, BusListener, BusSubscription } from './bus.ts'

/** The shared medium; every `connect()` is one node on it. */
export class MemoryBusHub {
  readonly #listeners = new Map<string, Set<{ node: Bus; listener: BusListener }>>()

  /** Adds a node. */
  connect(): Bus {
    const listeners = this.#listeners
    const node: Bus = {
      isConnected: true,
      publish(channel, bytes) {
        for (const entry of listeners.get(channel) ?? []) {
          // Copied, since the publisher may reuse its buffer; queued, so that a listener never runs inside the publisher's call.
          if (entry.node !== node) queueMicrotask(entry.listener.bind(undefined, bytes.slice()))
        }
      },
      hint: (channel, bytes) => node.publish(channel, bytes),
      subscribe(channel, listener): BusSubscription {
        const entry = { node, listener }
        const entries = listeners.get(channel) ?? new Set()
        listeners.set(channel, entries.add(entry))
        return {
          ready: Promise.resolve(),
          unsubscribe() {
            entries.delete(entry)
            if (entries.size === 0 && listeners.get(channel) === entries) listeners.delete(channel)
          },
        }
      },
      onGap: () => () => undefined,
    }
    return node
  }

  /** Channels that anyone listens on; returns to zero when all is closed. */
  get channelCount(): number {
    return this.#listeners.size
  }
}
