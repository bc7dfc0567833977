// What people did in a project, newest first, a sentence each.

import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../session/api.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { whenSince } from '../ui/when.ts'
import { auditKey } from './audit-key.ts'
import { describeEvent } from '../ui/audit-words.ts'

/** The log of one project; only its owners are given it. */
export function AuditLog({ projectId }: { projectId: string }) {
  const log = useInfiniteQuery({
    queryKey: auditKey(projectId),
    queryFn: ({ pageParam, signal }) => api.listAudit(projectId, pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  })
  if (log.error && !log.data) {
    return (
      <div role="alert" className="grid justify-items-start gap-3">
        <p>The log could not be read. {log.error.message}</p>
        <Button onClick={() => void log.refetch()}>Try again</Button>
      </div>
    )
  }
  if (!log.data) {
    return (
      <Delayed>
        <div role="status" aria-busy="true" aria-label="Loading the log" className="grid gap-4 py-2">
          <SkeletonLine className="w-4/5" />
          <SkeletonLine className="w-3/5" />
        </div>
      </Delayed>
    )
  }
  const events = log.data.pages.flatMap((page) => page.items)
  if (events.length === 0) return <p className="text-muted">Nothing was done yet, or it is older than the log is kept.</p>
  return (
    <>
      <ol className="divide-y divide-line">
        {events.map((event) => (
          <li key={event.id} className="flex items-baseline gap-3 py-2">
            <span className="min-w-0 flex-1 break-words">{describeEvent(event)}</span>
            <time dateTime={event.at} title={new Date(event.at).toLocaleString()} className="shrink-0 text-sm text-muted tabular-nums">
              {whenSince(event.at)}
            </time>
          </li>
        ))}
      </ol>
      {log.hasNextPage && (
        <Button className="mt-3" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {log.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </>
  )
}
