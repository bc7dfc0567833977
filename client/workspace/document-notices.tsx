// What has to be said about the open document: why it cannot be changed, why an edit was not taken.

import Lock from 'lucide-react/icons/lock'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type * as Y from 'yjs'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { ProviderState } from '../collab/provider-state.ts'
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
  read_only: 'Your role changed while you were writing: your last edits were not saved. Copy them before you leave.',
}

/** One strip at most: a refused edit goes before the role. */
export function DocumentNotices({ role, state, text }: DocumentNoticesProps) {
  const { refusal } = state
  if (refusal && !refusal.retryable) {
    return (
      <div role="alert">
        <Notice
          tone="danger"
          icon={<TriangleAlert size={16} aria-hidden />}
          actions={<CopyButton label="Copy the whole text" text={() => text.toString()} />}
        >
          {refusals[refusal.code] ?? `Your last edits were not saved: ${refusal.message}`}
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
  if (!may(role, 'write')) {
    const owners = state.members.filter((member) => member.role === 'owner').map((member) => member.name)
    return (
      <Notice tone="information" icon={<Lock size={16} aria-hidden className="text-accent" />}>
        You can read this spec, not change it: you are a {role} here.{owners.length > 0 && ` To write, ask ${owners.join(' or ')}.`}
      </Notice>
    )
  }
  return null
}
