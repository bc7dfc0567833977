// One provider for the document that is open.

import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { personColor } from '../../shared/domain/person-colors.ts'
import { createProvider, type Provider } from '../collab/provider.ts'
import { openConnection } from '../session/connection.ts'
import { offlineCopy } from '../session/offline-copies.ts'
import { api } from '../session/api.ts'
import type { Person } from '../session/session.ts'
import { noteUnsavedEdits } from '../session/unsaved-edits.ts'

interface OpenedBy {
  projectId: string
  userId: string
  name: string
  /** How often it was opened anew. */
  round: number
}

/** The provider of `projectId` for `person` while the caller is on the page; `reopen` drops it and makes another with an empty document. */
export function useProvider(projectId: string, person: Person): { provider: Provider | null; reopen: () => void } {
  const [round, setRound] = useState(0)
  const { userId, name } = person
  const source = useMemo(() => providerSource({ projectId, userId, name, round }), [projectId, userId, name, round])
  const provider = useSyncExternalStore(source.subscribe, source.current)
  return { provider, reopen: useCallback(() => setRound((last) => last + 1), []) }
}

/** A provider that lives as long as someone listens: React's effects decide when, and each of them gets a fresh one. */
function providerSource({ projectId, userId, name }: OpenedBy) {
  let made: Provider | null = null
  return {
    current: () => made,
    subscribe: (listener: () => void) => {
      const opened = createProvider({
        projectId,
        connection: openConnection(),
        storage: offlineCopy({ userId, projectId }),
        readEvents: (after, signal) => api.listEvents(projectId, after, signal),
        onFault: reportError,
      })
      const color = personColor(userId)
      opened.awareness.setLocalStateField('user', { name, color, colorLight: `${color}33` })
      const stopNoting = opened.subscribe(() => {
        const { save, isKept } = opened.state
        noteUnsavedEdits(projectId, save.hasUnsaved ? { isKept } : null)
      })
      made = opened
      listener()
      return () => {
        made = null
        stopNoting()
        noteUnsavedEdits(projectId, null)
        opened.destroy()
      }
    },
  }
}
