// Proves the handmade WebSocket client against the `ws` server: sizes of every header, fragments, pings, close codes, refused upgrades.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'

const http = createServer()
const server = new WebSocketServer({ noServer: true })
http.on('upgrade', (request, socket, head) => {
  if (request.url !== '/door') return socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
  server.handleUpgrade(request, socket, head, (websocket) => server.emit('connection', websocket))
})
http.listen(0, '127.0.0.1')
await once(http, 'listening')
const address = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`

interface Pair {
  client: RawWebSocket
  remote: WebSocket
  received: (string | Buffer)[]
  closed: Promise<{ code: number; reason: string }>
}

/** Opens a connection whose server side greets at once, behind the upgrade. */
async function openPair(greeting?: string): Promise<Pair> {
  const received: (string | Buffer)[] = []
  const { promise: closed, resolve } = Promise.withResolvers<{ code: number; reason: string }>()
  const accepted = once(server, 'connection') as Promise<[WebSocket]>
  if (greeting !== undefined) server.once('connection', (websocket: WebSocket) => websocket.send(greeting))
  const client = await openRawWebSocket(`${address}/door`, {
    onMessage: (payload, isText) => received.push(isText ? payload.toString() : Buffer.from(payload)),
    onClose: (code, reason) => resolve({ code, reason }),
  })
  const [remote] = await accepted
  return { client, remote, received, closed }
}

afterEach(() => {
  for (const websocket of server.clients) websocket.terminate()
})

afterAll(() => {
  http.close()
})

/** All that the remote sent before has arrived once the pong to this ping is back. */
async function settle(remote: WebSocket): Promise<void> {
  remote.ping('x')
  await once(remote, 'pong')
}

describe('the handmade WebSocket', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536, 300_000])('carries %i bytes both ways', async (length) => {
    const { client, remote, received } = await openPair()
    const bytes = Buffer.alloc(length, 7)
    const arrived = once(remote, 'message')
    client.send(bytes)
    // Compared as bytes: a matcher would walk each of them as an object's key.
    expect(bytes.equals((await arrived)[0] as Buffer)).toBe(true)
    remote.send(bytes)
    await settle(remote)
    expect(received).toHaveLength(1)
    expect(bytes.equals(received[0] as Buffer)).toBe(true)
  })

  it('tells text from bytes, and takes many frames of one packet and one frame of many', async () => {
    const { remote, received } = await openPair('hello')
    remote.send('ä')
    remote.send(Buffer.from([1, 2]))
    remote.send('frag', { fin: false })
    remote.send('ment', { fin: true })
    await settle(remote)
    expect(received).toEqual(['hello', 'ä', Buffer.from([1, 2]), 'fragment'])
  })

  it('says why it was closed', async () => {
    const { remote, closed } = await openPair()
    remote.close(4403, 'access_lost')
    expect(await closed).toEqual({ code: 4403, reason: 'access_lost' })
  })

  it('calls a connection that broke off 1006', async () => {
    const { remote, closed } = await openPair()
    remote.terminate()
    expect((await closed).code).toBe(1006)
  })

  it('rejects with the status when the upgrade is refused', async () => {
    const handlers = { onMessage: () => undefined, onClose: () => undefined }
    await expect(openRawWebSocket(`${address}/elsewhere`, handlers)).rejects.toThrow('404')
  })
})
