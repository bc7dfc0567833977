// Says whom one follows, and stops it.

import { useSyncExternalStore } from 'react'
import type { Following } from '../editor/following.ts'
import type { PresentPerson } from '../../shared/wire/events.ts'
import { LiveRegion } from '../ui/live-region.tsx'

interface FollowBannerProps {
  following: Following
  present: readonly PresentPerson[]
}

/** Over the upper end of the text; it moves nothing. */
export function FollowBanner({ following, present }: FollowBannerProps) {
  const userId = useFollowed(following)
  const person = present.find((one) => one.userId === userId)
  const words = userId === null ? '' : person ? `Following ${person.name}` : 'Whom you follow has left'
  return (
    <>
      <LiveRegion message={words} />
      {userId !== null && (
        <div className="pointer-events-none absolute inset-x-0 top-2 z-20 flex justify-center">
          <p
            style={{ borderColor: person?.color }}
            className="pointer-events-auto flex max-w-[90%] animate-appear items-center gap-2 rounded-full border-2 border-line bg-raised py-1 pr-1 pl-3 text-sm shadow-float"
          >
            <span className="truncate">{words}</span>
            <button
              type="button"
              onClick={() => following.stop()}
              className="rounded-full px-2 py-0.5 font-medium text-accent hover:bg-hover"
            >
              Stop
            </button>
          </p>
        </div>
      )}
    </>
  )
}

/** Whom one follows; renders again when that changes. */
export function useFollowed(following: Following): string | null {
  return useSyncExternalStore(following.subscribe, () => following.userId)
}
