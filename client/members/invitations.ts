// Invitation links: making one, looking at one, joining by one.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AcceptedInvitation, CreateInvitationRequest, InvitationPreview } from '../../shared/wire/projects.ts'
import { api } from '../session/api.ts'

const pathOf = (token: string): string => `/api/invitations/${encodeURIComponent(token)}`

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
  return useMutation({
    mutationFn: (invitation: CreateInvitationRequest) => api.createInvitation(projectId, invitation),
  })
}
