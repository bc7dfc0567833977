// Who people are and what they may do: accounts, sessions, projects, members, invitations.

import { Audit } from '../audit/audit.ts'
import { Auth } from '../auth/auth-service.ts'
import type { PasswordHashing } from '../auth/password-hashing.ts'
import { Sessions } from '../auth/sessions.ts'
import { Access } from '../projects/access.ts'
import { Invitations } from '../projects/invitations.ts'
import { Members } from '../projects/members.ts'
import { Projects } from '../projects/projects.ts'
import { RightsWatch } from '../projects/rights-watch.ts'
import { createAuditStore } from '../store/audit-store.ts'
import { createInvitationsStore } from '../store/invitations-store.ts'
import { createMembersStore } from '../store/members-store.ts'
import { Notifications } from '../store/notifications.ts'
import { createProjectsStore } from '../store/projects-store.ts'
import { createRightsChangesStore } from '../store/rights-changes-store.ts'
import { createSessionsStore } from '../store/sessions-store.ts'
import type { Foundation } from './foundation.ts'

export interface PeopleOptions {
  /** Signs sessions; see `loadAuthSecret`. */
  secret: string
  /** The address people use; known once the server listens. */
  publicUrl: () => string
  /** Another way of hashing passwords, for tests that count them. */
  hashing?: PasswordHashing | undefined
}

export type PeopleParts = ReturnType<typeof makePeopleParts>

/** Makes them; nothing runs yet. */
export function makePeopleParts(
  { config, log, rateLimits, database, databaseUrl }: Foundation,
  { secret, publicUrl, hashing }: PeopleOptions,
) {
  const audit = new Audit({ store: createAuditStore(database), log, config })
  const sessionsStore = createSessionsStore(database)
  const sessions = new Sessions(sessionsStore, { cacheMs: config.SESSION_CACHE_MS })
  const auth = new Auth({
    config,
    audit,
    databaseUrl,
    rateLimits,
    secret,
    sessions,
    sessionsStore,
    publicUrl,
    log,
    ...(hashing && { hashing }),
  })
  const projectsStore = createProjectsStore(database)
  const access = new Access(projectsStore)
  const projects = new Projects({ projectsStore, access, audit, config })
  const members = new Members({ store: createMembersStore(database), access, audit })
  const invitations = new Invitations({ invitationsStore: createInvitationsStore(database), access, audit, publicUrl, config })
  const notifications = new Notifications({ url: databaseUrl, channel: 'rights', log })
  const rightsWatch = new RightsWatch({ store: createRightsChangesStore(database), notifications, sessions, log })
  return { audit, sessions, auth, access, projects, members, invitations, rightsWatch }
}
