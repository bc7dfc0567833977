// A typing connection that speaks y-websocket's protocol: through our plain door, or to y-websocket's own server.

import * as decoding from 'lib0/decoding'
import { messageType, syncType } from '../shared/wire/yjs-messages.ts'
import { openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'
import {
  emptySecondStep,
  firstStep,
  readSync,
  syncMessage,
  type ConnectionHandlers,
  type ConnectionTarget,
  type TypingConnection,
} from './typing-connection.ts'

/** Joins a document through `/yjs/:projectId?acks=1`; resolves once the server's state has arrived. */
export function openYjsConnection(
  { serverUrl, projectId, token }: ConnectionTarget,
  handlers: ConnectionHandlers,
): Promise<TypingConnection> {
  return openYWebsocketConnection(`${serverUrl}/yjs/${projectId}?token=${token}&acks=1`, handlers)
}

/** The same at any address; a server that knows no acks answers no update. */
export async function openYWebsocketConnection(url: string, handlers: ConnectionHandlers): Promise<TypingConnection> {
  const conversation = new YjsConversation(handlers)
  const address = url.replace(/^http/, 'ws')
  const socket = await openRawWebSocket(address, {
    onMessage: (payload) => conversation.handleMessage(payload),
    onClose: (code, reason) => conversation.handleClose(code, reason),
  })
  conversation.begin(socket)
  await conversation.inStep
  return conversation
}

class YjsConversation implements TypingConnection {
  readonly #handlers: ConnectionHandlers
  readonly #joined = Promise.withResolvers<void>()
  /** What was sent as the n-th step 2 or update: the index of the update, or -1 for a step 2. */
  readonly #numbered: number[] = []
  #socket: RawWebSocket | undefined
  #sent = 0
  #isClosing = false

  constructor(handlers: ConnectionHandlers) {
    this.#handlers = handlers
  }

  get inStep(): Promise<void> {
    return this.#joined.promise
  }

  begin(socket: RawWebSocket): void {
    this.#socket = socket
    socket.send(firstStep)
  }

  send(update: Uint8Array): void {
    this.#numbered.push(this.#sent++)
    this.#socket?.send(syncMessage(syncType.update, update))
  }

  close(): void {
    this.#isClosing = true
    this.#socket?.close()
  }

  handleMessage(message: Buffer): void {
    if (message[0] === messageType.ack) return this.#handleAck(message)
    const sync = readSync(message)
    if (!sync) return
    if (sync.type === syncType.step1) {
      this.#numbered.push(-1)
      this.#socket?.send(emptySecondStep)
      return
    }
    this.#handlers.onUpdate(sync.bytes)
    if (sync.type === syncType.step2) this.#joined.resolve()
  }

  #handleAck(message: Buffer): void {
    const decoder = decoding.createDecoder(message)
    decoder.pos = 1
    const number = decoding.readVarUint(decoder)
    const code = decoding.readVarString(decoder)
    const index = this.#numbered[number - 1]
    if (index !== undefined && index >= 0) this.#handlers.onAnswer(index, code)
  }

  handleClose(code: number, reason: string): void {
    this.#joined.reject(new Error(`closed with ${code} ${reason} before the document came`))
    if (!this.#isClosing) this.#handlers.onLost(code, reason)
  }
}
