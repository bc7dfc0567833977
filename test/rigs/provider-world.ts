// Providers, their lines and the reference peer under fake timers: what most provider tests start from.

import { vi } from 'vitest'
import { createProvider, type Provider } from '../../client/collab/provider.ts'
import type { ProviderOptions } from '../../client/collab/provider-options.ts'
import { Link, type LinkOptions } from './link.ts'
import { WirePeer } from './wire-peer.ts'

export const projectId = '00000000-0000-4000-8000-000000000001'

/** A provider with the line it lives on. */
export interface Member {
  provider: Provider
  link: Link
}

/** A small world. Call `vi.useFakeTimers()` before, and `end` after. */
export class World {
  readonly peer: WirePeer
  readonly #members: Member[] = []

  constructor(peer = new WirePeer(projectId)) {
    this.peer = peer
  }

  /** Adds a provider on a line of its own; one millisecond a message unless told. */
  add(name: string, options: Partial<ProviderOptions> = {}, link: Partial<LinkOptions> = {}): Member {
    const line = new Link({ name, peers: [this.peer], delayMs: () => 1, reconnectMs: () => 100, ...link })
    const provider = createProvider({ projectId, connection: line, random: () => 0.5, ...options })
    const member = { provider, link: line }
    this.#members.push(member)
    return member
  }

  end(): void {
    for (const { provider, link } of this.#members.splice(0)) {
      provider.destroy()
      link.close()
    }
  }
}

/** Lets `ms` of the fake time go by. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}
