// A typing connection to a Hocuspocus server: y-websocket's messages behind the document's name, with a token first and an answer to each update.

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { syncType } from '../shared/wire/yjs-messages.ts'
import { openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'
import { emptySecondStep, firstStep, readSync, syncMessage, type ConnectionHandlers, type TypingConnection } from './typing-connection.ts'

/** Hocuspocus 4's numbers beside y-websocket's own. */
const peerMessage = { auth: 2, syncReply: 4, syncStatus: 8 } as const
const authToken = 0

/** Joins document `name`; resolves once the server's state has arrived. */
export async function openHocuspocusConnection(serverUrl: string, name: string, handlers: ConnectionHandlers): Promise<TypingConnection> {
  const conversation = new HocuspocusConversation(name, handlers)
  const socket = await openRawWebSocket(serverUrl.replace(/^http/, 'ws'), {
    onMessage: (payload) => conversation.handleMessage(payload),
    onClose: (code, reason) => conversation.handleClose(code, reason),
  })
  conversation.begin(socket)
  await conversation.inStep
  return conversation
}

class HocuspocusConversation implements TypingConnection {
  readonly #handlers: ConnectionHandlers
  readonly #joined = Promise.withResolvers<void>()
  readonly #prefix: Uint8Array
  /** What was sent as the n-th step 2 or update: the index of the update, or -1 for a step 2. Answers come in that order. */
  readonly #unanswered: number[] = []
  #socket: RawWebSocket | undefined
  #sent = 0
  #isClosing = false

  constructor(name: string, handlers: ConnectionHandlers) {
    this.#handlers = handlers
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, name)
    this.#prefix = encoding.toUint8Array(encoder)
  }

  get inStep(): Promise<void> {
    return this.#joined.promise
  }

  begin(socket: RawWebSocket): void {
    this.#socket = socket
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, peerMessage.auth)
    encoding.writeVarUint(encoder, authToken)
    encoding.writeVarString(encoder, 'anybody')
    this.#send(encoding.toUint8Array(encoder))
    this.#send(firstStep)
  }

  send(update: Uint8Array): void {
    this.#unanswered.push(this.#sent++)
    this.#send(syncMessage(syncType.update, update))
  }

  close(): void {
    this.#isClosing = true
    this.#socket?.close()
  }

  #send(message: Uint8Array): void {
    this.#socket?.send(Buffer.concat([this.#prefix, message]))
  }

  handleMessage(payload: Buffer): void {
    const message = payload.subarray(this.#prefix.length)
    if (message[0] === peerMessage.syncStatus) return this.#handleStatus(message)
    // A reply is a sync message that asks for nothing in return.
    if (message[0] === peerMessage.syncReply) message[0] = 0
    const sync = readSync(message)
    if (!sync) return
    if (sync.type === syncType.step1) {
      this.#unanswered.push(-1)
      return this.#send(emptySecondStep)
    }
    this.#handlers.onUpdate(sync.bytes)
    if (sync.type === syncType.step2) this.#joined.resolve()
  }

  #handleStatus(message: Buffer): void {
    const decoder = decoding.createDecoder(message)
    decoder.pos = 1
    const isTaken = decoding.readVarUint(decoder) === 1
    const index = this.#unanswered.shift()
    if (index !== undefined && index >= 0) this.#handlers.onAnswer(index, isTaken ? '' : 'refused')
  }

  handleClose(code: number, reason: string): void {
    this.#joined.reject(new Error(`closed with ${code} ${reason} before the document came`))
    if (!this.#isClosing) this.#handlers.onLost(code, reason)
  }
}
