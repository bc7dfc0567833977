// A text that comes as a request's body: Markdown as it is, or in JSON.

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '../../shared/errors.ts'
import type { AppEnv } from './app-env.ts'
import { invalidRequest } from './routes-base.ts'

const jsonBody = z.strictObject({ markdown: z.string() })

/** How such a body is described; it is read by hand, and not checked by what describes it. */
export const markdownBody = {
  required: true,
  content: {
    'text/markdown': { schema: { type: 'string' as const } },
    'application/json': {
      schema: { type: 'object' as const, required: ['markdown'], properties: { markdown: { type: 'string' as const } } },
    },
  },
}

/** The text. Errors: unsupported_media_type, not_text, invalid_request. */
export async function readMarkdown(c: Context<AppEnv>): Promise<string> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'text/markdown' && type !== 'text/plain' && type !== 'application/json') throw new AppError('unsupported_media_type')
  const text = decodeText(await c.req.arrayBuffer())
  if (type !== 'application/json') return text
  const body = jsonBody.safeParse(parseJson(text))
  if (!body.success) throw invalidRequest(body.error)
  return body.data.markdown
}

function decodeText(bytes: ArrayBuffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // A NUL is valid UTF-8 and in no text that people write: this is a binary file.
    if (!text.includes('\0')) return text
  } catch (error) {
    throw new AppError('not_text', { cause: error })
  }
  throw new AppError('not_text')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid_request', { message: 'The body is not JSON.', cause: error })
  }
}
