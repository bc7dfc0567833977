// What this node has committed of what it told the others, for all its documents together, a few times a second.

import { decoding, encoding } from 'lib0'
import type { Bus } from '../base/bus.ts'

/** All updates of the node to the document up to `seq` are committed, by it. */
export interface Confirmation {
  projectId: string
  epoch: number
  seq: number
}

export interface PeerConfirmationsOptions {
  node: string
  bus: Bus
  /** Told what another node has committed. */
  onConfirmed: (node: string, confirmation: Confirmation) => void
  /** How long they are gathered, in ms. */
  gatherMs: number
}

/** One for all documents: a message for each commit of each would be as many as there are edits. */
const channel = 'confirmations'

/** INVARIANT: whatever is committed is said within `gatherMs`, and at the end before anything else is. */
export class PeerConfirmations {
  readonly #options: PeerConfirmationsOptions
  readonly #gathered = new Map<string, Confirmation>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopListening: () => void = () => undefined

  constructor(options: PeerConfirmationsOptions) {
    this.#options = options
  }

  start(): void {
    const subscription = this.#options.bus.subscribe(channel, (bytes) => this.#receive(bytes))
    this.#stopListening = () => subscription.unsubscribe()
  }

  stop(): void {
    this.#flush()
    this.#stopListening()
  }

  /** To be told to the others with all else of this moment. */
  add(confirmation: Confirmation): void {
    this.#gathered.set(confirmation.projectId, confirmation)
    this.#timer ??= setTimeout(() => this.#flush(), this.#options.gatherMs)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#gathered.size === 0) return
    this.#options.bus.publish(channel, encode(this.#options.node, [...this.#gathered.values()]))
    this.#gathered.clear()
  }

  #receive(bytes: Uint8Array): void {
    const told = decode(bytes)
    if (told) for (const confirmation of told.confirmations) this.#options.onConfirmed(told.node, confirmation)
  }
}

function encode(node: string, confirmations: readonly Confirmation[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, node)
  encoding.writeVarUint(encoder, confirmations.length)
  for (const { projectId, epoch, seq } of confirmations) {
    encoding.writeVarString(encoder, projectId)
    encoding.writeVarUint(encoder, epoch)
    encoding.writeVarUint(encoder, seq)
  }
  return encoding.toUint8Array(encoder)
}

/** Null for bytes that are none: a later version's, or somebody else's on the same Redis. */
function decode(bytes: Uint8Array): { node: string; confirmations: Confirmation[] } | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const node = decoding.readVarString(decoder)
    const confirmations: Confirmation[] = []
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const projectId = decoding.readVarString(decoder)
      confirmations.push({ projectId, epoch: decoding.readVarUint(decoder), seq: decoding.readVarUint(decoder) })
    }
    return { node, confirmations }
  } catch {
    return null
  }
}
