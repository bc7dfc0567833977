// Somebody who reads a project's interview through Socket.IO, packet by packet: what came of each message, when it began, and in how many bytes.

import type { InterviewMessage, MessageDelta } from '../shared/wire/interview.ts'
import { openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'
import type { ConnectionTarget } from './typing-connection.ts'

/** One message as it came. */
export interface ReadMessage {
  text: string
  firstAtMs: number
  lastAtMs: number
  frames: number
  /** Of the WebSocket frames that brought its words, headers included. */
  bytes: number
  /** Whether each piece began where the one before it ended. */
  isWhole: boolean
  /** Its text as its end told it; undefined before. */
  finishedAs: string | undefined
}

const joinAckId = 0
const deltaStart = '42["message:delta",'
const finishedStart = '42["message:finished",'

export class StreamReader {
  readonly messages = new Map<string, ReadMessage>()
  readonly #target: ConnectionTarget
  readonly #joined = Promise.withResolvers<void>()
  #socket: RawWebSocket | undefined
  #isClosing = false

  private constructor(target: ConnectionTarget) {
    this.#target = target
  }

  /** Joins; resolves once the project's events come. */
  static async open(target: ConnectionTarget): Promise<StreamReader> {
    const reader = new StreamReader(target)
    const address = `${target.serverUrl.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`
    reader.#socket = await openRawWebSocket(address, {
      onMessage: (payload, isText) => {
        if (isText) reader.#receive(payload)
      },
      onClose: (code, reason) => {
        reader.#joined.reject(new Error(`closed with ${code} ${reason}`))
        if (!reader.#isClosing) process.stderr.write(`a reader was closed with ${code} ${reason}\n`)
      },
    })
    reader.#socket.send(`40${JSON.stringify({ token: target.token })}`)
    await reader.#joined.promise
    return reader
  }

  close(): void {
    this.#isClosing = true
    this.#socket?.close()
  }

  #receive(payload: Buffer): void {
    const packet = payload.toString()
    if (packet.startsWith(deltaStart)) this.#take(argumentOf(packet, deltaStart) as MessageDelta, payload.length)
    else if (packet.startsWith(finishedStart)) this.#finish((argumentOf(packet, finishedStart) as { message: InterviewMessage }).message)
    else if (packet.startsWith('2')) this.#socket?.send('3')
    else if (packet.startsWith('40'))
      this.#socket?.send(`42${joinAckId}${JSON.stringify(['project:join', { projectId: this.#target.projectId }])}`)
    else if (packet.startsWith(`43${joinAckId}[{"ok":true`)) this.#joined.resolve()
    else if (packet.startsWith(`43${joinAckId}`) || packet.startsWith('44'))
      this.#joined.reject(new Error(`the join was refused: ${packet}`))
  }

  #take({ messageId, offset, text }: MessageDelta, payloadBytes: number): void {
    const nowMs = performance.now()
    const known = this.messages.get(messageId)
    const message = known ?? { text: '', firstAtMs: nowMs, lastAtMs: nowMs, frames: 0, bytes: 0, isWhole: true, finishedAs: undefined }
    if (!known) this.messages.set(messageId, message)
    message.isWhole &&= offset === message.text.length
    message.text += text
    message.lastAtMs = nowMs
    message.frames++
    message.bytes += payloadBytes + (payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10)
  }

  #finish({ id, text }: InterviewMessage): void {
    const message = this.messages.get(id)
    if (message) message.finishedAs = text
  }
}

const argumentOf = (packet: string, start: string): unknown => JSON.parse(packet.slice(start.length, -1))
