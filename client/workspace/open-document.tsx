// An open document: header, what has to be said about it, the editor; and what is left when it closed for good.

import { lazy, Suspense, useEffect } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { Provider } from '../collab/provider.ts'
import { forgetSession } from '../session/session.ts'
import { Delayed } from '../ui/delayed.tsx'
import { ClosedDocument } from './closed-document.tsx'
import { DocumentNotices } from './document-notices.tsx'
import { useProviderState } from './use-provider.ts'
import { useWarmUp } from './warm-up.ts'
import { WorkspaceHeader } from './workspace-header.tsx'
import { TextSkeleton } from './workspace-skeleton.tsx'

// The editor is half of the page's script: it loads beside the project's name and the first bytes of the text.
const loadEditor = () => import('../editor/document-editor.tsx')
const DocumentEditor = lazy(async () => ({ default: (await loadEditor()).DocumentEditor }))
// A failure shows when the editor is needed; here it is only early.
loadEditor().catch(() => undefined)

interface OpenDocumentProps {
  project: Project
  provider: Provider
  /** Drops this provider and opens the document anew. */
  onReopen: () => void
}

/** The workspace of one project around its document. */
export function OpenDocument({ project, provider, onReopen }: OpenDocumentProps) {
  const state = useProviderState(provider)
  const { connection } = state
  useWarmUp(connection.state === 'live')
  const isSignedOut = connection.state === 'closed' && connection.reason === 'unauthenticated'
  useEffect(() => {
    // The session ended: to the sign-in page, and back here after it; the copy in this browser stays.
    if (isSignedOut) forgetSession()
  }, [isSignedOut])
  if (isSignedOut) return null
  if (connection.state === 'closed')
    return <ClosedDocument project={project} connection={connection} lostText={state.lostText} onReopen={onReopen} />

  const role = state.role ?? project.role
  const isEditable = may(role, 'write')
  // A text that is not there yet must not be taken for an empty one.
  const isShown = state.isSynced || (state.isLoaded && provider.text.length > 0)
  return (
    <div className="flex h-full flex-col">
      <WorkspaceHeader project={project} role={role} provider={provider} state={state} />
      <main className="flex min-h-0 flex-1 flex-col">
        <DocumentNotices role={role} state={state} text={provider.text} />
        <div className="min-h-0 flex-1">
          <Suspense fallback={<LoadingText />}>
            {isShown ? (
              <DocumentEditor
                text={provider.text}
                awareness={provider.awareness}
                undo={provider.undo}
                isEditable={isEditable}
                label={`Spec of ${project.name}`}
              />
            ) : (
              <LoadingText />
            )}
          </Suspense>
        </div>
      </main>
    </div>
  )
}

function LoadingText() {
  return (
    <Delayed>
      <TextSkeleton />
    </Delayed>
  )
}
