// Loaded into every test worker: each HTTP answer that `fetch` brings from a server of ours is held against the document; see api-contract.ts.

import { afterAll, afterEach } from 'vitest'
import { checkAnswer, takeMismatches } from './api-contract.ts'

const plainFetch = globalThis.fetch

globalThis.fetch = async function fetchChecked(input, init) {
  const response = await plainFetch(input, init)
  const request = input instanceof Request ? input : undefined
  const { origin, pathname } = new URL(input instanceof Request ? input.url : input)
  const method = (init?.method ?? request?.method ?? 'GET').toUpperCase()
  // The clone is read to its end, which the caller may not want of a large or endless answer that is no JSON.
  const isText = /json/.test(response.headers.get('content-type') ?? '')
  const copy = isText ? response.clone() : new Response(null, { status: response.status, headers: response.headers })
  checkAnswer(origin, { method, path: pathname, response: copy }, () => plainFetch(`${origin}/api/openapi.json`))
  return response
}

async function reportMismatches(): Promise<void> {
  const found = await takeMismatches()
  if (found.length > 0) throw new Error(`answers that /api/openapi.json does not describe:\n${[...new Set(found)].join('\n')}`)
}

afterEach(reportMismatches)
afterAll(reportMismatches)
