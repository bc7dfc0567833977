// The page's entry: what every view needs, and which address shows which view.

import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Switch } from 'wouter'
import { queryClient } from './session/session.ts'
import { SignedIn } from './session/signed-in.tsx'
import { afterText } from './ui/after-text.ts'
import { listenForKeys } from './ui/commands.ts'
import { Part } from './ui/part.tsx'
import { applyPreferences } from './ui/preferences.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { shareCspNonce } from './ui/csp-nonce.ts'
import './ui/theme.css'
import { NotFoundPage } from './workspace/not-found-page.tsx'

shareCspNonce()
listenForKeys()
applyPreferences()

// Each view loads with its first use, so that signing in does not wait for the editor.
const loadWorkspace = () => import('./workspace/workspace-page.tsx')
const WorkspacePage = lazy(async () => ({ default: (await loadWorkspace()).WorkspacePage }))
const CredentialsPage = lazy(async () => ({ default: (await import('./session/credentials-page.tsx')).CredentialsPage }))
const ProjectListPage = lazy(async () => ({ default: (await import('./projects/project-list-page.tsx')).ProjectListPage }))
const PageCommands = lazy(async () => ({ default: (await import('./workspace/page-commands.tsx')).PageCommands }))
// Beside a document they may wait until it can be written.
const LaterPageCommands = lazy(async () => ({
  default: (await afterText(() => import('./workspace/page-commands.tsx'))).PageCommands,
}))
const AccountPage = lazy(async () => ({ default: (await import('./account/account-page.tsx')).AccountPage }))
const ForgotPasswordPage = lazy(async () => ({ default: (await import('./account/forgot-password-page.tsx')).ForgotPasswordPage }))
const ResetPage = lazy(async () => ({ default: (await import('./account/reset-page.tsx')).ResetPage }))
const InvitePage = lazy(async () => ({ default: (await import('./members/invite-page.tsx')).InvitePage }))

function Routes() {
  return (
    <Switch>
      <Route path="/sign-in">
        <CredentialsPage mode="sign-in" />
      </Route>
      <Route path="/sign-up">
        <CredentialsPage mode="sign-up" />
      </Route>
      <Route path="/forgot-password">
        <ForgotPasswordPage />
      </Route>
      <Route path="/reset/:token">{({ token }) => <ResetPage key={token} token={token} />}</Route>
      <Route path="/account">
        <SignedIn>
          <AccountPage />
          <Part>
            <PageCommands />
          </Part>
        </SignedIn>
      </Route>
      <Route path="/invite/:token">{({ token }) => <InvitePage key={token} token={token} />}</Route>
      <Route path="/">
        <SignedIn>
          <ProjectListPage onNearProject={() => void loadWorkspace()} />
          <Part>
            <PageCommands />
          </Part>
        </SignedIn>
      </Route>
      <Route path="/p/:projectId/*?">
        {({ projectId, '*': path = '' }) => (
          <SignedIn>
            <WorkspacePage key={projectId} projectId={projectId} path={path} />
            <Part>
              <LaterPageCommands />
            </Part>
          </SignedIn>
        )}
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}

function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <Suspense>
          <Routes />
        </Suspense>
      </ErrorBoundary>
    </QueryClientProvider>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
