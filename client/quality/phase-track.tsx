// The four phases in a row, with the gates between them: where the project stands, and which gates are open.

import Check from 'lucide-react/icons/check'
import Lock from 'lucide-react/icons/lock'
import LockOpen from 'lucide-react/icons/lock-open'
import { isBefore, nextPhase, phases, type Phase } from '../../shared/domain/phases.ts'
import type { Quality } from '../../shared/wire/quality.ts'
import { phaseNames } from './words.ts'

/** A list in order; the phase one is in is its current step. */
export function PhaseTrack({ phase, gates }: { phase: Phase; gates: Quality['gates'] }) {
  return (
    <ol aria-label="Phases" className="flex items-center">
      {phases.map((step) => {
        const gate = gates.find((one) => one.phase === step)
        const isPast = isBefore(step, phase)
        return (
          <li
            key={step}
            aria-current={step === phase ? 'step' : undefined}
            // On a narrow screen there is room for where one is and what comes next.
            className={`flex items-center ${gate ? 'flex-1' : ''} ${step === phase ? 'max-sm:flex-none' : step === nextPhase(phase) ? '' : 'max-sm:hidden'}`}
          >
            {gate && (
              <span className={`flex min-w-0 flex-1 ${step === phase ? 'max-sm:hidden' : ''}`}>
                <GateMark isGreen={gate.isGreen} isPassed={!isBefore(phase, step)} />
              </span>
            )}
            <span
              className={`flex items-center gap-1.5 rounded-full border px-2.5 py-1 text-sm max-sm:px-2 ${
                step === phase
                  ? 'border-accent bg-accent-soft font-medium text-accent'
                  : isPast
                    ? 'border-transparent text-text'
                    : 'border-line text-muted'
              }`}
            >
              {isPast && <Check size={14} role="img" aria-label="Done:" className="text-success" />}
              {phaseNames[step]}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function GateMark({ isGreen, isPassed }: { isGreen: boolean; isPassed: boolean }) {
  // One that was passed holds nobody back any more.
  const Icon = isGreen || isPassed ? LockOpen : Lock
  const label = isPassed
    ? isGreen
      ? 'Gate passed:'
      : 'Gate passed, its conditions are not met now:'
    : isGreen
      ? 'Gate open:'
      : 'Gate closed:'
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1 px-1">
      <span aria-hidden className={`h-px min-w-1 flex-1 ${isPassed ? 'bg-line-strong' : 'bg-line'}`} />
      <Icon size={13} role="img" aria-label={label} className={`shrink-0 ${isGreen ? 'text-success' : 'text-muted'}`} />
      <span aria-hidden className={`h-px min-w-1 flex-1 ${isPassed ? 'bg-line-strong' : 'bg-line'}`} />
    </span>
  )
}
