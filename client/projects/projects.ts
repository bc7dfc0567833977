// The projects of the person signed in, as the server lists them.

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../session/api.ts'

const listKey = ['projects'] as const

/** The person's projects, the one changed last first, a page at a time. */
export function useProjects() {
  return useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) => api.listProjects(pageParam ? { cursor: pageParam } : {}, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** One project; its error is an ApiError with 404 when it is not there or not the person's. */
export function useProject(projectId: string) {
  return useQuery({ queryKey: ['project', projectId], queryFn: ({ signal }) => api.getProject(projectId, signal) })
}

/** Creates a project by its name; the list is read again, the project itself is there at once. */
export function useCreateProject() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.createProject({ name }),
    onSuccess: (project) => {
      queries.setQueryData(['project', project.id], project)
      void queries.invalidateQueries({ queryKey: listKey })
    },
  })
}
