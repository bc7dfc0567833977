// Errors as the description of the API tells them: one answer a status, with every code that may stand in it.

import { errorTable, type ErrorCode } from '../../shared/errors.ts'

type StatusOf<Code extends ErrorCode> = (typeof errorTable)[Code]['status']

/** An answer that is a problem, as OpenAPI describes it. */
export interface ProblemAnswer {
  description: string
  headers?: Record<string, { description: string; schema: { type: 'string' | 'integer' } }>
  content: { 'application/problem+json': { schema: ProblemShape } }
}

interface ProblemShape {
  allOf: [{ $ref: string }, { type: 'object'; properties: { code: { type: 'string'; enum: ErrorCode[] } } }]
}

/** The body of every problem; a component of the description, since each answer refers to it. */
export const problemSchema = {
  type: 'object' as const,
  description: 'RFC 9457 problem details. `code` is what a program decides by; `detail` is a sentence for people.',
  required: ['type', 'title', 'status', 'code', 'detail', 'retryable'],
  properties: {
    type: { type: 'string' as const, description: 'Always about:blank: the code says which kind it is.' },
    title: { type: 'string' as const, description: "The code's own sentence." },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, enum: Object.keys(errorTable) },
    detail: { type: 'string' as const, description: 'What happened this time.' },
    retryable: { type: 'boolean' as const, description: 'Whether the same request may succeed later without being changed.' },
    message: { type: 'string' as const, description: "The same as `detail`, on better-auth's routes, whose clients read this field." },
    errors: {
      type: 'array' as const,
      description: 'With `invalid_request`: each field that does not fit, by its path.',
      items: {
        type: 'object' as const,
        required: ['path', 'message'],
        properties: { path: { type: 'string' as const }, message: { type: 'string' as const } },
      },
    },
    conditions: {
      type: 'array' as const,
      description: 'With `gate_closed`: each condition that is not met, as in `GET …/quality`, with what would meet it.',
      items: {
        type: 'object' as const,
        required: ['kind', 'gate', 'category', 'says', 'how', 'needed', 'actual', 'isMet'],
        properties: {
          kind: { type: 'string' as const },
          gate: { type: 'string' as const },
          category: { type: ['string', 'null'] as ('string' | 'null')[] },
          isMet: { type: 'boolean' as const },
          says: { type: 'string' as const },
          how: { type: 'string' as const },
          needed: { type: 'number' as const },
          actual: { type: 'number' as const },
        },
      },
    },
    paths: { type: 'object' as const, description: 'With `gate_closed`: the ways on, compared, as `GET …/quality/paths` has them.' },
    conflict: { type: 'object' as const, description: 'With `conflict_changed`: the conflict as it is now.' },
    texts: {
      type: 'array' as const,
      description: 'With `conflict_changed`: what the items that are still in the text say now.',
      items: {
        type: 'object' as const,
        required: ['id', 'ref', 'text'],
        properties: { id: { type: 'string' as const }, ref: { type: 'string' as const }, text: { type: 'string' as const } },
      },
    },
  },
}

const headersByStatus: Readonly<Record<number, ProblemAnswer['headers']>> = {
  401: { 'WWW-Authenticate': { description: 'How to sign in.', schema: { type: 'string' } } },
  405: { Allow: { description: 'The methods this address takes.', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
}

/**
 * The answers for `codes`, grouped by status; spread into a route's `responses`. What any route may answer (a missing
 * session, a rate, a database that is away) is added to the description by itself: see `completeDescription`.
 */
export function problemAnswers<Code extends ErrorCode>(...codes: readonly Code[]): { [Status in StatusOf<Code>]: ProblemAnswer } {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(codes)) {
    const { status } = errorTable[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  // Every code's status has just been filled from the same table the type is made of.
  return Object.fromEntries([...byStatus].map(([status, list]) => [status, problemAnswer(status, list)])) as {
    [Status in StatusOf<Code>]: ProblemAnswer
  }
}

/** The codes that an answer made by `problemAnswers` names; none when it is no such answer. */
export function codesOf(answer: unknown): ErrorCode[] {
  const content = (answer as Partial<ProblemAnswer> | undefined)?.content?.['application/problem+json']
  return content?.schema.allOf[1].properties.code.enum ?? []
}

function problemAnswer(status: number, codes: ErrorCode[]): ProblemAnswer {
  const headers = headersByStatus[status]
  return {
    description: codes.map((code) => `\`${code}\`: ${errorTable[code].message}`).join(' '),
    ...(headers ? { headers } : {}),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { type: 'string', enum: codes } } }],
        },
      },
    },
  }
}
