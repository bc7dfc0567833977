// Which projects the list shows, as the address says it: `/?q=pay&archived`.

import { useSearchParams } from 'wouter'
import type { ProjectFilter } from './projects.ts'

/** The filter in the address, and the way to change what is searched for; typing does not fill the history. */
export function useProjectFilter(): { filter: ProjectFilter; setQuery: (q: string) => void } {
  const [params, setParams] = useSearchParams()
  const filter = { q: params.get('q') ?? '', archived: params.has('archived') }
  const setQuery = (q: string) => setParams(paramsOf({ ...filter, q }), { replace: true })
  return { filter, setQuery }
}

/** The address of a filter. */
export function filterAddress(filter: ProjectFilter): string {
  const query = paramsOf(filter).toString()
  return query === '' ? '/' : `/?${query}`
}

function paramsOf({ q, archived }: ProjectFilter): URLSearchParams {
  const params = new URLSearchParams()
  if (q !== '') params.set('q', q)
  if (archived) params.set('archived', 'true')
  return params
}
