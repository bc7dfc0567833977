// A list from the server in each of its states.

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'

interface ListedProps<Data> {
  query: UseQueryResult<Data>
  /** What is listed, as a sentence names it: "The sessions". */
  what: string
  children: (data: Data) => ReactNode
}

/** What came, what is awaited, or what went wrong with a way to ask again. */
export function Listed<Data>({ query, what, children }: ListedProps<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) {
    return (
      <div role="alert" className="grid justify-items-start gap-3">
        <p>
          {what} could not be read. {query.error.message}
        </p>
        <Button onClick={() => void query.refetch()}>Try again</Button>
      </div>
    )
  }
  return (
    <Delayed>
      <div role="status" aria-busy="true" aria-label="Loading" className="grid gap-4 py-2">
        <SkeletonLine className="w-3/5" />
        <SkeletonLine className="w-2/5" />
      </div>
    </Delayed>
  )
}
