// `/account`: one's name, password, sessions, API tokens, and the way out.

import { AccountMenu } from '../session/account-menu.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { TopBar } from '../ui/top-bar.tsx'
import { useAccount } from './account.ts'
import { DangerZone } from './danger-zone.tsx'
import { Listed } from './listed.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { Section } from './section.tsx'
import { SessionList } from './session-list.tsx'
import { TokenList } from './token-list.tsx'

/** The page of whoever is signed in. */
export function AccountPage() {
  usePageTitle('Account')
  const account = useAccount()
  return (
    <div className="flex min-h-full flex-col">
      <TopBar actions={<AccountMenu />} />
      <main className="mx-auto grid w-full max-w-2xl grid-cols-1 content-start gap-8 px-4 py-8 sm:px-6 sm:py-12">
        <h1 className="text-xl font-semibold">Account</h1>
        <Listed query={account} what="Your account">
          {(own) => (
            <>
              <Section title="Profile">
                <ProfileForm account={own} />
              </Section>
              <Section title="Password">
                <PasswordForm account={own} />
              </Section>
              <Section title="Sessions" description="Where you are signed in.">
                <SessionList />
              </Section>
              <Section
                title="API tokens"
                description="For scripts and for editors of your own: each may do less than you, ends by itself, and can be deleted without signing you out."
              >
                <TokenList />
              </Section>
              <Section title="Delete account">
                <DangerZone account={own} />
              </Section>
            </>
          )}
        </Listed>
      </main>
    </div>
  )
}
