// The gate ahead: each condition with how far one is, and the way through.

import Check from 'lucide-react/icons/check'
import Circle from 'lucide-react/icons/circle'
import { useState } from 'react'
import { nextPhase, previousPhase, type Phase } from '../../shared/domain/phases.ts'
import { may, type Role } from '../../shared/domain/roles.ts'
import type { Quality } from '../../shared/wire/quality.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { OverrideDialog } from './override-dialog.tsx'
import { useChangePhase } from './quality-data.ts'
import { phaseNames } from './words.ts'

type Condition = Quality['gates'][number]['conditions'][number]

/** The gate of the next phase, or that there is none; and the way back. */
export function GateCard({ quality }: { quality: Quality }) {
  const { project, role } = useOpenProject()
  const changing = useChangePhase(project.id)
  const [isOverriding, setOverriding] = useState(false)
  const to = nextPhase(quality.phase)
  const back = previousPhase(quality.phase)
  const gate = quality.gates.find(({ phase }) => phase === to)
  const unmet = gate?.conditions.filter(({ isMet }) => !isMet) ?? []
  const goTo = (phase: Phase) =>
    changing.mutate({ to: phase }, { onSuccess: () => tellSuccess(`The project is in the phase ${phaseNames[phase]} now.`) })
  return (
    <div className="grid gap-3">
      {gate ? (
        <ul className="grid gap-2.5">
          {gate.conditions.map((condition) => (
            <ConditionRow key={`${condition.kind} ${condition.category}`} condition={condition} />
          ))}
        </ul>
      ) : (
        <p className="text-muted">There is no gate ahead.</p>
      )}
      {changing.error && (
        <p role="alert" className="text-sm text-danger">
          The phase was not changed. {changing.error.message}
        </p>
      )}
      {gate && <WhoMay isGreen={gate.isGreen} role={role} />}
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {to !== null && gate?.isGreen === true && may(role, 'write') && (
          <Button look="primary" onClick={() => goTo(to)} disabled={changing.isPending}>
            {changing.isPending ? 'Going on…' : `Go on to ${phaseNames[to]}`}
          </Button>
        )}
        {gate?.isGreen === false && may(role, 'administer') && (
          <Button onClick={() => setOverriding(true)}>Pass the gate with a reason…</Button>
        )}
        {back !== null && may(role, 'write') && (
          <Button look="quiet" onClick={() => goTo(back)} disabled={changing.isPending}>
            Back to {phaseNames[back]}
          </Button>
        )}
      </div>
      {to !== null && isOverriding && <OverrideDialog to={to} unmet={unmet.map(({ says }) => says)} onClose={() => setOverriding(false)} />}
    </div>
  )
}

/** Says who can go on, to those who cannot. */
function WhoMay({ isGreen, role }: { isGreen: boolean; role: Role }) {
  if (may(role, isGreen ? 'write' : 'administer')) return null
  return (
    <p className="text-sm text-muted">
      {isGreen ? 'Who may write in the document can go on.' : 'An owner can pass a closed gate for a written reason.'}
    </p>
  )
}

function ConditionRow({ condition: { kind, isMet, says, how, actual, needed } }: { condition: Condition }) {
  const share = kind === 'conflicts' ? null : Math.min(100, actual)
  return (
    <li className="grid grid-cols-[16px_1fr] gap-x-2.5">
      {isMet ? (
        <Check size={16} role="img" aria-label="Met:" className="mt-0.5 text-success" />
      ) : (
        <Circle size={16} role="img" aria-label="Not met:" className="mt-0.5 text-line-strong" />
      )}
      <div className="grid gap-1">
        <p className="flex justify-between gap-3">
          <span>{says}</span>
          <span className="text-muted tabular-nums">{kind === 'conflicts' ? `${actual} open` : `${Math.floor(actual)} %`}</span>
        </p>
        {share !== null && (
          <span aria-hidden className="relative block h-1.5 rounded-full bg-hover">
            <span className={`block h-full rounded-full ${isMet ? 'bg-success' : 'bg-accent'}`} style={{ width: `${share}%` }} />
            <span className="absolute -top-0.5 h-2.5 w-0.5 bg-text" style={{ left: `calc(${needed}% - 1px)` }} />
          </span>
        )}
        {how !== '' && <p className="text-sm text-muted">{how}</p>}
      </div>
    </li>
  )
}
