// The proposals of the open project that wait for a decision: read, kept true by their event, decided on.

import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import { api } from '../session/api.ts'
import { useOpenProject } from '../session/open-project.ts'
import { interviewPath } from './live-interview.ts'

const pageSize = 200
const keyOf = (projectId: string) => ['proposals', projectId] as const

interface ProposalPage {
  items: Proposal[]
  nextCursor: string | null
}

/** Open ones, oldest first; they follow what everyone says and decides. */
export function useProposals() {
  const { project, provider } = useOpenProject()
  const queries = useQueryClient()
  useEffect(() => {
    const readAnew = () => void queries.invalidateQueries({ queryKey: keyOf(project.id) })
    // Told while nobody here listened.
    readAnew()
    const stops = [provider.events.onReset(readAnew), provider.events.on('proposal', ({ proposal }) => put(queries, project.id, proposal))]
    return () => {
      for (const stop of stops) stop()
    }
  }, [project.id, provider, queries])
  return useQuery({ queryKey: keyOf(project.id), queryFn: ({ signal }) => readAll(project.id, signal), staleTime: Infinity })
}

async function readAll(projectId: string, signal: AbortSignal): Promise<Proposal[]> {
  const proposals: Proposal[] = []
  let cursor: string | null = null
  do {
    const query: string = new URLSearchParams({ limit: String(pageSize), ...(cursor === null ? {} : { cursor }) }).toString()
    const page: ProposalPage = await api.request('GET', `${interviewPath(projectId, '/proposals')}?${query}`, { signal })
    proposals.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return proposals
}

/** One that was decided on is gone; one that is open again is where it was. */
function put(queries: QueryClient, projectId: string, proposal: Proposal): void {
  queries.setQueryData<Proposal[]>(keyOf(projectId), (list) => {
    if (!list) return list
    const at = list.findIndex(({ id }) => id === proposal.id)
    if (proposal.state !== 'open') return at === -1 ? list : list.toSpliced(at, 1)
    return at === -1 ? [...list, proposal] : list.with(at, proposal)
  })
}

/** What is decided about one: in other words or elsewhere, where those are given. */
export interface Decision {
  id: string
  decision: 'accept' | 'reject'
  text?: string
  category?: CategoryKey
}

/** Accepts or rejects one, for everyone. */
export function useDecide() {
  const { project } = useOpenProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, decision, ...change }: Decision) =>
      api.request<Proposal>(
        'POST',
        interviewPath(project.id, `/proposals/${id}/${decision}`),
        decision === 'accept' ? { body: change } : {},
      ),
    onSuccess: (proposal) => put(queries, project.id, proposal),
    // Somebody was quicker, for instance: shown as it is now.
    onError: () => void queries.invalidateQueries({ queryKey: keyOf(project.id) }),
  })
}

/** Accepts all that are open. */
export function useAcceptAll() {
  const { project } = useOpenProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.request<{ accepted: number; refused: number }>('POST', interviewPath(project.id, '/proposals/accept-all')),
    onSettled: () => void queries.invalidateQueries({ queryKey: keyOf(project.id) }),
  })
}
