// What was noticed about the spec, with its evidence, and the way to hear no more of it.

import Ban from 'lucide-react/icons/eye-off'
import type { LucideIcon } from 'lucide-react'
import GitCompare from 'lucide-react/icons/git-compare-arrows'
import Maximize from 'lucide-react/icons/maximize-2'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import Telescope from 'lucide-react/icons/telescope'
import { may } from '../../shared/domain/roles.ts'
import type { NoticeKind } from '../../shared/domain/watch.ts'
import type { QualityNotice } from '../../shared/wire/quality.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { ItemLinks } from './item-links.tsx'
import { useDismissNotice } from './quality-data.ts'

const faces: Readonly<Record<NoticeKind, { name: string; icon: LucideIcon }>> = {
  tunnel_vision: { name: 'Tunnel vision', icon: Telescope },
  scope_creep: { name: 'Scope creep', icon: Maximize },
  volatility: { name: 'Volatile', icon: RefreshCw },
  conflicts: { name: 'Conflicts pile up', icon: GitCompare },
}

/** The notices, or what was looked for when there are none. */
export function NoticeList({ notices }: { notices: readonly QualityNotice[] }) {
  const { project, role } = useOpenProject()
  const dismissing = useDismissNotice(project.id)
  if (notices.length === 0) {
    return (
      <p className="text-sm text-muted">
        Nothing to notice: the last items are spread, the scope is steady, no item keeps changing, few conflicts are open.
      </p>
    )
  }
  return (
    <div className="grid gap-3">
      <ul className="grid gap-3">
        {notices.map((notice) => (
          <li key={notice.id} className="grid animate-appear gap-1.5 rounded-lg border border-line p-3">
            <Kind kind={notice.kind} />
            <p>{notice.says}</p>
            <p className="text-sm text-muted">{notice.advice}</p>
            <ItemLinks items={notice.items} of={Math.max(notice.items.length, notice.kind === 'volatility' ? 1 : notice.evidenceCount)} />
            {may(role, 'write') && (
              <div className="flex justify-end">
                <Button
                  look="quiet"
                  disabled={dismissing.isPending}
                  onClick={() => dismissing.mutate(notice.id)}
                  aria-label={`Dismiss: ${faces[notice.kind].name}`}
                  title="Comes back only on new evidence"
                >
                  <Ban size={14} aria-hidden />
                  Dismiss
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {dismissing.error && (
        <p role="alert" className="text-sm text-danger">
          The notice was not dismissed. {dismissing.error.message}
        </p>
      )}
    </div>
  )
}

function Kind({ kind }: { kind: NoticeKind }) {
  const { name, icon: Icon } = faces[kind]
  return (
    <p className="flex items-center gap-2 text-sm font-medium text-warning">
      <Icon size={14} aria-hidden />
      {name}
    </p>
  )
}
