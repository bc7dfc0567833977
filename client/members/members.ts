// The people of a project: who they are, what each may do, and how that changes.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role } from '../../shared/domain/roles.ts'
import type { Member } from '../../shared/wire/projects.ts'
import { api } from '../session/api.ts'
import { auditKey } from './audit-key.ts'

const membersKey = (projectId: string) => ['members', projectId] as const

/** Everyone in the project, in the order they came. */
export function useMembers(projectId: string) {
  return useQuery({ queryKey: membersKey(projectId), queryFn: ({ signal }) => api.listMembers(projectId, signal), staleTime: 0 })
}

/** Gives somebody a role. */
export function useChangeRole(projectId: string) {
  const invalidate = useInvalidation(projectId)
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) => api.changeMember(projectId, userId, { role }),
    onSettled: invalidate,
  })
}

/** Makes somebody the owner in one's own place: first they become one, then one steps back, so that there is always an owner. */
export function useHandOver(projectId: string) {
  const invalidate = useInvalidation(projectId)
  return useMutation({
    mutationFn: async ({ from, to }: { from: string; to: Member }) => {
      if (to.role !== 'owner') await api.changeMember(projectId, to.userId, { role: 'owner' })
      await api.changeMember(projectId, from, { role: 'editor' })
    },
    onSettled: invalidate,
  })
}

/** Takes somebody out, or oneself. */
export function useRemoveMember(projectId: string) {
  const invalidate = useInvalidation(projectId)
  return useMutation({ mutationFn: (userId: string) => api.removeMember(projectId, userId), onSettled: invalidate })
}

/** Reads again what a change of members changes, also after a failure: it may have failed because things had changed. */
function useInvalidation(projectId: string) {
  const queries = useQueryClient()
  return () => {
    void queries.invalidateQueries({ queryKey: ['projects'] })
    void queries.invalidateQueries({ queryKey: ['project', projectId] })
    void queries.invalidateQueries({ queryKey: auditKey(projectId) })
    return queries.invalidateQueries({ queryKey: membersKey(projectId) })
  }
}
