// The 48 pixels over the views: the project's name, the views, whether it is saved, who is here, sharing, the account.

import UserPlus from 'lucide-react/icons/user-plus'
import { useState } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import type { Following } from '../editor/following.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { useOpenProject } from '../session/open-project.ts'
import { usePerson } from '../session/session.ts'
import { Button } from '../ui/button.tsx'
import { FailedPart } from '../ui/failed-part.tsx'
import { useIsWide } from '../ui/media.ts'
import { useOnDemand } from '../ui/on-demand.ts'
import { TopBar } from '../ui/top-bar.tsx'
import { PanelToggle } from './panel-toggle.tsx'
import { People } from './people.tsx'
import { ProjectMenu } from './project-menu.tsx'
import { SaveState } from './save-state.tsx'
import { ViewTabs } from './view-tabs.tsx'
import type { WorkspaceView } from './views.ts'

const loadShareDialog = () => import('../members/share-dialog.tsx')

interface WorkspaceHeaderProps {
  view: WorkspaceView
  state: ProviderState
  following: Following
}

/** The header of an open project; Share is there for those who may invite. */
export function WorkspaceHeader({ view, state, following }: WorkspaceHeaderProps) {
  const { project, provider, role } = useOpenProject()
  const person = usePerson()
  const isWide = useIsWide()
  const [isSharing, setSharing] = useState(false)
  const { part, ask } = useOnDemand(loadShareDialog)
  const share = () => {
    ask()
    setSharing(true)
  }
  const actions = (
    <>
      <SaveState provider={provider} state={state} />
      <People present={state.present} ownUserId={person.userId} following={following} />
      {may(role, 'invite') && (
        <Button onClick={share} aria-label="Share">
          <UserPlus size={16} aria-hidden />
          <span className="max-sm:hidden">Share</span>
        </Button>
      )}
      <PanelToggle side="right" />
      <AccountMenu />
      {part.state === 'ready' && <part.module.ShareDialog projectId={project.id} isOpen={isSharing} onOpenChange={setSharing} />}
      {part.state === 'failed' && <FailedPart />}
    </>
  )
  return (
    <TopBar actions={actions}>
      {isWide && view.View === null && <PanelToggle side="left" />}
      <ProjectMenu />
      {isWide && <ViewTabs projectId={project.id} open={view} />}
    </TopBar>
  )
}
