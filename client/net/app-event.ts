// Tells an event with a number from everything else that a line brings.

import type { AppEvent } from '../../shared/wire/app-events.ts'

/** The event called `name` that carries `value`; null when it has no number. */
export function toAppEvent(name: string, value: unknown): AppEvent | null {
  if (typeof value !== 'object' || value === null) return null
  const { eventId, projectId } = value as { eventId?: unknown; projectId?: unknown }
  if (typeof eventId !== 'number' || typeof projectId !== 'string') return null
  return { ...value, event: name, eventId, projectId }
}
