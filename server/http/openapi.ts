// The description of the API that machines read.

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './app-env.ts'
import { completeDescription } from './complete-description.ts'
import { problemSchema } from './problem-answers.ts'
import type { ReferenceDocument } from './reference-document.ts'
import { referencePolicy, renderReference } from './reference-page.ts'

const description = `Elenchus over HTTP. Sign in with \`POST /api/auth/sign-in/email\`, or make an API token, and send it as a bearer token.

Every error is \`application/problem+json\` with a \`code\`; under \`/api/auth\`, better-auth's own refusals are \`{code, message}\`. An address
that is not listed here is answered 404 \`not_found\`, another method on a listed one 405 \`method_not_allowed\`. Lists come as \`{items, nextCursor}\`;
times are ISO 8601 in UTC. The live document itself is spoken to over WebSocket: see docs/connect.md.`

const opening = { openapi: '3.1.0', info: { title: 'Elenchus', version: '1', description }, servers: [{ url: '/' }] }

/** Serves the description of all routes at /api/openapi.json, and as a page at /api/docs; made at the first request, when all are registered. */
export function describeApi(app: OpenAPIHono<AppEnv>): void {
  const { openAPIRegistry: registry } = app
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  registry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' })
  registry.registerComponent('schemas', 'Problem', problemSchema)
  registry.registerPath({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description',
    responses: {
      200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } } },
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/api/docs',
    summary: 'This description as a page',
    responses: { 200: { description: 'A page without scripts.', content: { 'text/html': { schema: { type: 'string' } } } } },
  })
  let made: ReferenceDocument | undefined
  // A document of our own routes has all that the page reads.
  const document = () => (made ??= completeDescription(app.getOpenAPI31Document(opening)) as unknown as ReferenceDocument)
  app.get('/api/openapi.json', (c) => c.json(document()))
  app.get('/api/docs', async (c) => {
    const { page, nonce } = await renderReference(document())
    c.header('content-security-policy', referencePolicy(nonce))
    return c.html(page)
  })
}
