// What a request signs in with, read from Fetch headers and from Node's, and which origins a cookie may come from.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedOrigins, isAllowedOrigin, tokenFrom } from './credentials.ts'

const token = 'XagQ2hEwfXTO6Y77GeVZDKJwYM82Ws8F'
const signed = `${token}.Y9MH5sksIM8vaPEIengSQ9y3BI%2BTqaDFy8ZIlyXqLTY%3D`

describe('tokenFrom', () => {
  it.each([
    ['a bearer token', { authorization: `Bearer ${token}` }, { token, via: 'bearer' }],
    ['a scheme in another case', { authorization: `bearer  ${token} ` }, { token, via: 'bearer' }],
    ['a signed bearer token', { authorization: `Bearer ${signed}` }, { token, via: 'bearer' }],
    ['the cookie', { cookie: `theme=dark; better-auth.session_token=${signed}; a=b` }, { token, via: 'cookie' }],
    ['the cookie of https', { cookie: `__Secure-better-auth.session_token=${signed}` }, { token, via: 'cookie' }],
    ['both', { authorization: `Bearer ${token}`, cookie: 'better-auth.session_token=other' }, { token, via: 'bearer' }],
    ['an empty bearer token beside a cookie', { authorization: 'Bearer ', cookie: `better-auth.session_token=${signed}` }, null],
    [
      'another scheme beside a cookie',
      { authorization: 'Basic eDp5', cookie: `better-auth.session_token=${signed}` },
      { token, via: 'cookie' },
    ],
    ['a cookie of another name', { cookie: `better-auth.session_data=${signed}` }, null],
    ['a cookie without a value', { cookie: 'better-auth.session_token=' }, null],
    ['nothing', {}, null],
  ])('[AUTH7] reads %s', (_case, headers: Record<string, string>, expected) => {
    expect(tokenFrom(headers)).toEqual(expected)
    // The Fetch standard trims values, Node does not.
    expect(tokenFrom(new Headers(headers))).toEqual(expected)
  })

  it('[AUTH7] takes whatever stands there without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'binary-ascii' }), (authorization, cookie) => {
        const found = tokenFrom({ authorization: `Bearer ${authorization}`, cookie: `better-auth.session_token=${cookie}` })
        expect(found === null || found.token !== '').toBe(true)
      }),
    )
  })
})

describe('allowedOrigins', () => {
  it('[AUTH8] is the public address alone', () => {
    expect(allowedOrigins('https://specs.example.org/elenchus')).toEqual(['https://specs.example.org'])
  })

  it('[AUTH8] takes the other names of a loopback address, on the same port only', () => {
    for (const origin of ['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000']) {
      expect(isAllowedOrigin(origin, 'http://127.0.0.1:3000')).toBe(true)
    }
    expect(isAllowedOrigin('http://localhost:3001', 'http://127.0.0.1:3000')).toBe(false)
    expect(isAllowedOrigin('https://localhost:3000', 'http://127.0.0.1:3000')).toBe(false)
  })

  it.each([undefined, 'null', '', 'https://specs.example.org.evil.net', 'http://specs.example.org', 'https://specs.example.org:444'])(
    '[AUTH8] refuses %s',
    (origin) => {
      expect(isAllowedOrigin(origin, 'https://specs.example.org')).toBe(false)
    },
  )
})
