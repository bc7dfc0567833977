// The unmodified provider of y-websocket in a document, and how it is doing.

import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export interface ForeignEditor {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly provider: WebsocketProvider
  /** How often it has connected. */
  readonly connects: number
  /** Why it has given up, if it has. */
  readonly closed: { code: number; reason: string } | null
  destroy(): void
}

export interface ForeignEditorOptions {
  serverUrl: string
  projectId: string
  token: string
}

/** Starts one as any editor does; it connects and reconnects by itself. */
export function openForeignEditor({ serverUrl, projectId, token }: ForeignEditorOptions): ForeignEditor {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${serverUrl.replace(/^http/, 'ws')}/yjs`, projectId, doc, {
    params: { token },
    // ws is the WebSocket of Node as far as the provider knows.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    // Two of them in one process would share by BroadcastChannel what is to go through the server.
    disableBc: true,
  })
  let connects = 0
  let closed: ForeignEditor['closed'] = null
  provider.on('status', ({ status }) => {
    if (status === 'connected') connects++
  })
  provider.on('closed', (end) => {
    closed = end
  })
  return {
    doc,
    text: doc.getText('content'),
    provider,
    get connects() {
      return connects
    },
    get closed() {
      return closed
    },
    destroy() {
      provider.destroy()
      doc.destroy()
    },
  }
}

/** Resolves once it is in step. */
export function untilSynced({ provider }: ForeignEditor): Promise<void> {
  if (provider.synced) return Promise.resolve()
  return new Promise((resolve) => {
    const onSync = (isSynced: boolean): void => {
      if (!isSynced) return
      provider.off('sync', onSync)
      resolve()
    }
    provider.on('sync', onSync)
  })
}
