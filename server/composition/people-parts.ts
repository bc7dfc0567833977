// Who people are and what they may do: accounts, sessions, projects, members, invitations.

import { Audit } from '../audit/audit.ts'
import { Auth } from '../auth/auth-service.ts'
import { LastUsed } from '../auth/last-used.ts'
import { createPasswordHashing, type PasswordHashing } from '../auth/password-hashing.ts'
import { Sessions } from '../auth/sessions.ts'
import { createTokenLookUp } from '../auth/token-look-up.ts'
import { Access } from '../projects/access.ts'
import { Invitations } from '../projects/invitations.ts'
import { Members } from '../projects/members.ts'
import { Projects } from '../projects/projects.ts'
import { RightsWatch } from '../projects/rights-watch.ts'
import { createAccountSessionsStore } from '../store/account-sessions-store.ts'
import { createApiTokensStore } from '../store/api-tokens-store.ts'
import { createAuditStore } from '../store/audit-store.ts'
import { createInvitationsStore } from '../store/invitations-store.ts'
import { createMembersStore } from '../store/members-store.ts'
import { Notifications } from '../store/notifications.ts'
import { createProjectsStore } from '../store/projects-store.ts'
import { createRightsChangesStore } from '../store/rights-changes-store.ts'
import { createSessionsStore } from '../store/sessions-store.ts'
import { makeAccountParts } from './account-parts.ts'
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
export function makePeopleParts(foundation: Foundation, { secret, publicUrl, hashing = createPasswordHashing() }: PeopleOptions) {
  const { config, log, rateLimits, database, databaseUrl } = foundation
  const audit = new Audit({ store: createAuditStore(database), log, config })
  const sessionsStore = createSessionsStore(database)
  const apiTokensStore = createApiTokensStore(database)
  const accountSessionsStore = createAccountSessionsStore(database)
  const lastUsed = new LastUsed({ store: accountSessionsStore, log })
  const sessions = new Sessions(createTokenLookUp(sessionsStore, apiTokensStore), {
    cacheMs: config.SESSION_CACHE_MS,
    onLookedUp: (session) => lastUsed.note(session),
  })
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
    hashing,
  })
  const projectsStore = createProjectsStore(database)
  const access = new Access(projectsStore)
  const projects = new Projects({ projectsStore, access, audit, config })
  const members = new Members({ store: createMembersStore(database), access, audit })
  const invitations = new Invitations({ invitationsStore: createInvitationsStore(database), access, audit, publicUrl, config })
  const notifications = new Notifications({ url: databaseUrl, channel: 'rights', log })
  const rightsWatch = new RightsWatch({ store: createRightsChangesStore(database), notifications, sessions, log })
  const ground = { sessions, access, audit, lastUsed, hashing, apiTokensStore, accountSessionsStore, publicUrl }
  return { ...makeAccountParts(foundation, ground), lastUsed, audit, sessions, auth, access, projects, members, invitations, rightsWatch }
}
