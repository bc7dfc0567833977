// The conflicts of one status one under the other; among the open ones, what came of one's own decisions that were not carried out.

import { useState } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import { useOpenProject } from '../session/open-project.ts'
import { ConflictCard } from './conflict-card.tsx'
import { RefusalNotice } from './refusal-notice.tsx'
import { forgetRefusal, useRefusals } from './refusals.ts'

/** One of them is looked at more closely at a time. */
export function ConflictList({ conflicts, empty, withRefusals }: { conflicts: readonly Conflict[]; empty: string; withRefusals: boolean }) {
  const { role } = useOpenProject()
  const [openId, setOpenId] = useState<string | null>(null)
  const refusals = useRefusals()
  const over = withRefusals ? refusals.filter(({ conflict }) => !conflicts.some(({ id }) => id === conflict.id)) : []
  return (
    <>
      {over.map((refusal) => (
        <div key={refusal.conflict.id} className="border-b border-line px-4 py-3">
          <RefusalNotice refusal={refusal} now={undefined} onSeen={() => forgetRefusal(refusal.conflict.id)} />
        </div>
      ))}
      {conflicts.length === 0 ? (
        <p className="px-4 py-4 text-muted">{empty}</p>
      ) : (
        <ul>
          {conflicts.map((conflict) => (
            <ConflictCard
              key={conflict.id}
              conflict={conflict}
              isOpen={conflict.id === openId}
              canWrite={may(role, 'write')}
              onToggle={() => setOpenId(conflict.id === openId ? null : conflict.id)}
            />
          ))}
        </ul>
      )}
    </>
  )
}
