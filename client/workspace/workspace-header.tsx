// The 48 pixels over the views: the project's name, the views, whether it is saved, who is here, sharing, the account.

import UserPlus from 'lucide-react/icons/user-plus'
import Users from 'lucide-react/icons/users'
import { lazy, useState } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import type { Following } from '../editor/following.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { useOpenProject } from '../session/open-project.ts'
import { usePerson } from '../session/session.ts'
import { afterText } from '../ui/after-text.ts'
import { Button } from '../ui/button.tsx'
import { FailedPart } from '../ui/failed-part.tsx'
import { useIsWide } from '../ui/media.ts'
import { useOnDemand } from '../ui/on-demand.ts'
import { Part } from '../ui/part.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { PanelToggle } from './panel-toggle.tsx'
import { ProjectMenu } from './project-menu.tsx'
import { SaveState } from './save-state.tsx'
import { ViewTabs } from './view-tabs.tsx'
import type { WorkspaceView } from './views.ts'

const People = lazy(async () => ({ default: (await afterText(() => import('./people.tsx'))).People }))
const HeaderFacts = lazy(async () => ({ default: (await afterText(() => import('./header-facts.tsx'))).HeaderFacts }))
const loadMembersDialog = () => import('../members/members-dialog.tsx')

interface WorkspaceHeaderProps {
  view: WorkspaceView
  state: ProviderState
  following: Following
}

/** The header of an open project; who may invite shares by it, everyone else sees who is in the project. */
export function WorkspaceHeader({ view, state, following }: WorkspaceHeaderProps) {
  const { project, provider, role } = useOpenProject()
  const person = usePerson()
  const isWide = useIsWide()
  const [isSharing, setSharing] = useState(false)
  const { part, ask } = useOnDemand(loadMembersDialog)
  const share = () => {
    ask()
    setSharing(true)
  }
  // An archived project is nobody's to write in, but its owners still say who may read it.
  const peopleRole = project.archivedAt === null ? role : project.role
  const [shareLabel, ShareIcon] = may(peopleRole, 'invite') ? (['Share', UserPlus] as const) : (['People', Users] as const)
  const actions = (
    <>
      <SaveState provider={provider} state={state} />
      <Part>
        <People present={state.present} ownUserId={person.userId} following={following} />
      </Part>
      <Button onClick={share} aria-label={shareLabel} className="max-sm:w-8 max-sm:px-0">
        <ShareIcon size={16} aria-hidden />
        <span className="max-sm:hidden">{shareLabel}</span>
      </Button>
      {view.View === null && <PanelToggle side="right" />}
      <AccountMenu />
      {part.state === 'ready' && (
        <part.module.MembersDialog
          projectId={project.id}
          ownUserId={person.userId}
          role={peopleRole}
          isOpen={isSharing}
          onOpenChange={setSharing}
        />
      )}
      {part.state === 'failed' && <FailedPart />}
    </>
  )
  return (
    <TopBar actions={actions}>
      {isWide && view.View === null && <PanelToggle side="left" />}
      <ProjectMenu />
      <Part>
        <HeaderFacts />
      </Part>
      {isWide && <ViewTabs projectId={project.id} open={view} />}
    </TopBar>
  )
}
