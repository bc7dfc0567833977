// Versions as the server has them: listed, read, named, deleted, brought back.

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RestoreResult } from '../../shared/wire/events.ts'
import type { Blame, Version, VersionList, VersionText } from '../../shared/wire/versions.ts'
import { api } from '../session/api.ts'
import { openConnection } from '../session/connection.ts'

const pathOf = (projectId: string, versionId = ''): string =>
  `/api/projects/${encodeURIComponent(projectId)}/versions${versionId && `/${encodeURIComponent(versionId)}`}`
const listKey = (projectId: string) => ['versions', projectId] as const

/** Versions are made by themselves while the list is open. */
const refreshMs = 30_000

/** The versions of a project, newest first, a page at a time; only those with a name if asked so. */
export function useVersions(projectId: string, isNamedOnly: boolean) {
  return useInfiniteQuery({
    queryKey: [...listKey(projectId), isNamedOnly],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...(isNamedOnly ? { named: 'true' } : {}), ...(pageParam ? { cursor: pageParam } : {}) })
      return api.request<VersionList>('GET', `${pathOf(projectId)}?${query.toString()}`, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
}

/** A version with its text, which never changes; none is asked for while `versionId` is null. */
export function useVersionText(projectId: string, versionId: string | null) {
  return useQuery({
    queryKey: ['version', projectId, versionId],
    queryFn: ({ signal }) => api.request<VersionText>('GET', pathOf(projectId, versionId ?? ''), { signal }),
    enabled: versionId !== null,
    staleTime: Infinity,
  })
}

/** Who wrote which line, as of now. */
export function useBlame(projectId: string) {
  return useQuery({
    queryKey: ['blame', projectId],
    queryFn: ({ signal }) => api.request<Blame>('GET', `/api/projects/${encodeURIComponent(projectId)}/spec/blame`, { signal }),
    staleTime: 0,
  })
}

/** Keeps the text as it is now under a name, or names a version that is there; `null` takes the name away. */
export function useNameVersion(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ versionId, name }: { versionId: string | null; name: string | null }) =>
      versionId === null
        ? api.request<Version>('POST', pathOf(projectId), { body: { name } })
        : api.request<Version>('PATCH', pathOf(projectId, versionId), { body: { name } }),
    onSuccess: (version) => {
      void queries.invalidateQueries({ queryKey: listKey(projectId) })
      void queries.invalidateQueries({ queryKey: ['version', projectId, version.id] })
    },
  })
}

/** Deletes a version for good. */
export function useDeleteVersion(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (versionId: string) => api.request<null>('DELETE', pathOf(projectId, versionId)),
    onSuccess: () => queries.invalidateQueries({ queryKey: listKey(projectId) }),
  })
}

/** Brings a version back, from inside the document, so that it is one step of undo here. Rejects with a sentence. */
export function useRestoreVersion(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (versionId: string) => askToRestore(projectId, versionId),
    onSuccess: () => queries.invalidateQueries({ queryKey: listKey(projectId) }),
  })
}

function askToRestore(projectId: string, versionId: string): Promise<RestoreResult> {
  return new Promise((resolve, reject) => {
    openConnection().ask('version:restore', { projectId, versionId }, (outcome) => {
      if (outcome.type === 'ok') resolve(outcome.value)
      else if (outcome.type === 'refused') reject(new Error(outcome.error.message))
      else if (outcome.type === 'lost') reject(new Error('There is no connection to the server.'))
      else reject(new Error('The server did not answer in time; look at the text before you try again.'))
    })
  })
}
