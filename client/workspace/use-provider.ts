// One provider for the document that is open, its state as React sees it.

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { personColor } from '../../shared/domain/person-colors.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import { createProvider, type Provider } from '../collab/provider.ts'
import { openConnection } from '../session/connection.ts'
import { offlineCopy } from '../session/offline-copies.ts'
import type { Person } from '../session/session.ts'
import { noteUnsavedEdits } from '../session/unsaved-edits.ts'

/** The provider of `projectId` for `person`, from the first effect on; `reopen` drops it and makes another with an empty document. */
export function useProvider(projectId: string, person: Person): { provider: Provider | null; reopen: () => void } {
  const [provider, setProvider] = useState<Provider | null>(null)
  const [round, setRound] = useState(0)
  const { userId, name } = person

  useEffect(() => {
    const made = createProvider({
      projectId,
      connection: openConnection(),
      storage: offlineCopy({ userId, projectId }),
      onFault: (fault) => reportError(fault),
    })
    const color = personColor(userId)
    made.awareness.setLocalStateField('user', { name, color, colorLight: `${color}33` })
    const noteUnsaved = () => noteUnsavedEdits(projectId, made.state.save.hasUnsaved)
    const stopNoting = made.subscribe(noteUnsaved)
    setProvider(made)
    return () => {
      stopNoting()
      noteUnsavedEdits(projectId, false)
      setProvider(null)
      made.destroy()
    }
  }, [projectId, userId, name, round])

  return { provider, reopen: useCallback(() => setRound((last) => last + 1), []) }
}

/** The provider's state; renders again with each new one. */
export function useProviderState(provider: Provider): ProviderState {
  return useSyncExternalStore(
    useCallback((listener) => provider.subscribe(listener), [provider]),
    () => provider.state,
  )
}
