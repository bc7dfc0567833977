// Where one is signed in, and the ways to end that.

import type { AccountSession } from '../../shared/wire/accounts.ts'
import { Button } from '../ui/button.tsx'
import { whenSince } from '../ui/when.ts'
import { useEndSessions, useSessions } from './account.ts'
import { Listed } from './listed.tsx'

/** The list, this browser first. */
export function SessionList() {
  const sessions = useSessions()
  const end = useEndSessions()
  return (
    <Listed query={sessions} what="Your sessions">
      {(items) => (
        <div className="grid grid-cols-1 justify-items-start gap-4">
          <ul className="w-full divide-y divide-line border-y border-line">
            {items
              .toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
              .map((session) => (
                <li key={session.id}>
                  <SessionRow session={session} isBusy={end.isPending} onEnd={() => end.mutate({ id: session.id })} />
                </li>
              ))}
          </ul>
          {end.error && (
            <p role="alert" className="text-danger">
              Nothing was ended. {end.error.message}
            </p>
          )}
          {items.length > 1 && (
            <Button disabled={end.isPending} onClick={() => end.mutate('others')}>
              Sign out everywhere else
            </Button>
          )}
        </div>
      )}
    </Listed>
  )
}

function SessionRow({ session, isBusy, onEnd }: { session: AccountSession; isBusy: boolean; onEnd: () => void }) {
  const { device, address, lastUsedAt, isCurrent } = session
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium" title={device}>
          <bdi>{device}</bdi>
        </p>
        <p className="text-sm text-muted">
          {isCurrent ? 'This browser, now' : `Last used ${whenSince(lastUsedAt)}`}
          {address !== null && `, from ${address}`}
        </p>
      </div>
      {!isCurrent && (
        <Button aria-label={`Sign out ${device}`} disabled={isBusy} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </div>
  )
}
