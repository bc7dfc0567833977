// A part of the page that loads when it is first shown; when it cannot, it says so and leaves the rest alone.

import { Suspense, type ReactNode } from 'react'
import { ErrorBoundary } from './error-boundary.tsx'
import { FailedPart } from './failed-part.tsx'

/** Shows `loading` until what is inside has loaded. */
export function Part({ loading = null, children }: { loading?: ReactNode; children: ReactNode }) {
  return (
    <ErrorBoundary fallback={<FailedPart />}>
      <Suspense fallback={loading}>{children}</Suspense>
    </ErrorBoundary>
  )
}
