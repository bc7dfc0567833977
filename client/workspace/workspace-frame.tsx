// The shape of the workspace: header, the panels at both sides, between them the view that is open, on a narrow screen a bar below.

import { lazy, useState } from 'react'
import type { ProviderState } from '../collab/provider-state.ts'
import { DocumentPlace } from '../editor/document-place.ts'
import { Following } from '../editor/following.ts'
import { useOpenProject } from '../session/open-project.ts'
import { afterText } from '../ui/after-text.ts'
import { useCommands } from '../ui/commands.ts'
import { Delayed } from '../ui/delayed.tsx'
import { useIsWide } from '../ui/media.ts'
import { Part } from '../ui/part.tsx'
import { OutlinePanel } from './outline-panel.tsx'
import { togglePanel, usePanelLayout } from './panel-layout.ts'
import { rightPanels } from './right-panels.ts'
import { SpecView } from './spec-view.tsx'
import { useFiles } from './use-files.ts'
import type { WorkspaceView } from './views.ts'
import { WorkspaceHeader } from './workspace-header.tsx'
import { TextSkeleton } from './workspace-skeleton.tsx'

// What follows the text on the screen, so that it is there to be written sooner.
const TextParts = lazy(async () => ({ default: (await afterText(() => import('./text-parts.tsx'))).TextParts }))
// Where no panel is open on the right, nothing of it is needed.
const RightPanelColumn = lazy(async () => ({ default: (await import('./right-panel.tsx')).RightPanelColumn }))
const BottomBar = lazy(async () => ({ default: (await import('./bottom-bar.tsx')).BottomBar }))
const PanelSheet = lazy(async () => ({ default: (await import('./panel-sheet.tsx')).PanelSheet }))

interface WorkspaceFrameProps {
  view: WorkspaceView
  state: ProviderState
}

/** The frame around the views of the open project; the spec stays under the others, with its caret and its undo. */
export function WorkspaceFrame({ view, state }: WorkspaceFrameProps) {
  const { project } = useOpenProject()
  const isWide = useIsWide()
  const { open, sheet } = usePanelLayout()
  const [place] = useState(() => new DocumentPlace())
  const [following] = useState(() => new Following())
  usePanelKeys(isWide)
  const isSpec = view.View === null
  return (
    <div className="flex h-full flex-col" {...useFiles(isSpec)}>
      <WorkspaceHeader view={view} state={state} following={following} />
      <Part>
        <TextParts place={place} following={following} present={state.present} />
      </Part>
      <div className="flex min-h-0 flex-1">
        {isWide && isSpec && <OutlinePanel place={place} />}
        <main className="flex min-w-0 flex-1 flex-col">
          <div className={isSpec ? 'flex min-h-0 flex-1 flex-col' : 'hidden'}>
            <SpecView state={state} place={place} following={following} />
          </div>
          {view.View && (
            <Part key={view.key} loading={<LoadingView />}>
              <view.View />
            </Part>
          )}
        </main>
        {isWide && isSpec && open.right && (
          <Part>
            <RightPanelColumn place={place} />
          </Part>
        )}
      </div>
      {!isWide && (
        <Part loading={<div className="h-12 shrink-0 border-t border-line" />}>
          <BottomBar projectId={project.id} open={view} />
        </Part>
      )}
      {!isWide && sheet && (
        <Part>
          <PanelSheet place={place} />
        </Part>
      )}
    </div>
  )
}

function usePanelKeys(isWide: boolean): void {
  const group = 'Panels'
  const left = { id: 'panels.left', title: 'Show or hide the outline', group, keys: ['['], run: () => togglePanel('left', isWide) }
  const right = { id: 'panels.right', title: 'Show or hide the right panel', group, keys: [']'], run: () => togglePanel('right', isWide) }
  useCommands(rightPanels.length > 0 ? [left, right] : [left], 'panels')
}

function LoadingView() {
  return (
    <Delayed>
      <TextSkeleton />
    </Delayed>
  )
}
