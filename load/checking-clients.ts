// Real clients beside the cheap crowd: unmodified y-websocket providers that say at the end what the document really holds.

import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { contentKey } from '../shared/spec/plain-text.ts'
import type { ConnectionTarget } from './typing-connection.ts'

const syncWithinMs = 30_000

export interface CheckingClient {
  readonly doc: Y.Doc
  close(): void
}

/** Connects a provider, and resolves once it is in step. */
export async function openCheckingClient({ serverUrl, projectId, token }: ConnectionTarget): Promise<CheckingClient> {
  const doc = new Y.Doc()
  const address = `${serverUrl.replace(/^http/, 'ws')}/yjs`
  const provider = new WebsocketProvider(address, projectId, doc, { params: { token }, disableBc: true })
  const close = (): void => {
    provider.destroy()
    doc.destroy()
  }
  const synced = Promise.withResolvers<void>()
  const timer = setTimeout(() => synced.reject(new Error(`a checking client was not in step within ${syncWithinMs} ms`)), syncWithinMs)
  provider.once('sync', () => synced.resolve())
  try {
    await synced.promise
    return { doc, close }
  } catch (error) {
    close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/**
 * What is wrong with the copies of one document, one sentence each: texts that differ, or acked characters (a count for each client id)
 * that one of them lacks.
 */
export function findDifferences(docs: readonly Y.Doc[], acked: ReadonlyMap<number, number>): string[] {
  const problems: string[] = []
  const [firstText] = docs.map(textOf)
  for (const [index, doc] of docs.entries()) {
    if (textOf(doc) !== firstText) problems.push(`checking client ${index} holds another text than checking client 0`)
    if (doc.store.pendingStructs || doc.store.pendingDs) problems.push(`checking client ${index} has a gap`)
    const held = Y.decodeStateVector(Y.encodeStateVector(doc))
    const lacking = [...acked].reduce((sum, [clientId, count]) => sum + Math.max(0, count - (held.get(clientId) ?? 0)), 0)
    if (lacking > 0) problems.push(`checking client ${index} lacks ${lacking} acked characters`)
  }
  return problems
}

function textOf(doc: Y.Doc): string {
  return doc.getText(contentKey).toJSON()
}
