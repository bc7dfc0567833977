// Models: those that are configured, which one works for a project, and what they take.

import { Models } from '../llm/models.ts'
import { UsageLog } from '../llm/usage-log.ts'
import { ProjectModels } from '../projects/project-models.ts'
import { createModelRunsStore } from '../store/model-runs-store.ts'
import { createProjectModelsStore } from '../store/project-models-store.ts'
import type { Audit } from '../audit/audit.ts'
import type { Foundation } from './foundation.ts'

export type ModelParts = ReturnType<typeof makeModelParts>

/** Makes them; `usage` is a service, to be stopped after those that ask the models. */
export function makeModelParts({ config, log, metrics, database }: Foundation, audit: Audit) {
  const usage = new UsageLog({ sink: createModelRunsStore(database), log })
  const models = new Models({ config, usage, metrics, log })
  return { usage, models, projectModels: new ProjectModels({ models, store: createProjectModelsStore(database), audit }) }
}
