// The two doors for a test's peer: the Socket.IO client and the plain WebSocket with `?acks=1`, neither of which comes back by itself.

import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { Ack, JoinResult } from '../../shared/wire/events.ts'
import { Peer, type PeerLine } from './peer.ts'
import { readMessage } from './sync-messages.ts'

export interface EntryOptions {
  serverUrl: string
  projectId: string
  token: string
  epoch?: number
  chunks?: boolean
}

/** A peer in a document through Socket.IO. */
export interface SocketioPeer {
  peer: Peer
  socket: Socket
  joined: Extract<Ack<JoinResult>, { ok: true }>
}

/** Connects to Socket.IO alone; rejects with the server's `{code, message, retryable}`. It never reconnects. */
export async function connectSocketio({ serverUrl, token }: Pick<EntryOptions, 'serverUrl' | 'token'>): Promise<Socket> {
  const socket = io(serverUrl, { transports: ['websocket'], auth: { token }, forceNew: true, reconnection: false })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (error: Error & { data?: { code: string } }) => {
      socket.close()
      reject(Object.assign(error, { code: error.data?.code }))
    })
  })
  return socket
}

/** Connects, joins and gets in step. Rejects with the refusal's code as message. */
export async function enterBySocketio(options: EntryOptions): Promise<SocketioPeer> {
  const socket = await connectSocketio(options)
  try {
    return await joinOn(socket, options)
  } catch (error) {
    socket.close()
    throw error
  }
}

/** Joins one more project on a connected socket. */
export async function joinOn(socket: Socket, { projectId, epoch, chunks }: EntryOptions): Promise<SocketioPeer> {
  const peer = new Peer()
  // Before the join is sent: what the server says right behind its answer would be missed otherwise.
  socket.on('yjs', (id: string, bytes: Uint8Array) => {
    if (id === projectId) peer.receive(bytes)
  })
  // Engine.IO keeps code and reason of the close to itself, but passes the event on as the description of "transport close".
  socket.on('disconnect', (reason, details) => peer.lineEnded(endOf(reason, details)))
  const line: PeerLine = {
    send: (message, onAnswer) => {
      socket.emit('yjs', projectId, message, undefined, (answer: Ack) => onAnswer(answer.ok ? '' : answer.error.code))
    },
    close: () => void socket.close(),
  }
  const request = { projectId, ...(epoch === undefined ? {} : { epoch }), ...(chunks === undefined ? {} : { chunks }) }
  const joined = await new Promise<Ack<JoinResult>>((resolve) => {
    socket.once('disconnect', () => resolve({ ok: false, error: { code: 'draining', message: 'the line ended', retryable: true } }))
    socket.emit('project:join', request, (answer: Ack<JoinResult>) => {
      // Here, not after the await: the server's first message comes in the same breath as its answer.
      if (answer.ok) peer.begin(line)
      resolve(answer)
    })
  })
  if (!joined.ok) throw Object.assign(new Error(joined.error.code), { epoch: joined.epoch })
  await peer.inStep
  return { peer, socket, joined }
}

/** A peer in a document through `/yjs?acks=1`. */
export interface YjsPeer {
  peer: Peer
  socket: WebSocket
}

/** Connects and gets in step, or comes back with `peer.end` set when it was closed before. */
export async function enterByYjs({ serverUrl, projectId, token, epoch, chunks }: EntryOptions): Promise<YjsPeer> {
  const peer = new Peer()
  const socket = openYjs(serverUrl, projectId, {
    token,
    acks: '1',
    ...(epoch === undefined ? {} : { epoch: String(epoch) }),
    ...(chunks ? { chunks: '1' } : {}),
  })
  const waiting = new Map<number, (code: string) => void>()
  let writes = 0
  socket.on('message', (data: Buffer) => {
    const heard = readMessage(data)
    if (heard.type !== 'ack') {
      peer.receive(data)
      return
    }
    waiting.get(heard.n)?.(heard.code)
    waiting.delete(heard.n)
  })
  socket.on('close', (code, reason) => peer.lineEnded({ code, reason: reason.toString() }))
  const line: PeerLine = {
    send: (message, onAnswer) => {
      if (isWrite(message)) waiting.set(++writes, onAnswer)
      else onAnswer('')
      if (socket.readyState === socket.OPEN) socket.send(message)
    },
    close: () => socket.close(),
  }
  socket.once('open', () => peer.begin(line))
  await peer.inStep
  return { peer, socket }
}

/** A plain WebSocket to a document, with any parameters. */
export function openYjs(serverUrl: string, projectId: string, params: Record<string, string>): WebSocket {
  const url = `${serverUrl.replace(/^http/, 'ws')}/yjs/${projectId}?${new URLSearchParams(params).toString()}`
  const socket = new WebSocket(url)
  // Its close says what happened; without a listener the error would end the test run.
  socket.on('error', () => undefined)
  return socket
}

/** How a WebSocket ends. */
export function endOfSocket(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })))
}

/** What `?acks=1` counts: chunks, sync step 2 and updates. */
function isWrite(message: Uint8Array): boolean {
  return message[0] === 110 || (message[0] === 0 && (message[1] === 1 || message[1] === 2))
}

function endOf(reason: string, details: unknown): { code: number; reason: string } {
  const event = (details as { context?: { code?: number; reason?: string } } | undefined)?.context
  return { code: event?.code ?? 0, reason: event?.reason || reason }
}
