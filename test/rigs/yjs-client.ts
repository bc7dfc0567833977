// What a Yjs client says and hears, as bytes: messages to send, and a document that takes what the server sent.

import { decoding } from 'lib0'
import * as Y from 'yjs'
import { contentKey } from '../../shared/spec/plain-text.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import { syncMessage } from '../../server/documents/frame.ts'

/** A message around an update. */
export const updateMessage = (update: Uint8Array): Uint8Array => syncMessage(syncType.update, update)

/** A message around a state vector. */
export const step1Message = (stateVector: Uint8Array): Uint8Array => syncMessage(syncType.step1, stateVector)

/** A message around the answer to a state vector. */
export const step2Message = (update: Uint8Array): Uint8Array => syncMessage(syncType.step2, update)

/** A document that says `text`, and all of it as one update. */
export function typed(text: string, doc = new Y.Doc()): { doc: Y.Doc; update: Uint8Array } {
  const before = Y.encodeStateVector(doc)
  doc.getText(contentKey).insert(doc.getText(contentKey).length, text)
  return { doc, update: Y.encodeStateAsUpdate(doc, before) }
}

/** What `change` does to a document, as one update. */
export function changed(doc: Y.Doc, change: (text: Y.Text) => void): Uint8Array {
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array) => void updates.push(update)
  doc.on('update', keep)
  doc.transact(() => change(doc.getText(contentKey)))
  doc.off('update', keep)
  return updates[0] ?? new Uint8Array([0, 0])
}

export const textOf = (doc: Y.Doc): string => doc.getText(contentKey).toString()

/** A server message taken apart; `sync` is undefined for those of other kinds. */
export interface Heard {
  type: number
  sync: number | undefined
  payload: Uint8Array
}

/** Takes a message apart. */
export function hear(message: Uint8Array): Heard {
  const decoder = decoding.createDecoder(message)
  const type = decoding.readVarUint(decoder)
  const sync = type === messageType.sync ? decoding.readVarUint(decoder) : undefined
  return {
    type,
    sync,
    payload: type === messageType.sync || type === messageType.awareness ? decoding.readVarUint8Array(decoder) : message,
  }
}

/** The updates among messages, step 2 included, in their order. */
export function updatesIn(messages: readonly Uint8Array[]): Uint8Array[] {
  return messages
    .map(hear)
    .filter(({ sync }) => sync === syncType.update || sync === syncType.step2)
    .map(({ payload }) => payload)
}

/** A document made of all updates in `messages`. */
export function docFrom(messages: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updatesIn(messages)) Y.applyUpdate(doc, update)
  return doc
}
