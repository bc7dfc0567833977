// The bus port: how nodes tell each other things. A hint, never the truth; what it loses is found again by comparing.

/** Receives one message of a channel; `bytes` may be kept. Must not throw. */
export type BusListener = (bytes: Uint8Array) => void

/**
 * Delivers at most once, in order per publishing node, to every other node that listens on the channel; never back to
 * the publisher's own node. Implementations are bounded: a message that cannot be sent now is dropped, and
 * `onGap` is told, so that whoever depends on a channel compares states again.
 */
export interface Bus {
  /** Whether messages reach other nodes at this moment; always true when there is one node only. */
  readonly isConnected: boolean
  /** Sends without waiting; never throws and never rejects. */
  publish(channel: string, bytes: Uint8Array): void
  /** As `publish`, of what only the last word matters: the last on a channel that could not be sent is sent when it can be again. */
  hint(channel: string, bytes: Uint8Array): void
  /** Listens until the returned function is called. `ready` resolves once messages published from then on arrive. */
  subscribe(channel: string, listener: BusListener): BusSubscription
  /** Calls `listener` each time messages may have been lost: after a reconnect or a dropped publish. Gives the way to stop. */
  onGap(listener: () => void): () => void
}

export interface BusSubscription {
  readonly ready: Promise<void>
  unsubscribe(): void
}
