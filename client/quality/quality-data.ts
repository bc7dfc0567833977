// The quality of the open project as the server has it: read, kept up to date by its events, and what one does about it.

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Phase } from '../../shared/domain/phases.ts'
import type { ActivityList } from '../../shared/wire/activity.ts'
import type { ChangeTablesRequest, PathsGoal, Quality, QualityPaths, QualityReport, TablesAnswer } from '../../shared/wire/quality.ts'
import { api } from '../session/api.ts'
import { useOpenProject } from '../session/open-project.ts'

const pathOf = (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}`
const qualityKey = (projectId: string) => ['quality', projectId] as const

/** Not everything that is listed there is told by an event. */
const activityRefreshMs = 30_000

/** How good the spec is now. */
export function useQuality(projectId: string) {
  return useQuery({
    queryKey: qualityKey(projectId),
    queryFn: ({ signal }) => api.request<QualityReport>('GET', `${pathOf(projectId)}/quality`, { signal }),
  })
}

/** The same, kept up to date by the server's events while the caller is on the page. */
export function useLiveQuality() {
  const { project, provider } = useOpenProject()
  const queries = useQueryClient()
  const projectId = project.id
  useEffect(() => {
    const readAnew = () => void queries.invalidateQueries({ queryKey: qualityKey(projectId), exact: true })
    // Told while nobody here listened.
    readAnew()
    const stops = [
      provider.events.onReset(readAnew),
      provider.events.on('quality', ({ projectId: _projectId, eventId: _eventId, ...told }) => takeTold(queries, projectId, told)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [queries, projectId, provider])
  return useQuality(projectId)
}

function takeTold(queries: QueryClient, projectId: string, told: Quality): void {
  const key = qualityKey(projectId)
  const before = queries.getQueryData<QualityReport>(key)
  if (!before || before.revision >= told.revision) return
  queries.setQueryData(key, { ...before, ...told })
  if (before.phase === told.phase) return
  // Who changed it, and why, is not in the event.
  void queries.invalidateQueries({ queryKey: key, exact: true })
  void queries.invalidateQueries({ queryKey: ['project', projectId] })
}

/** The ways to a goal, for the text as it was at `revision`. */
export function usePaths(projectId: string, goal: PathsGoal, revision: number) {
  return useQuery({
    queryKey: [...qualityKey(projectId), 'paths', goal, revision],
    queryFn: ({ signal }) =>
      api.request<QualityPaths>('GET', `${pathOf(projectId)}/quality/paths?goal=${encodeURIComponent(goal)}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** Who did what, newest first, a page at a time. */
export function useActivity(projectId: string) {
  return useInfiniteQuery({
    queryKey: ['activity', projectId],
    queryFn: ({ pageParam, signal }) =>
      api.request<ActivityList>('GET', `${pathOf(projectId)}/activity?limit=20${pageParam ? `&cursor=${pageParam}` : ''}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
    refetchInterval: activityRefreshMs,
  })
}

/** Goes to a phase; with a reason past a closed gate. */
export function useChangePhase(projectId: string) {
  const take = useTaker(projectId)
  return useMutation({
    mutationFn: ({ to, reason }: { to: Phase; reason?: string }) =>
      api.request<QualityReport>('POST', `${pathOf(projectId)}/phase`, {
        body: { to, ...(reason === undefined ? {} : { override: { reason } }) },
      }),
    onSuccess: take,
  })
}

/** Says no more about a notice, to anyone, until there is new evidence. */
export function useDismissNotice(projectId: string) {
  const take = useTaker(projectId)
  return useMutation({
    mutationFn: (noticeId: string) =>
      api.request<QualityReport>('POST', `${pathOf(projectId)}/notices/${encodeURIComponent(noticeId)}/dismiss`),
    onSuccess: take,
  })
}

/** The figures as they hold, and which of them are the project's own. */
export function useTables(projectId: string) {
  return useQuery({
    queryKey: [...qualityKey(projectId), 'tables'],
    queryFn: ({ signal }) => api.request<TablesAnswer>('GET', `${pathOf(projectId)}/quality/tables`, { signal }),
    staleTime: 0,
  })
}

/** Gives the project figures of its own. */
export function useChangeTables(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: ChangeTablesRequest) =>
      api.request<TablesAnswer>('PATCH', `${pathOf(projectId)}/quality/tables`, { body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: qualityKey(projectId) }),
  })
}

/** Takes what an action answered as what is true now. */
function useTaker(projectId: string): (report: QualityReport) => void {
  const queries = useQueryClient()
  return (report) => {
    queries.setQueryData(qualityKey(projectId), report)
    void queries.invalidateQueries({ queryKey: ['activity', projectId] })
    void queries.invalidateQueries({ queryKey: ['project', projectId] })
  }
}
