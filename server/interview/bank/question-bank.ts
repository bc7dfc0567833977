// The built-in interviewer's questions: all of them, those of a category in the order in which they are best asked.

import type { BankQuestion } from './bank-question.ts'
import { budgetQuestions } from './budget.ts'
import { constraintsQuestions } from './constraints.ts'
import { dataRetentionQuestions } from './data-retention.ts'
import { deploymentQuestions } from './deployment.ts'
import { disasterRecoveryQuestions } from './disaster-recovery.ts'
import { goalsQuestions } from './goals.ts'
import { monitoringQuestions } from './monitoring.ts'
import { outOfScopeQuestions } from './out-of-scope.ts'
import { performanceQuestions } from './performance.ts'
import { requirementsRulesQuestions } from './requirements-rules.ts'
import { requirementsTasksQuestions } from './requirements-tasks.ts'
import { scalabilityQuestions } from './scalability.ts'
import { securityQuestions } from './security.ts'
import { teamQuestions } from './team.ts'
import { techStackQuestions } from './tech-stack.ts'
import { testingQuestions } from './testing.ts'
import { timelineQuestions } from './timeline.ts'
import { usersQuestions } from './users.ts'

/** Every question there is. */
export const questionBank: readonly BankQuestion[] = [
  ...goalsQuestions,
  ...requirementsTasksQuestions,
  ...requirementsRulesQuestions,
  ...techStackQuestions,
  ...scalabilityQuestions,
  ...securityQuestions,
  ...performanceQuestions,
  ...testingQuestions,
  ...monitoringQuestions,
  ...dataRetentionQuestions,
  ...disasterRecoveryQuestions,
  ...usersQuestions,
  ...timelineQuestions,
  ...budgetQuestions,
  ...teamQuestions,
  ...constraintsQuestions,
  ...deploymentQuestions,
  ...outOfScopeQuestions,
]

const byId = new Map(questionBank.map((each) => [each.id, each]))

/** The question of that id; undefined of one that is no longer in the bank. */
export const bankQuestion = (id: string | null): BankQuestion | undefined => (id === null ? undefined : byId.get(id))
