// The description of the API that machines read.

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './app-env.ts'

/** Serves the description of all routes registered so far at /api/openapi.json. */
export function describeApi(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' })
  app.doc31('/api/openapi.json', { openapi: '3.1.0', info: { title: 'Elenchus', version: '1' } })
}
