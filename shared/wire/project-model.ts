// Which model interviews in a project, as it crosses the wire.

import { z } from 'zod'

/** The interviewer that is no model. */
export const builtInModel = 'builtin'

export const projectModelSchema = z.object({
  /** The one that is used now; `builtin` for none. */
  model: z.string(),
  /** The one that an owner has chosen; null where the server's usual one is used. */
  chosen: z.string().nullable(),
  /** What there is to choose from, `builtin` too. */
  models: z.array(z.object({ name: z.string(), provider: z.enum(['anthropic', 'openai-compatible', builtInModel]) })),
})
export type ProjectModel = z.infer<typeof projectModelSchema>

/** Null: the server's usual one. */
export const chooseModelRequest = z.strictObject({ model: z.string().min(1).max(100).nullable() })
