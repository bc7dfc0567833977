// What nodes say to each other about one document, as bytes.

import { decoding, encoding } from 'lib0'
import type { PresentPerson } from '../../shared/wire/events.ts'
import { itemSources } from '../../shared/wire/items.ts'
import type { Origin } from './inbound-update.ts'

/** Whose an update is, beside what its bytes say. */
export type EditedBy = Pick<Origin, 'userId' | 'authors' | 'itemSource' | 'isOnBehalf'>

/** Each says of which epoch of the document it speaks; who sent it is the bus's to know. */
export type PeerMessage = { node: string; epoch: number } & (
  | { type: 'update'; seq: number; update: Uint8Array; by: EditedBy }
  /** What the node's replica is like: others whose own differs exchange what each lacks. */
  | { type: 'digest'; digest: Uint8Array; stateVector: Uint8Array; wantsPresence: boolean }
  /** What somebody lacked, for whoever lacks it too; and where the sender stands, so that they can give back what it lacks. */
  | { type: 'state'; update: Uint8Array; stateVector: Uint8Array; isAnswer: boolean }
  /** An awareness update about the node's own people. */
  | { type: 'cursors'; awareness: Uint8Array }
  | { type: 'people'; people: PresentPerson[] }
)

/** By their numbers, which nodes of earlier versions know: `committed` is what those say for themselves and nobody else needs. */
const types = ['update', 'committed', 'digest', 'state', 'cursors', 'people'] as const

export function encodePeerMessage(message: PeerMessage): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, types.indexOf(message.type))
  encoding.writeVarString(encoder, message.node)
  encoding.writeVarUint(encoder, message.epoch)
  switch (message.type) {
    case 'update':
      encoding.writeVarUint(encoder, message.seq)
      encoding.writeVarString(encoder, message.by.userId ?? '')
      encoding.writeVarUint8Array(encoder, message.update)
      writeAuthors(encoder, message.by)
      break
    case 'digest':
      encoding.writeVarUint8Array(encoder, message.digest)
      encoding.writeVarUint8Array(encoder, message.stateVector)
      encoding.writeUint8(encoder, message.wantsPresence ? 1 : 0)
      break
    case 'state':
      encoding.writeVarUint8Array(encoder, message.update)
      encoding.writeVarUint8Array(encoder, message.stateVector)
      encoding.writeUint8(encoder, message.isAnswer ? 1 : 0)
      break
    case 'cursors':
      encoding.writeVarUint8Array(encoder, message.awareness)
      break
    case 'people':
      encoding.writeVarString(encoder, JSON.stringify(message.people))
      break
  }
  return encoding.toUint8Array(encoder)
}

/** Null for bytes that are no message: a later version's, or somebody else's on the same Redis. */
export function decodePeerMessage(bytes: Uint8Array): PeerMessage | null {
  try {
    return decode(bytes)
  } catch {
    return null
  }
}

function decode(bytes: Uint8Array): PeerMessage | null {
  const decoder = decoding.createDecoder(bytes)
  const type = types[decoding.readVarUint(decoder)]
  const head = { node: decoding.readVarString(decoder), epoch: decoding.readVarUint(decoder) }
  const bytesNext = () => decoding.readVarUint8Array(decoder)
  switch (type) {
    case 'update':
      return { ...head, type, seq: decoding.readVarUint(decoder), ...readUpdate(decoder) }
    case 'digest':
      return { ...head, type, digest: bytesNext(), stateVector: bytesNext(), wantsPresence: decoding.readUint8(decoder) === 1 }
    case 'state':
      return { ...head, type, update: bytesNext(), stateVector: bytesNext(), isAnswer: decoding.readUint8(decoder) === 1 }
    case 'cursors':
      return { ...head, type, awareness: bytesNext() }
    case 'people':
      return { ...head, type, people: JSON.parse(decoding.readVarString(decoder)) as PresentPerson[] }
    default:
      return null
  }
}

/** Behind what earlier versions read. */
function writeAuthors(encoder: encoding.Encoder, { authors, itemSource, isOnBehalf = false }: EditedBy): void {
  encoding.writeVarUint(encoder, itemSource === undefined ? 0 : itemSources.indexOf(itemSource) + 1)
  encoding.writeVarUint(encoder, authors === undefined ? 0 : authors.size + 1)
  for (const [client, userId] of authors ?? []) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarString(encoder, userId)
  }
  encoding.writeUint8(encoder, isOnBehalf ? 1 : 0)
}

function readUpdate(decoder: decoding.Decoder): { update: Uint8Array; by: EditedBy } {
  const userId = decoding.readVarString(decoder) || null
  const update = decoding.readVarUint8Array(decoder)
  if (!decoding.hasContent(decoder)) return { update, by: { userId } }
  const itemSource = itemSources[decoding.readVarUint(decoder) - 1]
  const count = decoding.readVarUint(decoder)
  const authors = new Map<number, string>()
  for (let left = count - 1; left > 0; left--) authors.set(decoding.readVarUint(decoder), decoding.readVarString(decoder))
  const isOnBehalf = decoding.hasContent(decoder) && decoding.readUint8(decoder) === 1
  return { update, by: { userId, itemSource, isOnBehalf, authors: count === 0 ? undefined : authors } }
}
