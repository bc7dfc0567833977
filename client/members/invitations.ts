// Invitation links: making one, looking at one, joining by one, seeing which are open, taking one back.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AcceptedInvitation, CreateInvitationRequest, InvitationPreview } from '../../shared/wire/projects.ts'
import { api } from '../session/api.ts'
import { auditKey } from './audit-key.ts'

const pathOf = (token: string): string => `/api/invitations/${encodeURIComponent(token)}`
const openKey = (projectId: string) => ['invitations', projectId] as const

/** Reads what an invitation is for; anyone who holds the link may. */
export function useInvitation(token: string) {
  return useQuery({ queryKey: ['invitation', token], queryFn: () => api.request<InvitationPreview>('GET', pathOf(token)) })
}

/** Joins the project of an invitation; joining twice is no error. */
export function useAcceptInvitation(token: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.request<AcceptedInvitation>('POST', `${pathOf(token)}/accept`, { body: {} }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['projects'] }),
  })
}

/** Makes a link that lets its holders in with a role. */
export function useCreateInvitation(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (invitation: CreateInvitationRequest) => api.createInvitation(projectId, invitation),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: auditKey(projectId) })
      void queries.invalidateQueries({ queryKey: openKey(projectId) })
    },
  })
}

/** The links that can still be used. */
export function useOpenInvitations(projectId: string) {
  return useQuery({ queryKey: openKey(projectId), queryFn: ({ signal }) => api.listInvitations(projectId, signal), staleTime: 0 })
}

/** Takes a link back: nobody comes in by it any more. */
export function useWithdrawInvitation(projectId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (invitationId: string) => api.withdrawInvitation(projectId, invitationId),
    // Also when it was gone already: the list is read again either way.
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: auditKey(projectId) })
      return queries.invalidateQueries({ queryKey: openKey(projectId) })
    },
  })
}
