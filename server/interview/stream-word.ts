// What nodes say to each other about a message that is being written; hints all, since its text is stored every second.

import { z } from 'zod'

const about = { projectId: z.string(), messageId: z.string() }

const streamWordSchema = z.discriminatedUnion('kind', [
  /** Words at their offset. */
  z.object({ kind: z.literal('delta'), ...about, offset: z.int().nonnegative(), text: z.string() }),
  /** Somebody lacks the words from an offset on. */
  z.object({ kind: z.literal('want'), ...about, offset: z.int().nonnegative() }),
  z.object({ kind: z.literal('stop'), ...about }),
  z.object({ kind: z.literal('end'), ...about }),
])
export type StreamWord = z.infer<typeof streamWordSchema>

/** What another node says wrongly is not heard. */
export function parseStreamWord(bytes: Uint8Array): StreamWord | undefined {
  try {
    return streamWordSchema.safeParse(JSON.parse(Buffer.from(bytes).toString())).data
  } catch {
    return undefined
  }
}
