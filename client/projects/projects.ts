// The projects of the person signed in, as the server lists them.

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ChangeProjectRequest, CreateProjectRequest } from '../../shared/wire/projects.ts'
import { api } from '../session/api.ts'

const listKey = ['projects'] as const

/** Which of the person's projects to show. */
export interface ProjectFilter {
  /** Part of the name; empty for all. */
  q: string
  /** Those that were put away, instead of the others. */
  archived: boolean
}

/** The person's projects, the one changed last first, a page at a time; what was found last stays until the next answer is there. */
export function useProjects({ q, archived }: ProjectFilter) {
  return useInfiniteQuery({
    queryKey: [...listKey, { q, archived }],
    queryFn: ({ pageParam, signal }) => api.listProjects({ q, archived, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** One project; its error is an ApiError with 404 when it is not there or not the person's. */
export function useProject(projectId: string) {
  return useQuery({ queryKey: ['project', projectId], queryFn: ({ signal }) => api.getProject(projectId, signal) })
}

interface NewProject extends CreateProjectRequest {
  /** Markdown that takes the place of the text every new project begins with. */
  markdown?: string
}

/** Creates a project; the list is read again, the project itself is there at once. */
export function useCreateProject() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ markdown, ...project }: NewProject) => {
      const made = await api.createProject(project)
      if (markdown !== undefined) await api.request('PUT', `/api/projects/${made.id}/spec`, { body: { markdown } })
      return made
    },
    onSuccess: (project) => queries.setQueryData(['project', project.id], project),
    // Also when only the text failed to follow: the project is there then.
    onSettled: () => void queries.invalidateQueries({ queryKey: listKey }),
  })
}

/** Renames, describes or brings back a project. */
export function useChangeProject(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: ChangeProjectRequest) => api.changeProject(projectId, change),
    onSuccess: (project) => {
      queries.setQueryData(['project', projectId], project)
      return queries.invalidateQueries({ queryKey: listKey })
    },
  })
}

/** Puts a project away. */
export function useArchiveProject(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.archiveProject(projectId),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['project', projectId] })
      return queries.invalidateQueries({ queryKey: listKey })
    },
  })
}
