// Conflicts around the text: underlined in it, counted in the title, walked through by a key, announced. Loaded once the text is there.

import { useEffect, useMemo, useRef } from 'react'
import { conflictMarks, showConflicts } from '../conflicts/conflict-marks.ts'
import { useConflictNews } from '../conflicts/conflict-news.ts'
import { conflictsInWords, isCounted, useConflicts, useKeptConflicts } from '../conflicts/conflicts-data.ts'
import type { DocumentPlace } from '../editor/document-place.ts'
import { placeOf } from '../items/item-place.ts'
import { useLiveItems } from '../items/use-items.ts'
import { useOpenProject } from '../session/open-project.ts'
import { goToItem } from '../session/ways.ts'
import { useCommands } from '../ui/commands.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import { useIsWide } from '../ui/media.ts'
import { useTitleCount } from '../ui/page-title.ts'
import { showRightPanel } from './panel-layout.ts'

const numberOf = (ref: string): number => Number(ref.slice('SPEC-'.length))

/** Nothing to see by itself. */
export function TextConflicts({ place }: { place: DocumentPlace }) {
  const { provider } = useOpenProject()
  const isWide = useIsWide()
  useKeptConflicts()
  const { data } = useConflicts('open')
  const { items, live } = useLiveItems()
  const at = useRef(-1)
  const counted = data?.filter(isCounted) ?? []
  useTitleCount(counted.length)
  useConflictNews(
    useMemo(
      () => ({
        find: (id) => {
          const item = live.state.items?.find((candidate) => candidate.id === id)
          const from = item ? placeOf(item, provider.text) : null
          return item && from !== null ? { from, to: from + ((item.to ?? 0) - (item.from ?? 0)) } : null
        },
        show: ({ items: [first] }) => first && goToItem(numberOf(first.ref)),
        showAll: () => showRightPanel('conflicts', isWide),
      }),
      [live, provider, isWide],
    ),
  )
  useEffect(() => place.extend(conflictMarks), [place])
  useEffect(() => {
    if (!data || items === null) return
    const byId = new Map(items.map((item) => [item.id, item]))
    place.withEditor((view) =>
      showConflicts(view, data, (id) => {
        const item = byId.get(id)
        return item ? placeOf(item, provider.text) : null
      }),
    )
  }, [place, data, items, provider])
  const walk = (step: number) => {
    if (counted.length === 0) return
    at.current = (at.current + step + counted.length) % counted.length
    const ref = counted[at.current]?.items[0]?.ref
    if (ref) goToItem(numberOf(ref))
  }
  const group = 'Conflicts'
  useCommands(
    [
      { id: 'conflicts.next', title: 'Next conflict', group, keys: ['n'], run: () => walk(1) },
      { id: 'conflicts.previous', title: 'Previous conflict', group, keys: ['p'], run: () => walk(-1) },
      { id: 'conflicts.resolve', title: 'Resolve conflicts', group, words: 'decide merge', run: () => showRightPanel('conflicts', isWide) },
    ],
    'conflicts',
  )
  const count = counted.length
  return <LiveRegion message={count === 0 ? '' : conflictsInWords(count)} />
}
