// The live text with its authors, as it was when this was opened, and a way to read it anew.

import { lazy } from 'react'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { Part } from '../ui/part.tsx'
import { useBlame } from './versions.ts'

const BlameView = lazy(async () => ({ default: (await import('./blame-view.tsx')).BlameView }))

/** Loads what it shows when it is first shown. */
export function NowBlame({ projectId }: { projectId: string }) {
  const blame = useBlame(projectId)
  if (blame.error && !blame.data) {
    return (
      <div role="alert" className="grid justify-items-start gap-3 p-4">
        <p>Who wrote what could not be loaded. {blame.error.message}</p>
        <Button onClick={() => void blame.refetch()}>Try again</Button>
      </div>
    )
  }
  const loading = (
    <Delayed>
      <div className="grid gap-4 p-4" aria-busy="true" aria-label="Loading the authors" role="status">
        <SkeletonLine className="w-4/5" />
        <SkeletonLine className="w-3/5" />
      </div>
    </Delayed>
  )
  if (!blame.data) return loading
  return (
    <Part loading={loading}>
      <BlameView blame={blame.data} />
    </Part>
  )
}
