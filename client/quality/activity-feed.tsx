// Who did what in the project, newest first.

import { useEffect } from 'react'
import { personColor } from '../../shared/domain/person-colors.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { whenSince } from '../ui/when.ts'
import { describeActivity } from './activity-words.ts'
import { useActivity } from './quality-data.ts'

/** The feed; read anew when `revision` says that something happened. */
export function ActivityFeed({ revision }: { revision: number }) {
  const { project } = useOpenProject()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useActivity(project.id)
  useEffect(() => {
    void refetch()
  }, [revision, refetch])
  if (error && !data) {
    return (
      <div role="alert" className="grid justify-items-start gap-3">
        <p>The activity could not be read. {error.message}</p>
        <Button onClick={() => void refetch()}>Try again</Button>
      </div>
    )
  }
  if (!data) {
    return (
      <Delayed>
        <div role="status" aria-busy="true" aria-label="Loading the activity" className="grid gap-4">
          <SkeletonLine className="w-4/5" />
          <SkeletonLine className="w-3/5" />
        </div>
      </Delayed>
    )
  }
  return (
    <>
      <ol className="grid gap-3">
        {data.pages
          .flatMap((page) => page.items)
          .map((entry) => (
            <li key={entry.id} className="grid grid-cols-[24px_1fr_auto] items-start gap-x-2.5">
              <span aria-hidden>
                {entry.people[0] ? (
                  <Avatar name={entry.people[0].name ?? 'Former member'} color={personColor(entry.people[0].userId)} />
                ) : (
                  <span className="block size-6 rounded-full border border-line bg-hover" />
                )}
              </span>
              <span className="min-w-0 pt-0.5 break-words">{describeActivity(entry)}</span>
              <time dateTime={entry.at} title={new Date(entry.at).toLocaleString()} className="pt-0.5 text-sm text-muted tabular-nums">
                {whenSince(entry.at)}
              </time>
            </li>
          ))}
      </ol>
      {hasNextPage && (
        <Button className="mt-3" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </>
  )
}
