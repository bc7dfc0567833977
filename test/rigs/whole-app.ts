// The whole HTTP application as the server composes it, documents included, over a fresh database and without a port.

import { parseConfig } from '../../server/base/config.ts'
import { createLog } from '../../server/base/log.ts'
import { RateLimits } from '../../server/base/rate-limits.ts'
import { createMetrics } from '../../server/base/metrics.ts'
import { makeConflictParts } from '../../server/composition/conflict-parts.ts'
import { makeDocumentParts } from '../../server/composition/document-parts.ts'
import { makeDoors } from '../../server/composition/doors.ts'
import { openDatabase } from '../../server/composition/foundation.ts'
import { makeInterviewParts } from '../../server/composition/interview-parts.ts'
import { makeItemParts } from '../../server/composition/item-parts.ts'
import { makeModelParts } from '../../server/composition/model-parts.ts'
import { makePeopleParts } from '../../server/composition/people-parts.ts'
import { makeQualityParts } from '../../server/composition/quality-parts.ts'
import { makeVersionParts } from '../../server/composition/version-parts.ts'
import { AppEvents } from '../../server/projects/app-events.ts'
import { createAppEventsStore } from '../../server/store/app-events-store.ts'
import { collector, publicUrl, requestTo, signUp } from './http-app.ts'
import { freshDatabase } from './private-postgres.ts'

export type WholeApp = Awaited<ReturnType<typeof startWholeApp>>

export interface WholeAppOptions {
  environment?: Record<string, string>
  /** A migrated database of the test's own, which stays. */
  databaseUrl?: string
}

/** Makes it; `close` leaves nothing behind. */
export async function startWholeApp({ environment = {}, databaseUrl }: WholeAppOptions = {}) {
  const fresh = databaseUrl === undefined ? await freshDatabase() : { url: databaseUrl, drop: async () => undefined }
  const parsed = parseConfig({ LOG_LEVEL: 'info', DATABASE_POOL_SIZE: '4', PUBLIC_URL: publicUrl, ...environment })
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
  const { config } = parsed
  const logged: Record<string, unknown>[] = []
  const base = { config, log: createLog(config.LOG_LEVEL, collector(logged)), metrics: createMetrics(), rateLimits: new RateLimits() }
  const foundation = { ...base, database: openDatabase(fresh.url, base), databaseUrl: fresh.url }
  const address = () => publicUrl
  const people = makePeopleParts(foundation, { secret: 'a secret of tests, which is long enough', publicUrl: address })
  const documents = makeDocumentParts(foundation, undefined)
  const items = makeItemParts(foundation, documents, undefined)
  const versions = makeVersionParts(foundation, documents, people.audit)
  const appEvents = new AppEvents({ store: createAppEventsStore(foundation.database), log: base.log })
  const models = makeModelParts(foundation, people.audit)
  const conflicts = makeConflictParts(foundation, { documents, items, appEvents, models })
  const quality = makeQualityParts(foundation, {
    items: items.specItems,
    conflicts: conflicts.liveConflicts,
    appEvents,
    audit: people.audit,
  })
  const interview = makeInterviewParts(foundation, {
    items: items.specItems,
    conflicts: conflicts.liveConflicts,
    qualities: quality.qualities,
    appEvents,
    bus: undefined,
    models,
  })
  const { app } = makeDoors({
    foundation,
    people,
    documents,
    items,
    conflicts,
    versions,
    quality,
    models,
    interview,
    appEvents,
    publicUrl: address,
    staticDir: null,
  })
  const request = requestTo(app, address)
  const services = [
    documents.updateLog,
    documents.snapshots,
    documents.registry,
    items.specItems,
    conflicts.liveConflicts,
    quality.qualities,
    interview.interviewRuns,
    versions.textWorkers,
  ]
  return {
    app,
    config,
    /** Lines of the log so far, parsed. */
    logged,
    database: foundation.database,
    appEvents,
    /** Folds the log of a document now. */
    compact: (projectId: string) => documents.snapshots.compact(projectId),
    request,
    signUp: (name: string) => signUp(request, name),
    async close() {
      for (const service of services.toReversed()) await service.stop()
      await people.auth.stop()
      await foundation.database.close()
      await fresh.drop()
    },
  }
}
