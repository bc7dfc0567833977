// Which panels are open and how wide they are, kept in this browser; on a narrow screen, which one lies over the text.

import { useSyncExternalStore } from 'react'
import { keep, readKept } from '../ui/kept.ts'

/** The bounds of each panel's width in px, and what it has until it is dragged. */
export const panelWidths = {
  left: { minPx: 180, maxPx: 420, usualPx: 240 },
  right: { minPx: 320, maxPx: 720, usualPx: 420 },
} as const

export type PanelSide = keyof typeof panelWidths

/** `open` is for wide screens and is kept; `sheet` is for narrow ones and is not: a page never begins with its text covered. */
export interface PanelLayout {
  readonly open: Readonly<Record<PanelSide, boolean>>
  readonly widthPx: Readonly<Record<PanelSide, number>>
  readonly sheet: PanelSide | null
  /** The key of the panel last shown on the right, or null for the first there is. */
  readonly rightKey: string | null
}

const storageKey = 'elenchus.panels'
const listeners = new Set<() => void>()
let layout: PanelLayout = fromKept(readKept(storageKey))

/** A layout out of whatever was kept; what does not fit is as if it had not been there. */
function fromKept(kept: unknown): PanelLayout {
  const record = recordOf(kept)
  const [open, widths] = [recordOf(record['open']), recordOf(record['widthPx'])]
  const widthOf = (side: PanelSide) => {
    const [width, { minPx, maxPx, usualPx }] = [widths[side], panelWidths[side]]
    return typeof width === 'number' && width >= minPx && width <= maxPx ? width : usualPx
  }
  return {
    open: { left: open['left'] !== false, right: open['right'] === true },
    widthPx: { left: widthOf('left'), right: widthOf('right') },
    sheet: null,
    rightKey: typeof record['rightKey'] === 'string' ? record['rightKey'] : null,
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function change(part: Partial<PanelLayout>): void {
  layout = { ...layout, ...part }
  const { open, widthPx, rightKey } = layout
  keep(storageKey, { open, widthPx, rightKey })
  for (const listener of listeners) listener()
}

/** Opens or closes a panel: beside the text where the screen `isWide`, else over it. */
export function togglePanel(side: PanelSide, isWide: boolean): void {
  if (isWide) change({ open: { ...layout.open, [side]: !layout.open[side] } })
  else change({ sheet: layout.sheet === side ? null : side })
}

/** Shows the right panel called `key`. */
export function showRightPanel(key: string, isWide: boolean): void {
  change(isWide ? { rightKey: key, open: { ...layout.open, right: true } } : { rightKey: key, sheet: 'right' })
}

/** Closes the panel that lies over the text, if one does. */
export function closeSheet(): void {
  if (layout.sheet !== null) change({ sheet: null })
}

/** Sets a panel's width in px. */
export function setPanelWidth(side: PanelSide, widthPx: number): void {
  change({ widthPx: { ...layout.widthPx, [side]: widthPx } })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The layout; renders again when it changes. */
export function usePanelLayout(): PanelLayout {
  return useSyncExternalStore(subscribe, () => layout)
}
