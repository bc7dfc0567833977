// The 48 pixels over the document: its name, whether it is saved, who is here, sharing, the account.

import UserPlus from 'lucide-react/icons/user-plus'
import { useState } from 'react'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import type { Provider } from '../collab/provider.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { usePerson } from '../session/session.ts'
import { Button } from '../ui/button.tsx'
import { FailedPart } from '../ui/failed-part.tsx'
import { useOnDemand } from '../ui/on-demand.ts'
import { TopBar } from '../ui/top-bar.tsx'
import { People } from './people.tsx'
import { SaveState } from './save-state.tsx'

const loadShareDialog = () => import('../members/share-dialog.tsx')

interface WorkspaceHeaderProps {
  project: Project
  role: Role
  provider: Provider
  state: ProviderState
}

/** The header of an open project; Share is there for those who may invite. */
export function WorkspaceHeader({ project, role, provider, state }: WorkspaceHeaderProps) {
  const person = usePerson()
  const [isSharing, setSharing] = useState(false)
  const { part, ask } = useOnDemand(loadShareDialog)
  const share = () => {
    ask()
    setSharing(true)
  }
  const actions = (
    <>
      <People present={state.present} ownUserId={person.userId} />
      {may(role, 'invite') && (
        <Button onClick={share} aria-label="Share">
          <UserPlus size={16} aria-hidden />
          <span className="max-sm:hidden">Share</span>
        </Button>
      )}
      <AccountMenu />
      {part.state === 'ready' && <part.module.ShareDialog projectId={project.id} isOpen={isSharing} onOpenChange={setSharing} />}
      {part.state === 'failed' && <FailedPart />}
    </>
  )
  return (
    <TopBar actions={actions}>
      <h1 className="min-w-0 truncate font-semibold" title={project.name}>
        {project.name}
      </h1>
      <SaveState provider={provider} state={state} />
    </TopBar>
  )
}
