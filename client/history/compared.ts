// The two texts that the detail of a version compares.

import type * as Y from 'yjs'
import { useMemo } from 'react'
import type { Version } from '../../shared/wire/versions.ts'
import type { ComparedText } from './diff-view.tsx'
import { useVersionText, type useVersions } from './versions.ts'
import { titleOf } from './version-words.ts'

/** With what a version is compared. */
export type Counterpart = 'previous' | 'now'

export type Comparison =
  | { state: 'loading' }
  | { state: 'failed'; message: string; retry: () => void }
  | { state: 'ready'; before: ComparedText; after: ComparedText }

interface ComparisonOptions {
  projectId: string
  /** Null: the live text. */
  version: Version | null
  /** The version before it; null when there is none. */
  previous: Version | null
  counterpart: Counterpart
  text: Y.Text
  /** The newest version: the live text is taken anew when there is another one. */
  newestId: string | undefined
}

/** The live text is taken when it is asked for, and stays: a comparison that moves while it is read is of no use. */
export function useComparison({ projectId, version, previous, counterpart, text, newestId }: ComparisonOptions): Comparison {
  const moment = `${counterpart} ${newestId}`
  // Typing does not change the moment, which is meant so.
  const live = useMemo(() => (moment === '' ? '' : text.toString()), [text, moment])
  const withPrevious = version === null || counterpart === 'previous'
  const own = useVersionText(projectId, version?.id ?? null)
  const other = useVersionText(projectId, withPrevious ? (previous?.id ?? null) : null)
  const now: ComparedText = { text: live, label: 'Now' }
  const failed = own.error ? own : other.error ? other : null
  if (failed?.error) return { state: 'failed', message: failed.error.message, retry: () => void failed.refetch() }
  if ((version && !own.data) || (withPrevious && previous && !other.data)) return { state: 'loading' }
  const shown: ComparedText = version ? { text: own.data?.markdown ?? '', label: titleOf(version) } : now
  if (!withPrevious) return { state: 'ready', before: shown, after: now }
  const before: ComparedText = previous
    ? { text: other.data?.markdown ?? '', label: titleOf(previous) }
    : { text: '', label: 'Nothing before' }
  return { state: 'ready', before, after: shown }
}

/** The version made before one of the list (null: before now); `undefined` while its page is not there yet, which is then asked for. */
export function previousOf(versions: ReturnType<typeof useVersions>, versionId: string | null): Version | null | undefined {
  const items = versions.data?.pages.flatMap((page) => page.items)
  if (!items) return undefined
  const index = versionId === null ? -1 : items.findIndex(({ id }) => id === versionId)
  const next = items[index + 1]
  if (next) return next
  return versions.hasNextPage ? undefined : null
}
