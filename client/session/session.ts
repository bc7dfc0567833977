// Who is signed in, by the cookie alone: asking, signing up, in and out.

import { QueryCache, QueryClient, useQuery } from '@tanstack/react-query'
import { ApiError } from '../net/api-error.ts'
import { api } from './api.ts'
import { deleteCopiesOf } from './copy-names.ts'

/** The person who is signed in. */
export interface Person {
  userId: string
  name: string
  email: string
}

const sessionKey = ['session'] as const
const endListeners = new Set<() => void>()

/** Queries of the whole page: retried only where that can help; an answer that says "not signed in" ends the session here too. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiError && error.status === 401) forgetSession()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.retryable,
    },
  },
})

// Tabs of one browser share the cookie: when one signs out or in, the others must ask again.
const otherTabs = new BroadcastChannel('elenchus.session')
otherTabs.addEventListener('message', () => {
  void queryClient.invalidateQueries({ queryKey: sessionKey })
})

async function readSession(): Promise<Person | null> {
  const answer = await api.getSession()
  return answer ? { userId: answer.user.id, name: answer.user.name, email: answer.user.email } : null
}

/** The session: `data` is null for nobody; `error` is set while the server cannot say. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 })
}

/** The person signed in; only below `SignedIn`, which shows nothing else without one. */
export function usePerson(): Person {
  const { data } = useSession()
  if (!data) throw new Error('usePerson outside of SignedIn')
  return data
}

/** Creates an account and signs in. Rejects with an ApiError. */
export async function signUp(fields: { name: string; email: string; password: string }): Promise<void> {
  await api.signUp(fields)
  await beginSession()
}

/** Signs in. Rejects with an ApiError. */
export async function signIn(fields: { email: string; password: string }): Promise<void> {
  await api.signIn(fields)
  await beginSession()
}

async function beginSession(): Promise<void> {
  await queryClient.fetchQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 0 })
  otherTabs.postMessage('changed')
}

/** Ends the session and deletes that person's offline copies. Rejects, with nothing changed, when the server cannot be reached. */
export async function signOut(person: Person): Promise<void> {
  await api.signOut()
  await endAccount(person)
}

/** Asks again who is signed in, here and in the other tabs: the name changed, or the session ended elsewhere. */
export async function refreshSession(): Promise<void> {
  otherTabs.postMessage('changed')
  await queryClient.invalidateQueries({ queryKey: sessionKey })
}

/** Takes the pages of somebody whose session, or account, has ended for good to the signed-out state, and deletes their offline copies. */
export async function endAccount(person: Person): Promise<void> {
  otherTabs.postMessage('changed')
  // First the pages go, so that what keeps a copy lets go of it; then the copies.
  forgetSession()
  await deleteCopiesOf(person.userId)
}

/** Calls `listener` when the session of this page ends: for what speaks in the person's name. Stays for the life of the page. */
export function onSessionEnd(listener: () => void): void {
  endListeners.add(listener)
}

/** Takes this page to the signed-out state; offline copies stay for when the same person returns. */
export function forgetSession(): void {
  for (const listener of endListeners) listener()
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] })
  queryClient.setQueryData(sessionKey, null)
}
