// The spec itself: what has to be said about it, and the text. It stays while another view lies over it, so that coming back is instant.

import { lazy, Suspense } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import type { DocumentPlace } from '../editor/document-place.ts'
import type { Following } from '../editor/following.ts'
import { useOpenProject } from '../session/open-project.ts'
import { afterText } from '../ui/after-text.ts'
import { Delayed } from '../ui/delayed.tsx'
import { Part } from '../ui/part.tsx'
import { usePreferences } from '../ui/preferences.ts'
import { TextSkeleton } from './workspace-skeleton.tsx'

// The editor is half of the page's script: it loads beside the project's name and the first bytes of the text.
const loadEditor = () => import('../editor/document-editor.tsx')
const DocumentEditor = lazy(async () => ({ default: (await loadEditor()).DocumentEditor }))
// A failure shows when the editor is needed; here it is only early.
loadEditor().catch(() => undefined)

const FollowBanner = lazy(async () => ({ default: (await afterText(() => import('./follow-banner.tsx'))).FollowBanner }))
const EmptyHint = lazy(async () => ({ default: (await afterText(() => import('./empty-hint.tsx'))).EmptyHint }))

// What it has to say comes from the server, so that the server is there to load it from; later it was loaded by the warm-up.
const DocumentNotices = lazy(async () => ({ default: (await import('./document-notices.tsx')).DocumentNotices }))

interface SpecViewProps {
  state: ProviderState
  place: DocumentPlace
  following: Following
}

/** Notices and editor. */
export function SpecView({ state, place, following }: SpecViewProps) {
  const { project, provider, role } = useOpenProject()
  const { checksSpelling } = usePreferences()
  const canWrite = may(role, 'write')
  const hasNotice = state.refusal !== null || project.archivedAt !== null || !canWrite
  // A text that is not there yet must not be taken for an empty one.
  const isShown = state.isSynced || (state.isLoaded && provider.text.length > 0)
  return (
    <>
      {hasNotice && (
        <Part>
          <DocumentNotices role={role} state={state} text={provider.text} />
        </Part>
      )}
      <div className="relative min-h-0 flex-1">
        <Part>
          <FollowBanner following={following} present={state.present} />
        </Part>
        {isShown && canWrite && (
          <Part>
            <EmptyHint text={provider.text} />
          </Part>
        )}
        <Suspense fallback={<LoadingText />}>
          {isShown ? (
            <DocumentEditor
              text={provider.text}
              awareness={provider.awareness}
              undo={provider.undo}
              place={place}
              following={following}
              isEditable={canWrite}
              checksSpelling={checksSpelling}
              label={`Spec of ${project.name}`}
            />
          ) : (
            <LoadingText />
          )}
        </Suspense>
      </div>
    </>
  )
}

function LoadingText() {
  return (
    <Delayed>
      <TextSkeleton />
    </Delayed>
  )
}
