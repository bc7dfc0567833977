// The doors: HTTP with the page, Socket.IO and `/yjs`, on one port.

import type { Server as HttpServer } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Activities } from '../audit/activities.ts'
import type { Asker } from '../auth/asker.ts'
import type { Bus } from '../base/bus.ts'
import type { AppDeps } from '../http/app-env.ts'
import { activityRoutes } from '../http/activity-routes.ts'
import { createApp } from '../http/app.ts'
import { blameRoutes } from '../http/blame-routes.ts'
import { conflictRoutes } from '../http/conflict-routes.ts'
import { eventRoutes } from '../http/event-routes.ts'
import { interviewRoutes } from '../http/interview-routes.ts'
import { modelRoutes } from '../http/model-routes.ts'
import { itemRoutes } from '../http/item-routes.ts'
import { HttpDoor, serverOptions } from '../http/http-door.ts'
import { learningRoutes } from '../http/learning-routes.ts'
import { proposalRoutes } from '../http/proposal-routes.ts'
import { qualityRoutes } from '../http/quality-routes.ts'
import { specRoutes } from '../http/spec-routes.ts'
import { transferRoutes } from '../http/transfer-routes.ts'
import { versionRoutes } from '../http/version-routes.ts'
import type { AppEvents } from '../projects/app-events.ts'
import { AccessReview } from '../socket/access-review.ts'
import { Entrance } from '../socket/entrance.ts'
import { FrameBudget } from '../socket/frame-budget.ts'
import { OpenSockets } from '../socket/open-sockets.ts'
import { SocketioDoor } from '../socket/socketio-door.ts'
import { refuseUnknownUpgrades } from '../socket/unknown-upgrades.ts'
import { YjsDoor } from '../socket/yjs-door.ts'
import { createActivityStore } from '../store/activity-store.ts'
import type { ConflictParts } from './conflict-parts.ts'
import type { DocumentParts } from './document-parts.ts'
import type { Foundation } from './foundation.ts'
import type { InterviewParts } from './interview-parts.ts'
import type { ModelParts } from './model-parts.ts'
import type { ItemParts } from './item-parts.ts'
import type { PeopleParts } from './people-parts.ts'
import type { QualityParts } from './quality-parts.ts'
import type { VersionParts } from './version-parts.ts'

export interface DoorParts {
  foundation: Foundation
  people: PeopleParts
  documents: DocumentParts
  items: ItemParts
  conflicts: ConflictParts
  versions: VersionParts
  quality: QualityParts
  interview: InterviewParts
  models: ModelParts
  appEvents: AppEvents
  /** The way to other nodes, where there are any. */
  bus?: Bus | undefined
  publicUrl: () => string
  /** The built page; null serves none. */
  staticDir: string | null
}

/** Makes them; `services` in the order of their start, the HTTP door, which listens, first; `app` is what it answers with. */
export function makeDoors(parts: DoorParts) {
  const { config, log, metrics } = parts.foundation
  const { sessions, access, members, rightsWatch } = parts.people
  const { itemsFeed, overlapFeed } = parts.items
  const openSockets = new OpenSockets(sessions)
  const app = createApp(appDeps(parts, () => !openSockets.isDraining))
  // Hono's adaptor is given no TLS options, so what it makes is a plain HTTP server.
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: serverOptions(config) }) as HttpServer
  const door = new HttpDoor(server, config)
  const entrance = new Entrance({ registry: parts.documents.registry, access, config })
  const frameBudget = new FrameBudget({ maxBytes: config.FRAME_MAX_BYTES, personBytes: config.PERSON_FRAME_BYTES })
  const accessReview = new AccessReview({ rightsWatch, access, log })
  const socketDeps = {
    server,
    entrance,
    openSockets,
    accessReview,
    frameBudget,
    sessions,
    publicUrl: parts.publicUrl,
    log,
    metrics,
    config,
  }
  const membersOf = (asker: Asker, projectId: string) => members.list(asker, projectId)
  const services = [
    door,
    new YjsDoor(socketDeps),
    new SocketioDoor({
      ...socketDeps,
      membersOf,
      appEvents: parts.appEvents,
      itemsFeed,
      overlapFeed,
      interview: parts.interview.interview,
      access,
      versions: parts.versions.versions,
      conflictResolver: parts.conflicts.conflictResolver,
    }),
    openSockets,
    accessReview,
  ]
  refuseUnknownUpgrades(server, ['/yjs/', '/socket.io/'])
  return { app, door, services }
}

function appDeps(
  {
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
  }: DoorParts,
  isAccepting: () => boolean,
): AppDeps {
  const { config, database } = foundation
  const { updateLog, specTexts, history } = documents
  const { access, sessions } = people
  return {
    ...foundation,
    ...people,
    publicUrl,
    staticDir,
    readinessChecks: [
      { name: 'database', check: () => database.ping(1_000) },
      { name: 'update_log', check: () => updateLog.isHealthy },
      { name: 'accepting', check: isAccepting },
      ...(bus ? [{ name: 'redis', isOptional: true, check: () => bus.isConnected }] : []),
    ],
    extraRoutes: [
      {
        path: '/api/projects/:projectId/spec',
        routes: specRoutes({
          access,
          audit: people.audit,
          sessions,
          publicUrl,
          specTexts,
          specItems: items.specItems,
          history,
          maxBytes: config.DOCUMENT_MAX_BYTES,
        }),
      },
      {
        path: '/api/projects/:projectId',
        routes: transferRoutes({ access, sessions, publicUrl, specTexts, specItems: items.specItems, maxBytes: config.DOCUMENT_MAX_BYTES }),
      },
      {
        path: '/api/projects/:projectId/versions',
        routes: versionRoutes({ access, sessions, publicUrl, versions: versions.versions }),
      },
      { path: '/api/projects/:projectId/items', routes: itemRoutes({ access, sessions, publicUrl, ...items }) },
      {
        path: '/api/projects/:projectId/conflicts',
        routes: conflictRoutes({ access, sessions, publicUrl, conflictResolver: conflicts.conflictResolver }),
      },
      { path: '/api/projects/:projectId', routes: qualityRoutes({ access, sessions, publicUrl, ...quality }) },
      {
        path: '/api/projects/:projectId/proposals',
        routes: proposalRoutes({ access, sessions, publicUrl, proposals: interview.proposals }),
      },
      {
        path: '/api/projects/:projectId/learning',
        routes: learningRoutes({ access, sessions, publicUrl, learning: interview.learning }),
      },
      { path: '/api/projects/:projectId', routes: interviewRoutes({ access, sessions, publicUrl, ...interview }) },
      {
        path: '/api/projects/:projectId/model',
        routes: modelRoutes({ access, sessions, publicUrl, projectModels: models.projectModels }),
      },
      { path: '/api/projects/:projectId/events', routes: eventRoutes({ access, sessions, publicUrl, appEvents }) },
      {
        path: '/api/projects/:projectId/activity',
        routes: activityRoutes({ access, sessions, publicUrl, activities: new Activities(createActivityStore(database)) }),
      },
      { path: '/api/projects/:projectId/spec/blame', routes: blameRoutes({ access, sessions, publicUrl, blames: versions.blames }) },
    ],
  }
}
