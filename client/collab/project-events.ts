// The server's events about one project, out of a connection that carries those of several.

import type { Role } from '../../shared/domain/roles.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { PresentPerson } from '../../shared/wire/events.ts'
import type { Connection } from '../net/connection.ts'

export interface ProjectEventHandlers {
  onYjs(bytes: Uint8Array): void
  onPresence(present: readonly PresentPerson[]): void
  onEpoch(epoch: number): void
  onAccess(role: Role | null, reason: string): void
  onNumbered(event: AppEvent): void
}

/** Listens until the returned function is called. */
export function listenToProject(connection: Connection, projectId: string, handlers: ProjectEventHandlers): () => void {
  const stops = [
    connection.on('yjs', (of, bytes) => {
      if (of === projectId) handlers.onYjs(bytes)
    }),
    connection.on('presence', (event) => {
      if (event.projectId === projectId) handlers.onPresence(event.present)
    }),
    connection.on('epoch', (event) => {
      if (event.projectId === projectId) handlers.onEpoch(event.epoch)
    }),
    connection.onNumbered((event) => {
      if (event.projectId === projectId) handlers.onNumbered(event)
    }),
    connection.on('access', (event) => {
      if (event.projectId === projectId) handlers.onAccess(event.role, event.reason)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
