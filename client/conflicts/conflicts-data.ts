// The conflicts of the open project as the server has them: read, kept true by its events, decided on.

import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RefusalBody } from '../../shared/errors.ts'
import type {
  ChangedConflict,
  Conflict,
  ConflictDetail,
  ConflictList,
  ConflictStatus,
  ResolveConflictRequest,
} from '../../shared/wire/conflicts.ts'
import type { Outcome } from '../net/connection.ts'
import { api } from '../session/api.ts'
import { openConnection } from '../session/connection.ts'
import { useOpenProject, type OpenProject } from '../session/open-project.ts'
import { forgetRefusal, keepRefusal } from './refusals.ts'

const pathOf = (projectId: string, id = '') => `/api/projects/${encodeURIComponent(projectId)}/conflicts${id && `/${id}`}`
const keyOf = (projectId: string, status: ConflictStatus) => ['conflicts', projectId, status] as const
const told = ['conflict:opened', 'conflict:updated', 'conflict:closed'] as const

/** A redundancy is shown, and counts for nothing. */
export const isCounted = ({ kind }: Conflict): boolean => kind !== 'redundancy'

const severities = ['critical', 'high', 'medium', 'low'] as const

/** Severest first, redundancies last, then the newest. */
export const inOrder = (conflicts: readonly Conflict[]): Conflict[] =>
  conflicts.toSorted(
    (a, b) =>
      Number(isCounted(b)) - Number(isCounted(a)) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      b.openedAt.localeCompare(a.openedAt),
  )

/** All conflicts of one status, in order; they follow the text of everyone while `useKeptConflicts` is on the page. */
export function useConflicts(status: ConflictStatus) {
  const { project } = useOpenProject()
  return useQuery({
    queryKey: keyOf(project.id, status),
    queryFn: ({ signal }) => readAll(project.id, status, signal),
    select: inOrder,
    staleTime: Infinity,
  })
}

/** How many are open that count; 0 until that is known. */
export function useOpenCount(): number {
  const { data } = useConflicts('open')
  return data?.filter(isCounted).length ?? 0
}

/** `1 open conflict`, `12 open conflicts`. */
export const conflictsInWords = (count: number): string => `${count} open ${count === 1 ? 'conflict' : 'conflicts'}`

async function readAll(projectId: string, status: ConflictStatus, signal: AbortSignal): Promise<Conflict[]> {
  const conflicts: Conflict[] = []
  let cursor: string | null = null
  do {
    const query: string = new URLSearchParams({ status, limit: '200', ...(cursor === null ? {} : { cursor }) }).toString()
    const page: ConflictList = await api.request('GET', `${pathOf(projectId)}?${query}`, { signal })
    conflicts.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return conflicts
}

/** Keeps the lists true by what the server tells; once in a workspace. */
export function useKeptConflicts(): void {
  const { project, provider } = useOpenProject()
  const queries = useQueryClient()
  useEffect(() => {
    const readAnew = () => void queries.invalidateQueries({ queryKey: ['conflicts', project.id] })
    // Told while nobody here listened.
    readAnew()
    const stops = [
      provider.events.onReset(readAnew),
      ...told.map((name) =>
        provider.events.on(name, ({ conflict }) => {
          put(queries, project.id, conflict)
          // A list that is on its way may have been made before this.
          if (queries.isFetching({ queryKey: ['conflicts', project.id] }) > 0) readAnew()
        }),
      ),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [project.id, provider, queries])
}

/** Puts a conflict into the list it belongs to now, and takes it out of the others; an older word on it changes nothing. */
function put(queries: QueryClient, projectId: string, conflict: Conflict): void {
  for (const status of ['open', 'ignored', 'resolved'] as const) {
    queries.setQueryData<Conflict[]>(keyOf(projectId, status), (list) => {
      if (!list) return list
      const known = list.find(({ id }) => id === conflict.id)
      if (known && known.revision > conflict.revision) return list
      const others = list.filter(({ id }) => id !== conflict.id)
      return status === conflict.status ? [conflict, ...others] : others
    })
  }
}

/** One conflict with which item is the newer and a text for both; read anew when the conflict changes, and as it was until that is there. */
export function useConflictDetail({ id, revision }: Conflict) {
  const { project } = useOpenProject()
  return useQuery({
    queryKey: ['conflict', project.id, id, revision],
    queryFn: ({ signal }) => api.request<ConflictDetail>('GET', pathOf(project.id, id), { signal }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
}

/** Decides, from inside the document: what it changes there is one step of one's own undo. */
export function useResolve() {
  const { project } = useOpenProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...decision }: ResolveConflictRequest & { id: string }) => ask(project, { conflictId: id, ...decision }),
    onMutate: ({ id }) => forgetRefusal(id),
    onSuccess: (conflict) => put(queries, project.id, conflict),
    onError: (error) => {
      if (error instanceof ChangedMeanwhile) keepRefusal(error.changed)
      // Somebody was quicker, or the texts are others by now: shown as they are, and offered again.
      void queries.invalidateQueries({ queryKey: ['conflicts', project.id] })
      void queries.invalidateQueries({ queryKey: ['conflict', project.id] })
    },
  })
}

/** The conflict was not what it had been when it was decided on; nothing was done. */
export class ChangedMeanwhile extends Error {
  readonly changed: ChangedConflict

  constructor(message: string, changed: ChangedConflict) {
    super(message)
    this.changed = changed
  }
}

function ask({ id }: OpenProject['project'], decision: ResolveConflictRequest & { conflictId: string }): Promise<Conflict> {
  return new Promise((resolve, reject) => {
    openConnection().ask('conflict:resolve', { projectId: id, ...decision }, (outcome: Outcome<{ conflict: Conflict }>) => {
      if (outcome.type === 'ok') resolve(outcome.value.conflict)
      else if (outcome.type === 'refused') reject(refusedBy(outcome.error))
      else reject(new Error('The server did not answer; nothing is lost, try again.'))
    })
  })
}

function refusedBy({ code, message, details }: RefusalBody): Error {
  const changed = details as ChangedConflict | undefined
  return code === 'conflict_changed' && changed?.conflict ? new ChangedMeanwhile(message, changed) : new Error(message)
}
