// What people do with their own accounts, and the mail that goes with it.

import { AccountSessions } from '../accounts/account-sessions.ts'
import { Accounts } from '../accounts/accounts.ts'
import { ApiTokens } from '../accounts/api-tokens.ts'
import { PasswordResets } from '../accounts/password-resets.ts'
import type { Audit } from '../audit/audit.ts'
import type { LastUsed } from '../auth/last-used.ts'
import { PasswordCheck } from '../auth/password-check.ts'
import type { PasswordHashing } from '../auth/password-hashing.ts'
import type { Sessions } from '../auth/sessions.ts'
import { Mailer } from '../mail/mailer.ts'
import type { Access } from '../projects/access.ts'
import type { AccountSessionsStore } from '../store/account-sessions-store.ts'
import { createAccountsStore } from '../store/accounts-store.ts'
import type { ApiTokensStore } from '../store/api-tokens-store.ts'
import { createPasswordResetsStore } from '../store/password-resets-store.ts'
import type { Foundation } from './foundation.ts'

/** What they stand on besides the foundation. */
export interface AccountGround {
  sessions: Sessions
  access: Access
  audit: Audit
  lastUsed: LastUsed
  hashing: PasswordHashing
  apiTokensStore: ApiTokensStore
  accountSessionsStore: AccountSessionsStore
  publicUrl: () => string
}

/** Makes them; `mailer` and `passwordResets` are services, in the order of their start. */
export function makeAccountParts({ config, log, rateLimits, database }: Foundation, ground: AccountGround) {
  const { apiTokensStore, accountSessionsStore, ...shared } = ground
  const mailer = new Mailer({ config, log })
  const store = createAccountsStore(database)
  const passwordCheck = new PasswordCheck({ store, hashing: shared.hashing, config, rateLimits })
  return {
    mailer,
    accounts: new Accounts({ ...shared, store, passwordCheck, mailer }),
    accountSessions: new AccountSessions({ ...shared, store: accountSessionsStore }),
    apiTokens: new ApiTokens({ ...shared, store: apiTokensStore, config }),
    passwordResets: new PasswordResets({ ...shared, store: createPasswordResetsStore(database), mailer, log, config, rateLimits }),
  }
}
