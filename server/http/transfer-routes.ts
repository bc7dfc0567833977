// /api/projects/:projectId/export and …/import: the spec as a file, out and in.

import { createRoute, z } from '@hono/zod-openapi'
import type { SpecTexts } from '../documents/spec-texts.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { markdownBody, readMarkdown } from './markdown-body.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, projectCodes, projectProblems, signedIn } from './routes-base.ts'

export interface TransferRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  specTexts: SpecTexts
  /** UTF-8 bytes of a text at most. */
  maxBytes: number
}

const params = z.object({ projectId: z.string() })
const query = z.object({ format: z.enum(['markdown']).default('markdown') })

const exportSpec = createRoute({
  method: 'get',
  path: '/export',
  summary: 'The spec as a file',
  security: signedIn,
  request: { params, query },
  responses: {
    200: {
      description: 'The text, named after its project.',
      headers: { 'Content-Disposition': { description: 'The name of the file.', schema: { type: 'string' } } },
      content: { 'text/markdown': { schema: z.string() } },
    },
    ...projectProblems,
  },
})

const importSpec = createRoute({
  method: 'post',
  path: '/import',
  summary: 'Make the live text that of a file, by an edit that everyone sees',
  security: signedIn,
  request: { params, query, body: markdownBody },
  responses: {
    200: jsonAnswer('It is in the document.', z.object({ epoch: z.int(), sizeBytes: z.int() })),
    ...problemAnswers(
      ...projectCodes,
      'project_archived',
      'too_large',
      'document_full',
      'not_text',
      'unsupported_media_type',
      'overloaded',
    ),
  },
})

/** The routes, to be mounted at /api/projects/:projectId. */
export function transferRoutes({ access, specTexts, maxBytes, sessions, publicUrl }: TransferRoutesDeps) {
  const routes = createRoutes()
  routes.use('/export', requireSession({ sessions, publicUrl }))
  // In JSON a character may take six bytes.
  routes.use('/import', requireSession({ sessions, publicUrl }), limitBody(maxBytes * 6 + 1024))

  routes.openapi(exportSpec, async (c) => {
    const { project } = await access.requireRole(c.var.session, c.req.valid('param').projectId, 'read')
    const { markdown } = await specTexts.read(project.id)
    const headers = { 'content-type': 'text/markdown; charset=utf-8', 'content-disposition': dispositionOf(project.name) }
    return c.body(markdown, 200, headers)
  })

  routes.openapi(importSpec, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    const { markdown, epoch } = await specTexts.replace({ projectId, userId, markdown: await readMarkdown(c), baseTags: null })
    return c.json({ epoch, sizeBytes: Buffer.byteLength(markdown) }, 200)
  })
  return routes
}

/** RFC 6266: a name in ASCII for all, and the whole one for those who read it. */
function dispositionOf(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, ' ').trim() || 'spec'
  const whole = encodeURIComponent(`${name}.md`).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}.md"; filename*=UTF-8''${whole}`
}
