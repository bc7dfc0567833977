// Conflicts around the text: underlined in it, counted in the title, walked through by a key, decided on, announced. Loaded once the text is there.

import { forEachDiagnostic } from '@codemirror/lint'
import { closeHoverTooltips, repositionTooltips, type EditorView } from '@codemirror/view'
import { useEffect, useMemo, useRef, useState } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { Conflict, Resolution } from '../../shared/wire/conflicts.ts'
import { CardSlots } from '../conflicts/card-slots.ts'
import { conflictCards, pinCard } from '../conflicts/conflict-cards.ts'
import { ConflictHints } from '../conflicts/conflict-hints.tsx'
import { conflictDiagnostics, conflictSource, type ConflictDiagnostic } from '../conflicts/conflict-marks.ts'
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
import { showDiagnostics, textMarks } from './text-marks.ts'

const numberOf = (ref: string): number => Number(ref.slice('SPEC-'.length))

/** Nothing to see by itself. */
export function TextConflicts({ place }: { place: DocumentPlace }) {
  useKeptConflicts()
  const { data } = useConflicts('open')
  const counted = data?.filter(isCounted) ?? []
  useTitleCount(counted.length)
  useNews()
  useConflictCommands(place, counted)
  return (
    <>
      <LiveRegion message={counted.length === 0 ? '' : conflictsInWords(counted.length)} />
      <Marks place={place} conflicts={data} />
    </>
  )
}

function useNews(): void {
  const { provider } = useOpenProject()
  const isWide = useIsWide()
  const { live } = useLiveItems()
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
}

function useConflictCommands(place: DocumentPlace, counted: readonly Conflict[]): void {
  const { role } = useOpenProject()
  const isWide = useIsWide()
  const at = useRef(-1)
  const walk = (step: number) => {
    if (counted.length === 0) return
    at.current = (at.current + step + counted.length) % counted.length
    const ref = counted[at.current]?.items[0]?.ref
    if (ref) goToItem(numberOf(ref))
  }
  const showPanel = () => showRightPanel('conflicts', isWide)
  const decideHere = () =>
    place.withEditor((view) => {
      const here = may(role, 'write') ? diagnosticAt(view, view.state.selection.main.head) : undefined
      if (here)
        view.dispatch({ effects: [closeHoverTooltips, pinCard.of({ conflictId: here.conflictId, chosen: 'replace', pos: here.from })] })
      else showPanel()
    })
  const group = 'Conflicts'
  useCommands(
    [
      { id: 'conflicts.next', title: 'Next conflict', group, keys: ['n'], run: () => walk(1) },
      { id: 'conflicts.previous', title: 'Previous conflict', group, keys: ['p'], run: () => walk(-1) },
      { id: 'conflicts.here', title: 'Decide on the conflict at the caret', group, keys: ['Mod-.'], run: decideHere },
      { id: 'conflicts.resolve', title: 'Resolve conflicts', group, words: 'decide merge', run: showPanel },
    ],
    'conflicts',
  )
}

/** The conflict whose words, or whose line, the caret is in. */
function diagnosticAt(view: EditorView, position: number): ConflictDiagnostic | undefined {
  const line = view.state.doc.lineAt(position)
  const found = diagnosticsOf(view).filter(({ from }) => from >= line.from && from <= line.to)
  return found.find(({ from, to }) => from <= position && position <= to) ?? found[0]
}

function diagnosticsOf(view: EditorView, conflictId?: string): ConflictDiagnostic[] {
  const found: ConflictDiagnostic[] = []
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if (!('conflictId' in diagnostic)) return
    const of = { ...(diagnostic as ConflictDiagnostic), from, to }
    if (conflictId === undefined || of.conflictId === conflictId) found.push(of)
  })
  return found
}

function Marks({ place, conflicts }: { place: DocumentPlace; conflicts: readonly Conflict[] | undefined }) {
  const { provider } = useOpenProject()
  const { items } = useLiveItems()
  const [slots] = useState(() => new CardSlots())
  useEffect(() => place.extend([textMarks, conflictCards(slots)]), [place, slots])
  useEffect(() => {
    if (!conflicts || items === null) return
    const byId = new Map(items.map((item) => [item.id, item]))
    const find = (id: string) => {
      const item = byId.get(id)
      return item ? placeOf(item, provider.text) : null
    }
    place.withEditor((view) => showDiagnostics(view, conflictSource, conflictDiagnostics(view.state, conflicts, find, slots)))
  }, [place, conflicts, items, provider, slots])
  const choose = ({ id }: Conflict, chosen: Resolution, hint: HTMLElement) =>
    place.withEditor((view) => {
      // Its words stand in several places: the one that the hint is at.
      const { top } = hint.getBoundingClientRect()
      const distance = ({ from }: ConflictDiagnostic) => Math.abs((view.coordsAtPos(from)?.top ?? Infinity) - top)
      const nearest = diagnosticsOf(view, id).toSorted((a, b) => distance(a) - distance(b))[0]
      if (nearest) view.dispatch({ effects: [closeHoverTooltips, pinCard.of({ conflictId: id, chosen, pos: nearest.from })] })
    })
  const close = () =>
    place.withEditor((view) => {
      view.dispatch({ effects: pinCard.of(null) })
      view.focus()
    })
  const reposition = () => place.withEditor(repositionTooltips)
  return <ConflictHints slots={slots} onChoose={choose} onClose={close} onResize={reposition} />
}
