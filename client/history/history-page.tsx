// `/p/:id/history`: the versions of the spec, and beside them the one that is looked at.

import { useEffect, useState } from 'react'
import { useSearch } from 'wouter'
import { useOpenProject } from '../session/open-project.ts'
import { useIsWide } from '../ui/media.ts'
import { previousOf } from './compared.ts'
import { VersionDetail } from './version-detail.tsx'
import { VersionList } from './version-list.tsx'
import { useVersions } from './versions.ts'

/** What is looked at stands in the address: `?version=…`, `now` for the live text. On a narrow screen nothing is, at first. */
export function HistoryPage() {
  const { project } = useOpenProject()
  const isWide = useIsWide()
  const [isNamedOnly, setNamedOnly] = useState(false)
  const versions = useVersions(project.id, isNamedOnly)
  const asked = new URLSearchParams(useSearch()).get('version')
  const selected = asked ?? (isWide ? 'now' : null)
  const listAddress = `/p/${project.id}/history`
  const addressOf = (which: string) => `${listAddress}?version=${encodeURIComponent(which)}`
  return (
    <div className="flex min-h-0 flex-1">
      {(isWide || selected === null) && (
        <aside aria-label="History" className="flex min-h-0 flex-col border-r border-line bg-bg-side max-[899px]:flex-1 min-[900px]:w-80">
          <div className="flex min-h-14 items-center justify-between gap-3 px-4">
            <h1 className="font-semibold">History</h1>
            <label className="flex items-center gap-2 text-sm text-muted">
              <input
                type="checkbox"
                checked={isNamedOnly}
                onChange={(event) => setNamedOnly(event.target.checked)}
                className="accent-accent-fill"
              />
              Named only
            </label>
          </div>
          <VersionList versions={versions} selected={selected} addressOf={addressOf} isNamedOnly={isNamedOnly} />
        </aside>
      )}
      {selected !== null && <Selected selected={selected} versions={versions} listAddress={listAddress} addressOf={addressOf} />}
    </div>
  )
}

interface SelectedProps {
  selected: string
  versions: ReturnType<typeof useVersions>
  listAddress: string
  addressOf: (selected: string) => string
}

function Selected({ selected, versions, listAddress, addressOf }: SelectedProps) {
  const version = selected === 'now' ? null : versions.data?.pages.flatMap((page) => page.items).find(({ id }) => id === selected)
  const previous = version === undefined ? undefined : previousOf(versions, version?.id ?? null)
  const isMissing = version === undefined || previous === undefined
  const { hasNextPage, isFetching, fetchNextPage } = versions
  useEffect(() => {
    // An address may name a version of long ago, and the one before the last of a page stands on the next.
    if (isMissing && hasNextPage && !isFetching) void fetchNextPage()
  }, [isMissing, hasNextPage, isFetching, fetchNextPage])
  if (version === undefined) {
    if (!versions.isSuccess || hasNextPage || isFetching) return null
    return <p className="p-6 text-muted">This version is not there any more: it was deleted, or went with age.</p>
  }
  if (previous === undefined) return null
  return (
    <VersionDetail
      key={selected}
      newestId={versions.data?.pages[0]?.items[0]?.id}
      version={version}
      previous={previous}
      listAddress={listAddress}
      addressOf={addressOf}
    />
  )
}
