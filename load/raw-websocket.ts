// A WebSocket client made for crowds: no objects a frame, no masking work; just enough of RFC 6455 to talk to our own server.

import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface RawWebSocketHandlers {
  /** One whole message; `payload` is a view that is only valid during the call. */
  onMessage(payload: Buffer, isText: boolean): void
  /** Called once; 1006 when the connection went without a close frame. */
  onClose(code: number, reason: string): void
}

/** One open connection. */
export class RawWebSocket {
  readonly #socket: Socket
  readonly #handlers: RawWebSocketHandlers
  /** Bytes of a frame that is not whole yet; put together once, when the last of it has come. */
  #rest: Buffer[] = []
  #restBytes = 0
  #wantedBytes = 0
  #parts: Buffer[] = []
  #partsAreText = false
  #closed: { code: number; reason: string } | undefined

  constructor(socket: Socket, handlers: RawWebSocketHandlers) {
    this.#socket = socket
    this.#handlers = handlers
    socket.on('data', (bytes) => this.receive(bytes))
    socket.on('close', () => {
      const { code, reason } = this.#closed ?? { code: 1006, reason: '' }
      handlers.onClose(code, reason)
    })
  }

  /** Sends one message; a string as text, bytes as binary. */
  send(message: string | Uint8Array): void {
    const isText = typeof message === 'string'
    this.#write(isText ? opcode.text : opcode.binary, isText ? Buffer.from(message) : message)
  }

  /** Sends a text message and a binary one in one write: a Socket.IO event with its attachment. */
  sendPair(text: string, bytes: Uint8Array): void {
    this.#socket.cork()
    this.send(text)
    this.send(bytes)
    this.#socket.uncork()
  }

  close(): void {
    this.#write(opcode.close, Buffer.from([1000 >> 8, 1000 & 255]))
    this.#socket.end()
  }

  #write(code: number, payload: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(clientFrame(code, payload))
  }

  /** Takes bytes from the network and hands out the messages they complete. */
  receive(bytes: Buffer): void {
    this.#rest.push(bytes)
    this.#restBytes += bytes.length
    if (this.#restBytes < this.#wantedBytes) return
    let buffer = this.#rest.length === 1 ? bytes : Buffer.concat(this.#rest)
    for (;;) {
      const size = frameSize(buffer)
      const end = size ? size.header + size.payload : buffer.length + 1
      this.#wantedBytes = end
      if (!size || buffer.length < end) break
      this.#handleFrame(buffer[0] ?? 0, buffer.subarray(size.header, end))
      buffer = buffer.subarray(end)
    }
    this.#rest = buffer.length === 0 ? [] : [buffer]
    this.#restBytes = buffer.length
  }

  #handleFrame(first: number, payload: Buffer): void {
    const code = first & 15
    const isFinal = first >= 128
    if (code === opcode.ping) return this.#write(opcode.pong, payload)
    if (code === opcode.pong) return
    if (code === opcode.close) return this.#handleClose(payload)
    if (isFinal && code !== opcode.continuation) return this.#handlers.onMessage(payload, code === opcode.text)
    if (code !== opcode.continuation) this.#partsAreText = code === opcode.text
    this.#parts.push(Buffer.from(payload))
    if (!isFinal) return
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    this.#handlers.onMessage(whole, this.#partsAreText)
  }

  #handleClose(payload: Buffer): void {
    this.#closed = { code: payload.length >= 2 ? payload.readUInt16BE(0) : 1005, reason: payload.toString('utf8', 2) }
    this.#socket.end()
  }
}

/** Header and payload length of the frame at the start of `buffer`, in bytes; undefined while the header is incomplete. */
function frameSize(buffer: Buffer): { header: number; payload: number } | undefined {
  if (buffer.length < 2) return undefined
  const short = (buffer[1] ?? 0) & 127
  if (short < 126) return { header: 2, payload: short }
  const header = short === 126 ? 4 : 10
  if (buffer.length < header) return undefined
  return { header, payload: short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2)) }
}

/** A client's frame must be masked; a mask of zeros is a mask, and leaves the payload as it is. */
function clientFrame(code: number, payload: Uint8Array): Buffer {
  const { length } = payload
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.alloc(header + 4 + length)
  frame[0] = 128 | code
  frame[1] = 128 | (length < 126 ? length : length < 65_536 ? 126 : 127)
  if (header === 4) frame.writeUInt16BE(length, 2)
  if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(payload, header + 4)
  return frame
}

/** Opens a connection to `ws://…`; rejects with the status line when the upgrade is refused. */
export function openRawWebSocket(address: string, handlers: RawWebSocketHandlers): Promise<RawWebSocket> {
  const url = new URL(address)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname)
    socket.setNoDelay(true)
    socket.once('error', reject)
    socket.once('connect', () => socket.write(upgradeRequest(url)))
    let answer = Buffer.alloc(0)
    const onData = (bytes: Buffer): void => {
      answer = Buffer.concat([answer, bytes])
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0) return
      socket.off('data', onData)
      const statusLine = answer.toString('latin1', 0, answer.indexOf('\r\n'))
      if (!statusLine.includes(' 101 ')) {
        socket.destroy()
        return reject(new Error(`the upgrade was refused: ${statusLine}`))
      }
      const websocket = new RawWebSocket(socket, handlers)
      resolve(websocket)
      // What came right behind the upgrade is handed over only when the caller holds the connection.
      const behind = answer.subarray(end + 4)
      if (behind.length > 0) queueMicrotask(() => websocket.receive(behind))
    }
    socket.on('data', onData)
  })
}

function upgradeRequest(url: URL): string {
  return [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n')
}
