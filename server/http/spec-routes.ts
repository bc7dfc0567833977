// The spec over HTTP: read as Markdown or JSON, replaced or merged, its history replaced.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { itemSchema } from '../../shared/wire/items.ts'
import type { Audit } from '../audit/audit.ts'
import type { HistoryReplacement } from '../documents/history-replacement.ts'
import type { SpecText, SpecTexts } from '../documents/spec-texts.ts'
import type { SpecItems } from '../items/spec-items.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps, AppEnv } from './app-env.ts'
import { markdownBody, readMarkdown } from './markdown-body.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, projectCodes, projectProblems, signedIn } from './routes-base.ts'

export interface SpecRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  specTexts: SpecTexts
  specItems: SpecItems
  history: HistoryReplacement
  audit: Audit
  /** UTF-8 bytes of a text at most. */
  maxBytes: number
}

const params = z.object({ projectId: z.string() })
const textSchema = z.object({ markdown: z.string(), epoch: z.int() })
const specSchema = textSchema.extend({ items: z.array(itemSchema) }).openapi('Spec')
const specAnswer = {
  description: 'The spec with its items in the order of the text, and its state as ETag.',
  content: { 'text/markdown': { schema: z.string() }, 'application/json': { schema: specSchema } },
}
const textAnswer = {
  description: 'The text as it is then, with its state as ETag.',
  content: { 'text/markdown': { schema: z.string() }, 'application/json': { schema: textSchema } },
}

const ifMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .openapi({ description: 'The ETag of the text this one was made from; then others’ words since are kept.' }),
})
const replaceCodes = ['base_not_held', 'too_large', 'document_full', 'not_text', 'unsupported_media_type', 'overloaded'] as const

const readSpec = createRoute({
  method: 'get',
  path: '/',
  summary: 'The spec as it is now',
  security: signedIn,
  request: { params },
  responses: {
    200: specAnswer,
    304: { description: 'If-None-Match names what is there.' },
    ...problemAnswers(...projectCodes, 'overloaded'),
  },
})

const replaceSpec = createRoute({
  method: 'put',
  path: '/',
  summary: 'Make the live text this one; with If-Match merge it with what others wrote since',
  security: signedIn,
  // As plain schemas: what is read by hand is described here and not applied.
  request: {
    params,
    headers: ifMatch,
    body: markdownBody,
  },
  responses: { 200: textAnswer, ...problemAnswers(...projectCodes, ...replaceCodes) },
})

const rebuildSpec = createRoute({
  method: 'post',
  path: '/rebuild',
  summary: 'Forget the history: the text becomes a new document, in a new epoch (owner)',
  security: signedIn,
  request: { params },
  responses: { 200: jsonAnswer('The new epoch.', z.object({ epoch: z.int() })), ...projectProblems },
})

/** The routes, to be mounted at /api/projects/:projectId/spec. */
export function specRoutes({ access, audit, sessions, publicUrl, specTexts, specItems, history, maxBytes }: SpecRoutesDeps) {
  const routes = createRoutes()
  // In JSON a character may take six bytes.
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody(maxBytes * 6 + 1024))

  routes.openapi(readSpec, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    const isJson = typeFor(c) === 'application/json'
    const { items, ...text } = isJson ? await specItems.read(projectId) : { items: [], ...(await specTexts.read(projectId)) }
    const spec = specTexts.keep(projectId, text)
    if (tagsOf(c.req.header('if-none-match'))?.includes(spec.tag)) return c.body(null, 304, { etag: `"${spec.tag}"` })
    if (!isJson) return presentMarkdown(c, spec)
    c.header('etag', `"${spec.tag}"`)
    return c.json({ markdown: spec.markdown, epoch: spec.epoch, items: [...items] }, 200)
  })

  routes.openapi(replaceSpec, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    const markdown = await readMarkdown(c)
    return present(c, await specTexts.replace({ projectId, userId, markdown, baseTags: tagsOf(c.req.header('if-match')) }))
  })

  routes.openapi(rebuildSpec, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'administer')
    const epoch = await history.replace(projectId)
    await audit.record({ kind: 'spec.rebuilt', actorId: c.var.session.userId, projectId, details: { epoch } })
    return c.json({ epoch }, 200)
  })
  return routes
}

function present(c: Context<AppEnv>, spec: SpecText) {
  if (typeFor(c) === 'text/markdown') return presentMarkdown(c, spec)
  c.header('etag', `"${spec.tag}"`)
  return c.json({ markdown: spec.markdown, epoch: spec.epoch }, 200)
}

function presentMarkdown(c: Context<AppEnv>, { markdown, tag }: SpecText) {
  return c.body(markdown, 200, { 'content-type': 'text/markdown; charset=utf-8', etag: `"${tag}"` })
}

function typeFor(c: Context<AppEnv>): string {
  return accepts(c, { header: 'Accept', supports: ['text/markdown', 'application/json'], default: 'application/json' })
}

/** The tags of If-Match or If-None-Match; null when it is absent or `*`. */
function tagsOf(header: string | undefined): string[] | null {
  if (header === undefined || header.trim() === '*') return null
  return [...header.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '')
}
