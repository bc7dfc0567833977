// A typing connection through the Socket.IO door, speaking Engine.IO 4 and Socket.IO 5 packets by hand.

import { syncType } from '../shared/wire/yjs-messages.ts'
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

/** Joins a document; resolves once the server's state has arrived. */
export async function openSocketIoConnection(target: ConnectionTarget, handlers: ConnectionHandlers): Promise<TypingConnection> {
  const conversation = new SocketIoConversation(target, handlers)
  const address = `${target.serverUrl.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = await openRawWebSocket(address, {
    onMessage: (payload, isText) => conversation.handlePacket(payload, isText),
    onClose: (code, reason) => conversation.handleClose(code, reason),
  })
  conversation.begin(socket)
  await conversation.inStep
  return conversation
}

const joinAckId = 0

class SocketIoConversation implements TypingConnection {
  readonly #target: ConnectionTarget
  readonly #handlers: ConnectionHandlers
  readonly #joined = Promise.withResolvers<void>()
  /** What each ack id stands for: the index of an update, or -1 for anything else. */
  readonly #numbered: number[] = [-1]
  readonly #eventTail: string
  #socket: RawWebSocket | undefined
  #sent = 0
  #isClosing = false

  constructor(target: ConnectionTarget, handlers: ConnectionHandlers) {
    this.#target = target
    this.#handlers = handlers
    this.#eventTail = `["yjs","${target.projectId}",{"_placeholder":true,"num":0}]`
  }

  get inStep(): Promise<void> {
    return this.#joined.promise
  }

  begin(socket: RawWebSocket): void {
    this.#socket = socket
    socket.send(`40${JSON.stringify({ token: this.#target.token })}`)
  }

  send(update: Uint8Array): void {
    this.#emit(syncMessage(syncType.update, update), this.#sent++)
  }

  close(): void {
    this.#isClosing = true
    this.#socket?.close()
  }

  /** A binary event with one attachment, to be acked. */
  #emit(message: Uint8Array, index: number): void {
    this.#socket?.sendPair(`451-${this.#numbered.length}${this.#eventTail}`, message)
    this.#numbered.push(index)
  }

  handlePacket(payload: Buffer, isText: boolean): void {
    if (!isText) return this.#handleMessage(payload)
    const first = payload.toString('latin1', 0, 2)
    if (first.startsWith('2')) this.#socket?.send('3')
    else if (first.startsWith('b')) this.#handleMessage(Buffer.from(payload.toString('latin1', 1), 'base64'))
    else if (first === '40') this.#join()
    else if (first === '43') this.#handleAck(payload.toString('utf8', 2))
    else if (first === '44') this.#joined.reject(new Error(`refused: ${payload.toString('utf8', 2)}`))
  }

  #join(): void {
    this.#socket?.send(`42${joinAckId}${JSON.stringify(['project:join', { projectId: this.#target.projectId }])}`)
  }

  #handleAck(packet: string): void {
    const start = packet.indexOf('[')
    const id = Number(packet.slice(0, start))
    const isOk = packet.startsWith('[{"ok":true', start)
    if (id === joinAckId) {
      if (isOk) return this.#emit(firstStep, -1)
      return this.#joined.reject(new Error(`the join was refused: ${packet.slice(start)}`))
    }
    const index = this.#numbered[id] ?? -1
    if (index >= 0) this.#handlers.onAnswer(index, isOk ? '' : codeIn(packet))
  }

  #handleMessage(message: Buffer): void {
    const sync = readSync(message)
    if (!sync) return
    if (sync.type === syncType.step1) return this.#emit(emptySecondStep, -1)
    this.#handlers.onUpdate(sync.bytes)
    if (sync.type === syncType.step2) this.#joined.resolve()
  }

  handleClose(code: number, reason: string): void {
    this.#joined.reject(new Error(`closed with ${code} ${reason} before the document came`))
    if (!this.#isClosing) this.#handlers.onLost(code, reason)
  }
}

function codeIn(packet: string): string {
  return /"code":"(\w+)"/.exec(packet)?.[1] ?? 'unknown'
}
