// The list of versions under their days, with the text as it is now at its top.

import Bookmark from 'lucide-react/icons/bookmark'
import FileText from 'lucide-react/icons/file-text'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { Link } from 'wouter'
import type { Version } from '../../shared/wire/versions.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { Authors } from './authors.tsx'
import type { useVersions } from './versions.ts'
import { byDay, nameOf, sizeOf, timeOf, titleOf } from './version-words.ts'

interface VersionListProps {
  versions: ReturnType<typeof useVersions>
  /** The version whose detail is shown; `now` for the live text, null for none. */
  selected: string | null
  addressOf: (selected: string) => string
  isNamedOnly: boolean
}

const rowLook =
  'flex min-h-12 items-center gap-2 border-l-2 border-transparent px-4 py-2 hover:bg-hover aria-[current]:border-accent aria-[current]:bg-accent-soft'

/** Real links: each version has an address. */
export function VersionList({ versions, selected, addressOf, isNamedOnly }: VersionListProps) {
  const items = versions.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <nav aria-label="Versions" className="min-h-0 flex-1 overflow-y-auto pb-6">
      <Link to={addressOf('now')} aria-current={selected === 'now' ? 'true' : undefined} className={rowLook}>
        <FileText size={16} aria-hidden className="shrink-0 text-muted" />
        <span className="font-medium">Now</span>
      </Link>
      {versions.isPending && <ListSkeleton />}
      {versions.error && (
        <div role="alert" className="grid justify-items-start gap-3 px-4 py-3">
          <p>The versions could not be listed; nothing happened to them. {versions.error.message}</p>
          <Button onClick={() => void versions.refetch()}>Try again</Button>
        </div>
      )}
      {versions.isSuccess && items.length === 0 && <NoVersions isNamedOnly={isNamedOnly} />}
      {byDay(items).map((day) => (
        <section key={day.label} aria-label={day.label}>
          <h2 className="px-4 pt-4 pb-1 text-sm font-medium text-muted">{day.label}</h2>
          <ul>
            {day.versions.map((version) => (
              <li key={version.id}>
                <Link to={addressOf(version.id)} aria-current={selected === version.id ? 'true' : undefined} className={rowLook}>
                  <VersionRow version={version} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {versions.hasNextPage && (
        <Button className="mx-4 mt-3" disabled={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          Show older
        </Button>
      )}
    </nav>
  )
}

function VersionRow({ version }: { version: Version }) {
  const isPlain = version.name === null && version.kind !== 'restore' && version.kind !== 'before_restore'
  const time = timeOf(version.createdAt)
  return (
    <>
      <span className="grid min-w-0 flex-1">
        <span className={`flex items-center gap-1.5 ${isPlain ? '' : 'font-medium'}`}>
          {version.name !== null && <Bookmark size={14} aria-label="Named" className="shrink-0 text-accent" />}
          {version.kind === 'restore' && version.name === null && <RotateCcw size={14} aria-hidden className="shrink-0 text-muted" />}
          <span className="truncate">{isPlain ? time : titleOf(version)}</span>
        </span>
        <span className="truncate text-sm text-muted tabular-nums">
          {[isPlain ? [] : time, whoOf(version.authors), sizeOf(version.sizeBytes)].flat().join(' · ')}
        </span>
      </span>
      <Authors authors={version.authors} />
    </>
  )
}

/** Nothing when nobody is known: the starting text is nobody's. */
function whoOf(authors: Version['authors']): string[] {
  const [first, ...others] = authors.map(nameOf)
  if (first === undefined) return []
  return [others.length === 0 ? first : `${first} and ${others.length} more`]
}

function NoVersions({ isNamedOnly }: { isNamedOnly: boolean }) {
  return (
    <p className="px-4 py-3 text-muted">
      {isNamedOnly
        ? 'No version has a name yet. A named one is kept for ever.'
        : 'No version yet. One is kept by itself after each stretch of work, and whenever you name one.'}
    </p>
  )
}

function ListSkeleton() {
  return (
    <Delayed>
      <div className="grid gap-6 px-4 py-4" aria-busy="true" aria-label="Loading the versions" role="status">
        <SkeletonLine className="w-3/5" />
        <SkeletonLine className="w-2/5" />
        <SkeletonLine className="w-1/2" />
      </div>
    </Delayed>
  )
}
