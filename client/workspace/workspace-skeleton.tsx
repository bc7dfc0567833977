// The shape of the workspace while it loads; shown only when that takes a moment.

import { Delayed, SkeletonLine } from '../ui/delayed.tsx'

/** Header and text as grey bars. */
export function WorkspaceSkeleton() {
  return (
    <Delayed>
      <div role="status" aria-label="Loading the project" className="flex h-full flex-col">
        <div className="flex h-12 items-center gap-3 border-b border-line px-4">
          <SkeletonLine className="w-6" />
          <SkeletonLine className="w-40" />
        </div>
        <TextSkeleton />
      </div>
    </Delayed>
  )
}

/** A page of text as grey bars. */
export function TextSkeleton() {
  return (
    <div aria-hidden className="mx-auto grid w-full max-w-2xl gap-4 px-6 pt-14">
      <SkeletonLine className="mb-2 h-7 w-1/2" />
      <SkeletonLine className="w-full" />
      <SkeletonLine className="w-11/12" />
      <SkeletonLine className="w-4/5" />
      <SkeletonLine className="mt-4 h-6 w-1/3" />
      <SkeletonLine className="w-full" />
      <SkeletonLine className="w-2/3" />
    </div>
  )
}
