// From one phase to another: through open gates, or past closed ones for an owner's written reason.

import { isBefore, type Phase } from '../../shared/domain/phases.ts'
import { unmetBetween } from '../../shared/domain/gates.ts'
import { comparePaths, type Goal } from '../../shared/domain/paths.ts'
import { AppError } from '../../shared/errors.ts'
import type { UserId } from '../../shared/ids.ts'
import type { QualityReport } from '../../shared/wire/quality.ts'
import type { Audit } from '../audit/audit.ts'
import type { QualityStore } from '../store/quality-store.ts'
import type { Qualities } from './quality.ts'

export interface PhaseChangesOptions {
  store: QualityStore
  qualities: Qualities
  audit: Audit
}

export interface WantedPhase {
  to: Phase
  byId: UserId
  /** Why a closed gate is passed; the caller has checked that it is an owner who says so. */
  reason: string | null
}

/** Callers have checked the right. */
export class PhaseChanges {
  readonly #options: PhaseChangesOptions

  constructor(options: PhaseChangesOptions) {
    this.#options = options
  }

  /**
   * Goes to a phase, for everyone; to the one it is in already, it does nothing. Errors: gate_closed with each unmet condition and the
   * ways on, phase_changed when somebody else changed it at the same time, not_found, store_unavailable, overloaded.
   */
  async change(projectId: string, { to, byId, reason }: WantedPhase): Promise<QualityReport> {
    const { qualities, store, audit } = this.#options
    const { quality, pathFacts, tables, lastNumber } = await qualities.assess(projectId)
    const from = quality.phase
    if (from === to) return qualities.of(projectId)
    const unmet = unmetBetween(from, to, quality.gates)
    if (unmet.length > 0 && reason === null) {
      const goal: Goal = to === 'discovery' ? { kind: 'advance' } : { kind: 'advance', to }
      throw new AppError('gate_closed', { details: { conditions: unmet, paths: comparePaths(goal, pathFacts, tables) } })
    }
    // An open gate needs no reason, so none is kept.
    const overrideReason = unmet.length > 0 ? reason : null
    const change = {
      projectId,
      from,
      to,
      byId,
      overrideReason,
      unmet: unmet.map(({ says }) => says),
      lastNumber: isBefore('discovery', to) ? lastNumber : null,
    }
    if (!(await store.changePhase(change))) throw new AppError('phase_changed')
    await audit.record({
      kind: 'project.phase_changed',
      actorId: byId,
      projectId,
      details: { before: from, phase: to, reason: overrideReason },
    })
    await qualities.announce(projectId)
    return qualities.of(projectId)
  }
}
