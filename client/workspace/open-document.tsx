// An open project: its workspace, or what is left when its document closed for good.

import { useQueryClient } from '@tanstack/react-query'
import { lazy, useEffect, useMemo } from 'react'
import type { Role } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { Provider } from '../collab/provider.ts'
import { OpenProjectContext, useProviderState } from '../session/open-project.ts'
import { forgetSession } from '../session/session.ts'
import { Part } from '../ui/part.tsx'
import type { WorkspaceView } from './views.ts'
import { useWarmUp } from './warm-up.ts'
import { WorkspaceFrame } from './workspace-frame.tsx'

const ClosedDocument = lazy(async () => ({ default: (await import('./closed-document.tsx')).ClosedDocument }))

interface OpenDocumentProps {
  project: Project
  provider: Provider
  view: WorkspaceView
  /** Drops this provider and opens the document anew. */
  onReopen: () => void
}

/** The workspace of one project around its document. */
export function OpenDocument({ project, provider, view, onReopen }: OpenDocumentProps) {
  const state = useProviderState(provider)
  const { connection } = state
  // Nobody writes in a project that is archived; the server says so too, once it is joined.
  const role = state.role ?? (project.archivedAt === null ? project.role : 'viewer')
  const open = useMemo(() => ({ project, provider, role }), [project, provider, role])
  useFreshProject(project, state.role)
  useWarmUp(connection.state === 'live')
  const isSignedOut = connection.state === 'closed' && connection.reason === 'unauthenticated'
  useEffect(() => {
    // The session ended: to the sign-in page, and back here after it; the copy in this browser stays.
    if (isSignedOut) forgetSession()
  }, [isSignedOut])
  if (isSignedOut) return null
  if (connection.state === 'closed')
    return (
      <Part>
        <ClosedDocument project={project} connection={connection} lostText={state.lostText} onReopen={onReopen} />
      </Part>
    )
  return (
    <OpenProjectContext value={open}>
      <WorkspaceFrame view={view} state={state} />
    </OpenProjectContext>
  )
}

/** Reads the project again when one's role in its document changes: it may have been archived, or brought back. */
function useFreshProject({ id, role, archivedAt }: Project, roleNow: Role | null): void {
  const queries = useQueryClient()
  const mayBeOld = roleNow !== null && (roleNow !== role || archivedAt !== null)
  useEffect(() => {
    if (mayBeOld) void queries.invalidateQueries({ queryKey: ['project', id] })
    // Once a change of the role: an answer that leaves the two different does not ask again.
  }, [queries, id, roleNow, mayBeOld])
}
