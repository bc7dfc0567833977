// Whose address a request comes from: the socket's, or behind a trusted proxy the one that the proxy wrote.

import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { headerOf, type HeaderSource } from '../auth/credentials.ts'
import type { AppEnv } from './app-env.ts'

/** The address, from the parts of a request; for upgrades as for HTTP. Only the last entry of X-Forwarded-For is a proxy's own word. */
export function addressFrom(headers: HeaderSource, socketAddress: string | undefined, trustProxy: boolean): string {
  const forwarded = trustProxy ? headerOf(headers, 'x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || socketAddress || 'unknown'
}

/** Remembers the client's address for the handlers behind it. */
export function rememberAddress({ trustProxy }: { trustProxy: boolean }) {
  return createMiddleware<AppEnv>(async function rememberAddress(c, next) {
    c.set('clientAddress', addressFrom(c.req.raw.headers, socketAddress(c), trustProxy))
    await next()
  })
}

/** The client's address of a request under way. */
export function clientAddress(c: Context<AppEnv>): string {
  return c.var.clientAddress
}

/** Whether the request came straight from this machine: its socket is loopback's and no proxy speaks for someone else. */
export function isDirectFromLoopback(c: Context<AppEnv>): boolean {
  const address = socketAddress(c) ?? ''
  const isLoopback = address === '::1' || /^(?:::ffff:)?127\./i.test(address)
  return isLoopback && !proxyHeaders.some((name) => c.req.raw.headers.has(name))
}

const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via']

function socketAddress(c: Context<AppEnv>): string | undefined {
  // Absent under `app.request`, where there is no socket.
  const incoming = (c.env as Partial<AppEnv['Bindings']> | undefined)?.incoming
  return incoming?.socket?.remoteAddress
}
