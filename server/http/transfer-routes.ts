// /api/projects/:projectId/export and …/import: the spec as a file, out and in.

import { createRoute, z } from '@hono/zod-openapi'
import type { SpecTexts } from '../documents/spec-texts.ts'
import { itemsAsCsv, itemsAsJson } from '../items/export-items.ts'
import type { SpecItems } from '../items/spec-items.ts'
import { itemSchema } from '../../shared/wire/items.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { markdownBody, readMarkdown } from './markdown-body.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, projectCodes, signedIn } from './routes-base.ts'

export interface TransferRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  specTexts: SpecTexts
  specItems: SpecItems
  /** UTF-8 bytes of a text at most. */
  maxBytes: number
}

const params = z.object({ projectId: z.string() })
const exportQuery = z.object({ format: z.enum(['markdown', 'json', 'csv']).default('markdown') })
const importQuery = z.object({ format: z.enum(['markdown']).default('markdown') })

const exportSpec = createRoute({
  method: 'get',
  path: '/export',
  summary: 'The spec as a file: its text, or its items with their numbers',
  security: signedIn,
  request: { params, query: exportQuery },
  responses: {
    200: {
      description: 'The file, named after its project.',
      headers: { 'Content-Disposition': { description: 'The name of the file.', schema: { type: 'string' } } },
      content: {
        'text/markdown': { schema: z.string() },
        'application/json': { schema: z.object({ project: z.string(), markdown: z.string(), items: z.array(itemSchema) }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...problemAnswers(...projectCodes, 'overloaded'),
  },
})

const importSpec = createRoute({
  method: 'post',
  path: '/import',
  summary: 'Make the live text that of a file, by an edit that everyone sees',
  security: signedIn,
  request: { params, query: importQuery, body: markdownBody },
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
export function transferRoutes({ access, specTexts, specItems, maxBytes, sessions, publicUrl }: TransferRoutesDeps) {
  const routes = createRoutes()
  routes.use('/export', requireSession({ sessions, publicUrl }))
  // In JSON a character may take six bytes.
  routes.use('/import', requireSession({ sessions, publicUrl }), limitBody(maxBytes * 6 + 1024))

  routes.openapi(exportSpec, async (c) => {
    const { project } = await access.requireRole(c.var.session, c.req.valid('param').projectId, 'read')
    const { format } = c.req.valid('query')
    const { markdown, items } =
      format === 'markdown' ? { ...(await specTexts.read(project.id)), items: [] } : await specItems.read(project.id)
    const { type, extension } = files[format]
    const body = format === 'csv' ? itemsAsCsv(items) : format === 'json' ? itemsAsJson(project.name, markdown, items) : markdown
    return c.body(body, 200, { 'content-type': type, 'content-disposition': dispositionOf(project.name, extension) })
  })

  routes.openapi(importSpec, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    const { markdown, epoch } = await specTexts.replace({
      projectId,
      userId,
      markdown: await readMarkdown(c),
      itemSource: 'import',
      baseTags: null,
    })
    return c.json({ epoch, sizeBytes: Buffer.byteLength(markdown) }, 200)
  })
  return routes
}

const files = {
  markdown: { type: 'text/markdown; charset=utf-8', extension: 'md' },
  json: { type: 'application/json; charset=utf-8', extension: 'json' },
  csv: { type: 'text/csv; charset=utf-8; header=present', extension: 'csv' },
}

/** RFC 6266: a name in ASCII for all, and the whole one for those who read it. */
function dispositionOf(name: string, extension: string): string {
  const plain = name.replace(/[^\w.-]+/g, ' ').trim() || 'spec'
  const whole = encodeURIComponent(`${name}.${extension}`).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}.${extension}"; filename*=UTF-8''${whole}`
}
