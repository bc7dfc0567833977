// The Socket.IO line against a real Socket.IO server in this process: reconnecting, refusals, draining, outcomes.

import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import type { Connection, ConnectionStatus, Outcome } from './connection.ts'
import { connectSocket } from './socket.ts'

let http: HttpServer
let io: Server
let connection: Connection | undefined

beforeEach(async () => {
  await listen(0)
})

afterEach(async () => {
  connection?.close()
  await io.close()
})

async function listen(port: number): Promise<void> {
  http = createServer()
  io = new Server(http, { transports: ['websocket'] })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
}

const port = (): number => (http.address() as AddressInfo).port
const connect = (token?: string | (() => string)): Connection => {
  connection = connectSocket({ url: `http://127.0.0.1:${port()}`, random: () => 0, ...(token === undefined ? {} : { token }) })
  return connection
}

function until<State extends ConnectionStatus['state']>(
  line: Connection,
  state: State,
): Promise<Extract<ConnectionStatus, { state: State }>> {
  return new Promise((resolve) => {
    const look = () => {
      if (line.status.state === state) {
        stop()
        resolve(line.status as Extract<ConnectionStatus, { state: State }>)
      }
    }
    const stop = line.subscribe(look)
    look()
  })
}

function send(line: Connection, timeoutMs = 2_000): Promise<Outcome> {
  return new Promise((resolve) => line.sendYjs({ projectId: 'p', bytes: Uint8Array.of(1, 2, 3), epoch: 1, timeoutMs }, resolve))
}

describe('coming back', () => {
  it('[COL15] connects with the token, and asks for it at each try', async () => {
    const tokens: unknown[] = []
    io.use((socket, next) => {
      tokens.push(socket.handshake.auth.token)
      next()
    })
    let asked = 0
    const line = connect(() => `token ${++asked}`)
    expect(line.status).toEqual({ state: 'connecting' })
    await until(line, 'connected')
    io.disconnectSockets(true)
    await until(line, 'reconnecting')
    await until(line, 'connected')
    expect(tokens).toEqual(['token 1', 'token 2'])
  })

  it('[COL15] waits longer each time while nobody is there, and says when it tries', async () => {
    const line = connect()
    await until(line, 'connected')
    const waits: number[] = []
    const stop = line.subscribe(() => {
      if (line.status.state === 'reconnecting' && line.status.nextTryAt !== null) waits.push(line.status.nextTryAt - Date.now())
    })
    const at = port()
    await io.close()
    while (waits.length < 4) await new Promise<void>((resolve) => line.subscribe(resolve))
    stop()
    // The halves of 250, 500, 1000 and 2000 ms: the jitter of this test is none.
    for (const [index, expected] of [125, 250, 500, 1_000].entries()) expect(waits[index]).toBeCloseTo(expected, -2)
    await listen(at)
    line.retryNow()
    await until(line, 'connected')
  })

  it('[COL15] tries again after a refusal for the moment', async () => {
    let refusals = 2
    io.use((_socket, next) => {
      if (refusals-- > 0) next(Object.assign(new Error('no'), { data: new AppError('store_unavailable').toBody() }))
      else next()
    })
    const line = connect()
    await until(line, 'connected')
    expect(refusals).toBe(-1)
  })

  it('[COL15] stops at a refusal that trying again cannot help', async () => {
    let tries = 0
    io.use((_socket, next) => {
      tries++
      next(Object.assign(new Error('no'), { data: new AppError('unauthenticated').toBody() }))
    })
    const line = connect()
    expect(await until(line, 'closed')).toMatchObject({ error: { code: 'unauthenticated' } })
    line.retryNow()
    expect(line.status.state).toBe('closed')
    expect(tries).toBe(1)
  })

  it('[COL15] goes away from a server that drains, and comes back when it was told to', async () => {
    const line = connect()
    await until(line, 'connected')
    const arrived = new Promise<number>((resolve) => io.on('connection', () => resolve(Date.now())))
    const told = Date.now()
    io.emit('server:draining', { reconnectInMs: 300 })
    const { nextTryAt } = await until(line, 'draining')
    expect(nextTryAt - told).toBeGreaterThanOrEqual(300)
    expect(line.isOpen).toBe(true)
    io.disconnectSockets(true)
    expect((await arrived) - told).toBeGreaterThanOrEqual(290)
    await until(line, 'connected')
  })
})

describe('outcomes', () => {
  it('[COL3] gives the answer, the refusal by name, the time-out and the loss, each as what it is', async () => {
    const answers: unknown[] = [{ ok: true }, { ok: false, error: new AppError('read_only').toBody(), epoch: 3 }, 'nonsense', null]
    io.on('connection', (socket) => {
      socket.on('yjs', (_projectId, bytes: Buffer, epoch, ack: (answer: unknown) => void) => {
        expect([...bytes, epoch]).toEqual([1, 2, 3, 1])
        const answer = answers.shift()
        if (answer !== null && answer !== undefined) ack(answer)
      })
    })
    const line = connect()
    expect(await send(line)).toEqual({ type: 'lost' })
    await until(line, 'connected')
    expect(await send(line)).toMatchObject({ type: 'ok' })
    expect(await send(line)).toMatchObject({ type: 'refused', error: { code: 'read_only' }, epoch: 3 })
    expect(await send(line)).toMatchObject({ type: 'refused', error: { code: 'internal' } })
    expect(await send(line, 50)).toEqual({ type: 'timeout' })
    const lost = send(line)
    io.disconnectSockets(true)
    expect(await lost).toEqual({ type: 'lost' })
  })

  it('[COL1] hears what is sent right behind the answer to a join, as bytes', async () => {
    io.on('connection', (socket) => {
      socket.on('project:join', (_request, ack: (answer: unknown) => void) => {
        ack({ ok: true, role: 'editor', epoch: 1, members: [], present: [] })
        socket.emit('yjs', 'p', Buffer.from([9, 9]))
      })
    })
    const line = connect()
    await until(line, 'connected')
    const order: unknown[] = []
    const heard = new Promise<void>((resolve) => {
      line.on('yjs', (projectId, bytes) => {
        order.push([projectId, ...bytes])
        resolve()
      })
    })
    line.join({ projectId: 'p' }, 2_000, (outcome) => order.push(outcome.type))
    await heard
    expect(order).toEqual(['ok', ['p', 9, 9]])
  })

  it('[COL16] sends and hears nothing once closed', async () => {
    const line = connect()
    await until(line, 'connected')
    const gone = new Promise<void>((resolve) => {
      for (const socket of io.sockets.sockets.values()) socket.on('disconnect', () => resolve())
    })
    line.close()
    await gone
    expect(line.status).toEqual({ state: 'closed', error: null })
    expect(await send(line)).toEqual({ type: 'lost' })
    line.retryNow()
    expect(line.status.state).toBe('closed')
  })
})
