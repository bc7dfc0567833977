// The bytes of an awareness update, as y-protocols frames them: a count, then client id, clock and JSON of each state.

import { decoding, encoding } from 'lib0'
import { AppError } from '../../shared/errors.ts'

/** One client's state; null says that it is gone. */
export interface AwarenessEntry {
  clientId: number
  clock: number
  /** JSON, `null` for gone; parsed only when somebody is going to use it. */
  json: string
}

/** Entries in one message at most: a foreign editor sends back every state it knows. */
const maxEntries = 10_000

/** Clocks count up by one from here for everybody, and past 2^53 no client can read them. */
const maxClock = 2 ** 40

/** Reads an awareness update; anything else throws AppError('invalid_frame'). */
export function decodeAwareness(update: Uint8Array): AwarenessEntry[] {
  try {
    const decoder = decoding.createDecoder(update)
    const count = decoding.readVarUint(decoder)
    if (count > maxEntries) throw new AppError('invalid_frame')
    return Array.from({ length: count }, () => {
      const entry = { clientId: decoding.readVarUint(decoder), clock: decoding.readVarUint(decoder), json: decoding.readVarString(decoder) }
      if (entry.clock > maxClock) throw new AppError('invalid_frame')
      return entry
    })
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('invalid_frame', { cause: error })
  }
}

export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { clientId, clock, json } of entries) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return encoding.toUint8Array(encoder)
}
