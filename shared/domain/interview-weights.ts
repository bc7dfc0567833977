// What the interview asks about first: how much each category weighs in each phase, and what a person's roles and skips add.

import type { CategoryKey } from './categories.ts'
import type { Phase } from './phases.ts'

type Weights = Readonly<Partial<Record<CategoryKey, number>>>

/** What is not named weighs 1. */
const weights: Readonly<Record<Phase, Weights>> = {
  // What it is for, for whom and within what bounds, before how it is made.
  discovery: {
    goals: 1.7,
    users: 1.6,
    requirements: 1.5,
    out_of_scope: 1.1,
    constraints: 1.1,
    timeline: 1.1,
    tech_stack: 0.8,
    deployment: 0.6,
    team: 0.8,
    budget: 0.9,
  },
  // What it does and must bear.
  analysis: { requirements: 1.5, security: 1.3, performance: 1.2, scalability: 1.2, data_retention: 1.2, users: 1.1, deployment: 0.7 },
  // How it is made: the gate ahead asks for these.
  design: { tech_stack: 1.5, security: 1.5, testing: 1.5, scalability: 1.2, disaster_recovery: 1.2 },
  implementation: { testing: 1.4, monitoring: 1.4, deployment: 1.4, disaster_recovery: 1.3 },
}

/** What the interview weighs by. */
export const interviewTable = {
  /** For categories without a target: after so many items nothing more is needed of them. */
  enoughItems: 3,
  /** A question that was asked counts as so many items of its category, if there are not more, whatever came of it. */
  perAsked: 1,
  /** A role that the person wants to be asked in, and every other one then. */
  wantedRole: 1.4,
  otherRole: 0.8,
  /** A person who has passed over so many questions of a category is asked about another. */
  skipsMax: 2,
} as const

/** How much a category counts in a phase. */
export const weightOf = (category: CategoryKey, phase: Phase): number => weights[phase][category] ?? 1
