// What every operation of the description has without its route saying so: the answers that come from in front of it, a name, a group.

import type { ErrorCode } from '../../shared/errors.ts'
import { codesOf, problemAnswers } from './problem-answers.ts'

/** The parts of an OpenAPI operation that are read or filled in here. */
interface Operation {
  operationId?: string
  tags?: string[]
  security?: readonly unknown[]
  parameters?: readonly unknown[]
  requestBody?: unknown
  responses?: Record<string, unknown>
}

const methods = ['get', 'put', 'post', 'patch', 'delete']
const writingMethods = ['put', 'post', 'patch', 'delete']

/** Fills `document` in, and gives it. */
export function completeDescription<Document extends { paths?: object | undefined }>(document: Document): Document {
  for (const [path, operations] of Object.entries<object>((document.paths ?? {}) as Record<string, object>)) {
    for (const method of methods) {
      const operation = (operations as Record<string, Operation | undefined>)[method]
      if (operation) complete(operation, method, path)
    }
  }
  return document
}

function complete(operation: Operation, method: string, path: string): void {
  operation.operationId ??= operationId(method, path)
  operation.tags ??= [tagOf(path)]
  const responses = (operation.responses ??= {})
  const described = Object.entries(problemAnswers(...commonCodes(operation, method, path)))
  for (const [status, answer] of described) {
    const own = codesOf(responses[status])
    // An answer of another shape under the same status is better-auth's own: both are possible.
    responses[status] =
      own.length > 0 || !responses[status] ? answerFor(status, [...own, ...codesOf(answer)]) : bothOf(responses[status], answer)
  }
}

/** What may be answered before a route's own code runs, or because the machine behind it fails. */
function commonCodes({ security = [], parameters = [], requestBody }: Operation, method: string, path: string): ErrorCode[] {
  if (!path.startsWith('/api/') || path === '/api/openapi.json' || path === '/api/docs') return ['internal']
  const isWriting = writingMethods.includes(method)
  const needsSession = security.length > 0
  return [
    'internal',
    'rate_limited',
    'store_unavailable',
    'overloaded',
    'timeout',
    ...(needsSession ? (['unauthenticated'] as const) : []),
    ...(needsSession && isWriting ? (['origin_not_allowed'] as const) : []),
    ...(parameters.length > 0 || requestBody ? (['invalid_request'] as const) : []),
    ...(isWriting ? (['too_large', 'unsupported_media_type'] as const) : []),
  ]
}

function answerFor(status: string, codes: ErrorCode[]): unknown {
  return Object.entries(problemAnswers(...codes)).find(([key]) => key === status)?.[1]
}

function bothOf(own: unknown, problem: { description: string; content: object }): unknown {
  const { description = '', content = {}, ...rest } = own as { description?: string; content?: object }
  return { ...rest, description: `${description} ${problem.description}`.trim(), content: { ...content, ...problem.content } }
}

/** `GET /api/projects/{projectId}/members` is `getProjectsProjectIdMembers`: stable as long as the address is. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\//, '/')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

const tags: readonly [RegExp, string][] = [
  [/^\/api\/auth\//, 'sign-in'],
  [/^\/api\/password-resets(?:\/|$)|\/password-reset$/, 'account'],
  [/^\/api\/account(?:\/|$)/, 'account'],
  [/^\/api\/invitations\/|\/invitations(?:\/|$)|\/members(?:\/|$)/, 'people'],
  [/\/spec(?:\/|$)/, 'spec'],
  [/\/versions(?:\/|$)/, 'versions'],
  [/\/(?:quality|phase|notices|activity)(?:\/|$)/, 'quality'],
  [/^\/api\/projects(?:\/|$)/, 'projects'],
  [/^\/(?:health|metrics|api\/openapi\.json|api\/docs)/, 'operation'],
]

function tagOf(path: string): string {
  return tags.find(([pattern]) => pattern.test(path))?.[1] ?? 'other'
}
