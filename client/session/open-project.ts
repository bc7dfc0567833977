// The project that is open, for every view and panel of its workspace: who it is, its live document, one's role in it.

import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { Role } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import type { Provider } from '../collab/provider.ts'

/** What a view inside a workspace works on. */
export interface OpenProject {
  project: Project
  /** The live document; it stays the same while one moves between the views of a project. */
  provider: Provider
  /** One's role as of now; it can change while the project is open. */
  role: Role
}

/** Set by the workspace around its views. */
export const OpenProjectContext = createContext<OpenProject | null>(null)

/** The open project; only inside a workspace. */
export function useOpenProject(): OpenProject {
  const open = useContext(OpenProjectContext)
  if (!open) throw new Error('useOpenProject outside of a workspace')
  return open
}

/** The provider's state; renders again with each new one. */
export function useProviderState(provider: Provider): ProviderState {
  return useSyncExternalStore(
    useCallback((listener) => provider.subscribe(listener), [provider]),
    () => provider.state,
  )
}
