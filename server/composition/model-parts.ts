// Models: those that are configured, and what they take.

import { Models } from '../llm/models.ts'
import { UsageLog } from '../llm/usage-log.ts'
import { createModelRunsStore } from '../store/model-runs-store.ts'
import type { Foundation } from './foundation.ts'

/** Makes them; `usage` is a service, to be stopped after those that ask the models. */
export function makeModelParts({ config, log, metrics, database }: Foundation) {
  const usage = new UsageLog({ sink: createModelRunsStore(database), log })
  return { usage, models: new Models({ config, usage, metrics, log }) }
}
