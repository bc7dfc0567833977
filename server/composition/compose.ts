// Puts the server together: every part made once, given what it needs, and listed in the order in which it starts.

import { loadAuthSecret } from '../auth/auth-secret.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Service, ServiceGroup } from '../base/service.ts'
import { ensureClientBuilt } from '../http/client-build.ts'
import { AppEvents } from '../projects/app-events.ts'
import { RedisBus } from '../redis/redis-bus.ts'
import { createAppEventsStore, eventsChannel } from '../store/app-events-store.ts'
import { Notifications } from '../store/notifications.ts'
import { makeConflictParts } from './conflict-parts.ts'
import { makeDocumentParts } from './document-parts.ts'
import { makeDoors } from './doors.ts'
import { layFoundation, type Foundation } from './foundation.ts'
import { makeInterviewParts } from './interview-parts.ts'
import { makeItemParts } from './item-parts.ts'
import { makeModelParts } from './model-parts.ts'
import { makePeopleParts } from './people-parts.ts'
import { makeQualityParts } from './quality-parts.ts'
import { makeVersionParts } from './version-parts.ts'

export interface Composition {
  /** In the order of starting; stopped in reverse, so that doors close first and the database last. */
  services: Service[]
  /** Where people find it; known once the HTTP door has started. */
  publicUrl: () => string
}

/** Makes all parts. The embedded PostgreSQL is started in `group` and migrated on the way, since everything else needs its address. */
export async function compose(config: Config, log: Log, group: ServiceGroup): Promise<Composition> {
  const staticDir = await ensureClientBuilt({ log })
  const foundation = await layFoundation(config, log, group)
  const secret = await loadAuthSecret(config.DATA_DIR, config.AUTH_SECRET)
  const publicUrl = () => doors.door.publicUrl
  const people = makePeopleParts(foundation, { secret, publicUrl })
  const bus = makeBus(foundation)
  const documents = makeDocumentParts(foundation, bus)
  const items = makeItemParts(foundation, documents, bus)
  const versions = makeVersionParts(foundation, documents, people.audit)
  const appEvents = new AppEvents({
    store: createAppEventsStore(foundation.database),
    bus,
    notifications: bus && new Notifications({ url: foundation.databaseUrl, channel: eventsChannel, log }),
    log,
  })
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
    bus,
    models,
  })
  const doors = makeDoors({
    foundation,
    people,
    documents,
    items,
    conflicts,
    versions,
    quality,
    interview,
    models,
    appEvents,
    bus,
    publicUrl,
    staticDir,
  })
  return {
    services: [
      { name: 'database', stop: () => foundation.database.close() },
      models.usage,
      people.auth,
      people.audit,
      people.lastUsed,
      people.mailer,
      people.passwordResets,
      people.rightsWatch,
      ...(bus ? [bus] : []),
      appEvents,
      documents.updateLog,
      documents.snapshots,
      versions.automaticVersions,
      ...(documents.relay ? [documents.relay] : []),
      documents.registry,
      items.specItems,
      conflicts.liveConflicts,
      quality.qualities,
      interview.interviewRuns,
      versions.textWorkers,
      ...doors.services,
    ],
    publicUrl,
  }
}

/** How this node talks to the others; without REDIS_URL there are none. */
function makeBus({ config, log, metrics }: Foundation): RedisBus | undefined {
  return config.REDIS_URL === undefined ? undefined : new RedisBus({ url: config.REDIS_URL, log, metrics })
}
