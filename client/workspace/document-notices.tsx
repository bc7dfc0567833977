// What has to be said about the open document: why it cannot be changed, why an edit was not taken.

import Archive from 'lucide-react/icons/archive'
import Lock from 'lucide-react/icons/lock'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type * as Y from 'yjs'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { ProviderState } from '../collab/provider-state.ts'
import { useChangeProject } from '../projects/projects.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'

interface DocumentNoticesProps {
  role: Role
  state: ProviderState
  text: Y.Text
}

const refusals: Record<string, string> = {
  document_full: 'The document is full: your last edits are in this browser only. Remove something, and they are saved with it.',
  too_large: 'Your last edit is too large for the server: it is in this browser only. Undo it, or take it out in parts.',
  project_archived: 'The project was archived while you were writing: your last edits were not saved. Copy them before you leave.',
  read_only: 'Your role changed while you were writing: your last edits were not saved. Copy them before you leave.',
}

/** One strip at most: a refused edit goes before the role. */
export function DocumentNotices({ role, state, text }: DocumentNoticesProps) {
  const { project } = useOpenProject()
  const { refusal } = state
  const isArchived = project.archivedAt !== null
  if (refusal && !refusal.retryable) {
    return (
      <div role="alert">
        <Notice
          tone="danger"
          icon={<TriangleAlert size={16} aria-hidden />}
          actions={<CopyButton label="Copy the whole text" text={() => text.toString()} />}
        >
          {refusals[isArchived && refusal.code === 'read_only' ? 'project_archived' : refusal.code] ??
            `Your last edits were not saved: ${refusal.message}`}
        </Notice>
      </div>
    )
  }
  if (refusal?.retryable) {
    return (
      <div role="status">
        <Notice tone="warning" icon={<TriangleAlert size={16} aria-hidden />}>
          The server cannot save at the moment and keeps trying by itself. Go on writing;{' '}
          {state.isKept ? 'your edits are kept in this browser.' : 'keep this tab open.'}
        </Notice>
      </div>
    )
  }
  if (isArchived) return <ArchivedNotice project={project} state={state} />
  if (!may(role, 'write')) {
    const owners = ownersOf(state)
    return (
      <Notice tone="information" icon={<Lock size={16} aria-hidden className="text-accent" />}>
        You can read this spec, not change it: you are a {role} here.{owners !== '' && ` To write, ask ${owners}.`}
      </Notice>
    )
  }
  return null
}

/** Who can bring the project back sees how; everyone else, whom to ask. */
function ArchivedNotice({ project, state }: { project: Project; state: ProviderState }) {
  const change = useChangeProject(project.id)
  const owners = ownersOf(state)
  const isOwner = may(project.role, 'administer')
  const bringBack = (
    <Button disabled={change.isPending} onClick={() => change.mutate({ archived: false })}>
      {change.isPending ? 'Bringing it back…' : 'Bring it back'}
    </Button>
  )
  return (
    <div role="status">
      <Notice tone="information" icon={<Archive size={16} aria-hidden className="text-accent" />} actions={isOwner && bringBack}>
        This project is archived: it can be read, not changed.
        {!isOwner && owners !== '' && ` To write in it again, ask ${owners} to bring it back.`}
        {change.error && ` It is still archived. ${change.error.message}`}
      </Notice>
    </div>
  )
}

function ownersOf({ members }: ProviderState): string {
  return members
    .filter((member) => member.role === 'owner')
    .map((member) => member.name)
    .join(' or ')
}
