// The 48 pixels over the document: its name, whether it is saved, who is here, sharing, the account.

import UserPlus from 'lucide-react/icons/user-plus'
import { lazy, Suspense, useState } from 'react'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import type { Provider } from '../collab/provider.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { usePerson } from '../session/session.ts'
import { Button } from '../ui/button.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { People } from './people.tsx'
import { SaveState } from './save-state.tsx'

const loadShareDialog = () => import('../members/share-dialog.tsx')
const ShareDialog = lazy(async () => ({ default: (await loadShareDialog()).ShareDialog }))

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
  const actions = (
    <>
      <People present={state.present} ownUserId={person.userId} />
      {may(role, 'invite') && (
        <Button onClick={() => setSharing(true)} onPointerEnter={() => void loadShareDialog()} aria-label="Share">
          <UserPlus size={16} aria-hidden />
          <span className="max-sm:hidden">Share</span>
        </Button>
      )}
      <AccountMenu />
      {isSharing && (
        <Suspense>
          <ShareDialog projectId={project.id} isOpen onOpenChange={setSharing} />
        </Suspense>
      )}
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
