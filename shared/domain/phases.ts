// The phases a project goes through, in order.

export const phases = ['discovery', 'analysis', 'design', 'implementation'] as const

export type Phase = (typeof phases)[number]

/** A phase that is entered through a gate: every one but the first. */
export type GatedPhase = Exclude<Phase, 'discovery'>

/** The phases that have a gate, in order. */
export const gatedPhases = ['analysis', 'design', 'implementation'] as const satisfies readonly GatedPhase[]

/** The phase behind `phase`; null behind the last. */
export const nextPhase = (phase: Phase): GatedPhase | null => gatedPhases[phases.indexOf(phase)] ?? null

/** The phase before `phase`; null before the first. */
export const previousPhase = (phase: Phase): Phase | null => phases[phases.indexOf(phase) - 1] ?? null

/** Whether `a` comes before `b`. */
export const isBefore = (a: Phase, b: Phase): boolean => phases.indexOf(a) < phases.indexOf(b)

/** The phases whose gates lie between `from` and `to`, the last one `to` itself; none when it leads back. */
export const gatesBetween = (from: Phase, to: Phase): GatedPhase[] =>
  gatedPhases.filter((phase) => isBefore(from, phase) && !isBefore(to, phase))
