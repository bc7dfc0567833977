// Puts the server together: every part made once, given what it needs, and listed in the order in which it starts.

import type { Server as HttpServer } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Auth } from './auth/auth-service.ts'
import { loadAuthSecret } from './auth/auth-secret.ts'
import { Sessions } from './auth/sessions.ts'
import type { Config } from './base/config.ts'
import type { Log } from './base/log.ts'
import { createMetrics } from './base/metrics.ts'
import type { Service, ServiceGroup } from './base/service.ts'
import { DocumentRegistry } from './documents/document-registry.ts'
import { HistoryReplacement } from './documents/history-replacement.ts'
import { Snapshots } from './documents/snapshots.ts'
import { SpecTexts } from './documents/spec-texts.ts'
import { UpdateLog } from './documents/update-log.ts'
import { createApp } from './http/app.ts'
import { ensureClientBuilt } from './http/client-build.ts'
import { HttpDoor } from './http/http-door.ts'
import { specRoutes } from './http/spec-routes.ts'
import { Access } from './projects/access.ts'
import { Invitations } from './projects/invitations.ts'
import { Projects } from './projects/projects.ts'
import { Entrance } from './socket/entrance.ts'
import { FrameBudget } from './socket/frame-budget.ts'
import { OpenSockets } from './socket/open-sockets.ts'
import { SocketioDoor } from './socket/socketio-door.ts'
import { refuseUnknownUpgrades } from './socket/unknown-upgrades.ts'
import { YjsDoor } from './socket/yjs-door.ts'
import { createDatabase } from './store/database.ts'
import { createDocumentsStore } from './store/documents-store.ts'
import { EmbeddedPostgres } from './store/embedded-postgres.ts'
import { createInvitationsStore } from './store/invitations-store.ts'
import { createMembersStore } from './store/members-store.ts'
import { migrate } from './store/migrations.ts'
import { createProjectsStore } from './store/projects-store.ts'
import { createSessionsStore } from './store/sessions-store.ts'

export interface Composition {
  /** In the order of starting; stopped in reverse, so that doors close first and the database last. */
  services: Service[]
  /** Where people find it; known once the HTTP door has started. */
  publicUrl: () => string
}

/** Makes all parts. The embedded PostgreSQL is started in `group` and migrated on the way, since everything else needs its address. */
export async function compose(config: Config, log: Log, group: ServiceGroup): Promise<Composition> {
  const metrics = createMetrics()
  const staticDir = await ensureClientBuilt({ log })
  const databaseUrl = config.DATABASE_URL ?? (await startEmbedded(config, log, group))
  await migrate({ url: databaseUrl, folder: join(import.meta.dirname, '../sql'), log })
  const database = createDatabase({
    url: databaseUrl,
    poolSize: config.DATABASE_POOL_SIZE,
    queueMax: config.DATABASE_QUEUE_MAX,
    statementTimeoutMs: config.STATEMENT_TIMEOUT_MS,
    slowStatementMs: config.SLOW_STATEMENT_MS,
    log,
    metrics,
  })

  const publicUrl = () => door.publicUrl
  const sessionsStore = createSessionsStore(database)
  const sessions = new Sessions(sessionsStore, { cacheMs: config.SESSION_CACHE_MS })
  const secret = await loadAuthSecret(config.DATA_DIR, config.AUTH_SECRET)
  const auth = new Auth({ config, databaseUrl, secret, sessions, sessionsStore, publicUrl, log })

  const projectsStore = createProjectsStore(database)
  const membersStore = createMembersStore(database)
  const access = new Access(projectsStore)
  const projects = new Projects({ projectsStore, membersStore, access })
  const invitations = new Invitations({ invitationsStore: createInvitationsStore(database), access, publicUrl })

  const store = createDocumentsStore(database)
  const snapshots = new Snapshots({ store, log, metrics, afterRows: config.COMPACT_AFTER_ROWS })
  const updateLog = new UpdateLog({
    store,
    log,
    metrics,
    commitWindowMs: config.COMMIT_WINDOW_MS,
    maxPendingBytes: config.LOG_PENDING_MAX_BYTES,
    onCommitted: (projectId, rows) => snapshots.grew(projectId, rows),
    onRefused: (projectId, epoch) => history.retire(projectId, epoch),
  })
  const registry = new DocumentRegistry({ store, updateLog, snapshots, log, metrics, config })
  const history = new HistoryReplacement({ registry, store, updateLog, log })
  const specTexts = new SpecTexts({ registry, maxBytes: config.DOCUMENT_MAX_BYTES })

  const app = createApp({
    config,
    log,
    metrics,
    auth,
    sessions,
    projects,
    invitations,
    readinessChecks: [
      { name: 'database', check: () => database.ping(1_000) },
      { name: 'update_log', check: () => updateLog.isHealthy },
      { name: 'accepting', check: () => !openSockets.isDraining },
    ],
    publicUrl,
    staticDir,
    extraRoutes: [
      {
        path: '/api/projects/:projectId/spec',
        routes: specRoutes({ access, sessions, publicUrl, specTexts, history, maxBytes: config.DOCUMENT_MAX_BYTES }),
      },
    ],
  })
  // Hono's adaptor is given no TLS options, so what it makes is a plain HTTP server.
  const server = createAdaptorServer({ fetch: app.fetch }) as HttpServer
  const door = new HttpDoor(server, config)
  const openSockets = new OpenSockets(sessions)
  const entrance = new Entrance({ registry, access, config })
  const frameBudget = new FrameBudget({ maxBytes: config.FRAME_MAX_BYTES, personBytes: config.PERSON_FRAME_BYTES })
  const socketDeps = { server, entrance, openSockets, frameBudget, sessions, publicUrl, log, metrics, config }
  const membersOf = (userId: string, projectId: string) => projects.members(userId, projectId)
  const yjsDoor = new YjsDoor(socketDeps)
  const socketioDoor = new SocketioDoor({ ...socketDeps, membersOf })
  refuseUnknownUpgrades(server, ['/yjs/', '/socket.io/'])

  return {
    services: [
      { name: 'database', stop: () => database.close() },
      auth,
      updateLog,
      snapshots,
      registry,
      door,
      yjsDoor,
      socketioDoor,
      openSockets,
    ],
    publicUrl,
  }
}

async function startEmbedded(config: Config, log: Log, group: ServiceGroup): Promise<string> {
  const embedded = new EmbeddedPostgres({ dataDir: config.DATA_DIR, log })
  await group.start(embedded)
  return embedded.url
}
