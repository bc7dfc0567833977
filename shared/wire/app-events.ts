// App events on the wire: what happened in a project beside its text, numbered per project.

import { z } from 'zod'

/** One event; what else it carries depends on its name. */
export const appEventSchema = z.looseObject({
  /** The name under which Socket.IO brings it. */
  event: z.string(),
  /** 1, 2, 3 … without a gap within a project. */
  eventId: z.int().positive(),
  projectId: z.string(),
})
export type AppEvent = z.infer<typeof appEventSchema>

export const eventsQuery = z.object({
  after: z.coerce.number().int().nonnegative().max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

export const eventListSchema = z.object({
  /** In order. The latest thousand of a project are kept: a first one that is not `after` + 1 means that older ones are gone. */
  items: z.array(appEventSchema),
  /** The number of the last event there is. */
  eventId: z.int().nonnegative(),
})
export type EventList = z.infer<typeof eventListSchema>
