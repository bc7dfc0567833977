// One version: what it is, what changed, and what can be done with it.

import ArrowLeft from 'lucide-react/icons/arrow-left'
import { lazy, useState } from 'react'
import { Link } from 'wouter'
import type { Version } from '../../shared/wire/versions.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { Part } from '../ui/part.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useComparison, type Comparison, type Counterpart } from './compared.ts'
import { NowBlame } from './now-blame.tsx'
import { VersionActions } from './version-actions.tsx'
import { momentOf, nameOf, sizeOf, titleOf } from './version-words.ts'

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }))

interface VersionDetailProps {
  /** Null: the text as it is now. */
  version: Version | null
  previous: Version | null
  newestId: string | undefined
  listAddress: string
  addressOf: (selected: string) => string
}

type Shown = Counterpart | 'authors'

const choicesOfVersion: readonly { value: Shown; label: string }[] = [
  { value: 'previous', label: 'The version before' },
  { value: 'now', label: 'Now' },
]
const choicesOfNow: readonly { value: Shown; label: string }[] = [
  { value: 'previous', label: 'Changes' },
  { value: 'authors', label: 'Authors' },
]

/** Fills the place beside the list; on a narrow screen the whole view, with a way back to the list. */
export function VersionDetail({ version, previous, newestId, listAddress, addressOf }: VersionDetailProps) {
  const { project, provider } = useOpenProject()
  const [shown, setShown] = useState<Shown>('previous')
  const [isWhole, setWhole] = useState(false)
  const counterpart = shown === 'now' ? 'now' : 'previous'
  const comparison = useComparison({ projectId: project.id, version, previous, counterpart, text: provider.text, newestId })
  return (
    <section aria-label={version ? titleOf(version) : 'The text as it is now'} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="grid gap-3 border-b border-line px-4 py-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Link
            to={listAddress}
            aria-label="All versions"
            className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-text min-[900px]:hidden"
          >
            <ArrowLeft size={16} aria-hidden />
          </Link>
          <Heading version={version} />
          <VersionActions version={version} addressOf={addressOf} />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm">
          <Segmented
            label={version ? 'Compare with' : 'Show'}
            value={shown}
            choices={version ? choicesOfVersion : choicesOfNow}
            onChange={setShown}
          />
          {shown !== 'authors' && (
            <label className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={isWhole}
                onChange={(event) => setWhole(event.target.checked)}
                className="accent-accent-fill"
              />
              Show what did not change
            </label>
          )}
        </div>
      </div>
      {shown === 'authors' ? <NowBlame projectId={project.id} /> : <Difference comparison={comparison} isWhole={isWhole} />}
    </section>
  )
}

function Heading({ version }: { version: Version | null }) {
  const names = version?.authors.map(nameOf) ?? []
  return (
    <div className="min-w-0 flex-1 basis-40">
      <h1 className="line-clamp-2 font-semibold break-words">{version ? titleOf(version) : 'The text as it is now'}</h1>
      {version && (
        <p className="text-sm text-muted">
          <time dateTime={version.createdAt}>{momentOf(version.createdAt)}</time> · {sizeOf(version.sizeBytes)}
          {names.length > 0 && ` · ${names.join(', ')}`}
        </p>
      )}
    </div>
  )
}

function Difference({ comparison, isWhole }: { comparison: Comparison; isWhole: boolean }) {
  if (comparison.state === 'loading') return <TextSkeleton />
  if (comparison.state === 'failed') {
    return (
      <div role="alert" className="grid justify-items-start gap-3 p-4">
        <p>The texts could not be loaded. {comparison.message}</p>
        <Button onClick={comparison.retry}>Try again</Button>
      </div>
    )
  }
  const { before, after } = comparison
  if (before.text === after.text && !isWhole) return <p className="p-4 text-muted">No difference: both hold the same text.</p>
  return (
    <Part loading={<TextSkeleton />}>
      <DiffView before={before} after={after} isWhole={isWhole} />
    </Part>
  )
}

function TextSkeleton() {
  return (
    <Delayed>
      <div className="grid gap-4 p-4" aria-busy="true" aria-label="Loading the texts" role="status">
        <SkeletonLine className="w-4/5" />
        <SkeletonLine className="w-3/5" />
        <SkeletonLine className="w-2/3" />
      </div>
    </Delayed>
  )
}
