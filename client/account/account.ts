// What the page asks of the server about one's own account.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Account,
  AccountDeletion,
  AccountSession,
  ApiToken,
  ChangePasswordRequest,
  CreateApiTokenRequest,
  NewApiToken,
} from '../../shared/wire/accounts.ts'
import { api } from '../session/api.ts'
import { refreshSession } from '../session/session.ts'

const path = '/api/account'
const keys = {
  account: ['account'],
  sessions: ['account', 'sessions'],
  tokens: ['account', 'tokens'],
  deletion: ['account', 'deletion'],
} as const

/** The account. */
export function useAccount() {
  return useQuery({ queryKey: keys.account, queryFn: ({ signal }) => api.request<Account>('GET', path, { signal }) })
}

/** Takes another name. Rejects with an ApiError. */
export function useRename() {
  const queries = useQueryClient()
  return async (name: string): Promise<void> => {
    await api.request<Account>('PATCH', path, { body: { name } })
    await Promise.all([queries.invalidateQueries({ queryKey: keys.account, exact: true }), refreshSession()])
  }
}

/** Takes another password; gives how many other sessions ended. Rejects with an ApiError. */
export function useChangePassword() {
  const queries = useQueryClient()
  return async (body: ChangePasswordRequest): Promise<number> => {
    const { ended } = await api.request<{ ended: number }>('POST', `${path}/password`, { body })
    await queries.invalidateQueries({ queryKey: keys.sessions })
    return ended
  }
}

/** Where one is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: keys.sessions,
    queryFn: async ({ signal }) => (await api.request<{ items: AccountSession[] }>('GET', `${path}/sessions`, { signal })).items,
    staleTime: 0,
  })
}

/** Ends one session by its id, or all others. */
export function useEndSessions() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (which: { id: string } | 'others') =>
      api.request<unknown>('DELETE', which === 'others' ? `${path}/sessions` : `${path}/sessions/${encodeURIComponent(which.id)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.sessions }),
  })
}

/** One's API tokens. */
export function useTokens() {
  return useQuery({
    queryKey: keys.tokens,
    queryFn: async ({ signal }) => (await api.request<{ items: ApiToken[] }>('GET', `${path}/tokens`, { signal })).items,
    staleTime: 0,
  })
}

/** Makes one; the answer holds it, this once. Rejects with an ApiError. */
export function useCreateToken() {
  const queries = useQueryClient()
  return async (body: CreateApiTokenRequest): Promise<NewApiToken> => {
    const made = await api.request<NewApiToken>('POST', `${path}/tokens`, { body })
    await queries.invalidateQueries({ queryKey: keys.tokens })
    return made
  }
}

/** Deletes one. */
export function useDeleteToken() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.request<null>('DELETE', `${path}/tokens/${encodeURIComponent(id)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.tokens }),
  })
}

/** The person's projects, for a token that is for some of them. */
export function useOwnProjects(isWanted: boolean) {
  return useQuery({
    queryKey: ['account', 'projects'],
    queryFn: async ({ signal }) => (await api.listProjects({ limit: 200 }, signal)).items,
    enabled: isWanted,
  })
}

/** What deleting the account would do. */
export function useDeletion() {
  return useQuery({
    queryKey: keys.deletion,
    queryFn: ({ signal }) => api.request<AccountDeletion>('GET', `${path}/deletion`, { signal }),
    staleTime: 0,
  })
}

/** Deletes the account. Rejects with an ApiError. */
export async function deleteAccount(password: string): Promise<void> {
  await api.request<null>('POST', `${path}/deletion`, { body: { password } })
}
