// What a request signs in with, and which origins a cookie may come from; for HTTP and for the sockets' upgrades alike.

/** A session token and how it came: only a cookie is sent by a browser on its own, so only a cookie needs its origin checked. */
export interface Credential {
  token: string
  via: 'bearer' | 'cookie'
}

/** Headers of a Fetch request, or those of Node's IncomingMessage. */
export type HeaderSource = Headers | Readonly<Record<string, string | string[] | undefined>>

/** The cookie that better-auth sets; over https it carries the `__Secure-` prefix. */
export const sessionCookieNames = ['__Secure-better-auth.session_token', 'better-auth.session_token'] as const

/** The bearer token, else the session cookie, else null. A signed value (`token.signature`) gives its token: possession of the token is what counts. */
export function tokenFrom(headers: HeaderSource): Credential | null {
  const authorization = headerOf(headers, 'authorization')
  if (authorization !== undefined && /^bearer(?: |$)/i.test(authorization)) {
    const token = unsigned(authorization.slice('bearer'.length).trim())
    return token === '' ? null : { token, via: 'bearer' }
  }
  const cookie = headerOf(headers, 'cookie')
  const token = cookie === undefined ? '' : unsigned(sessionCookie(cookie))
  return token === '' ? null : { token, via: 'cookie' }
}

/** One header of either kind of source; several values are joined as HTTP does. */
export function headerOf(headers: HeaderSource, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/**
 * The origins a cookie may come from: the public address, and for a loopback address its other names, since
 * people type `localhost` where the server says 127.0.0.1.
 */
export function allowedOrigins(publicUrl: string): string[] {
  const { origin, protocol, hostname, port } = new URL(publicUrl)
  if (!loopbackNames.includes(hostname)) return [origin]
  return loopbackNames.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`)
}

/** Whether a request signed in by its cookie may come from `origin`; a missing one may not, since browsers always send it. */
export function isAllowedOrigin(origin: string | undefined, publicUrl: string): boolean {
  return origin !== undefined && allowedOrigins(publicUrl).includes(origin)
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

function sessionCookie(header: string): string {
  const pairs = new Map<string, string>()
  for (const part of header.split(';')) {
    const cut = part.indexOf('=')
    if (cut > 0) pairs.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim())
  }
  for (const name of sessionCookieNames) {
    const value = pairs.get(name)
    if (value !== undefined) return decoded(value)
  }
  return ''
}

function unsigned(value: string): string {
  return decoded(value).split('.', 1)[0] ?? ''
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // A value that is no percent-encoding is taken as it stands; no session will have it.
    return value
  }
}
