// Lets only those through who are signed in; others sign in first and come back.

import type { ReactNode } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { Button } from '../ui/button.tsx'
import { MessagePage } from '../ui/notice.tsx'
import { signInPath } from './return-path.ts'
import { useSession } from './session.ts'

/** Shows `children` to a person with a session. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession()
  const [path] = useLocation()
  const search = useSearch()
  if (session.data) return children
  if (session.isPending) return null
  if (session.error) {
    return (
      <MessagePage title="The server cannot be reached" actions={<Button onClick={() => void session.refetch()}>Try again</Button>}>
        <p>Nothing was lost: what you wrote is on the server, and what it had not taken yet is kept in this browser.</p>
      </MessagePage>
    )
  }
  return <Redirect to={signInPath(search ? `${path}?${search}` : path)} replace />
}
