// The button that shows or hides a side panel; it says which it is now.

import PanelLeft from 'lucide-react/icons/panel-left'
import PanelRight from 'lucide-react/icons/panel-right'
import { useIsWide } from '../ui/media.ts'
import { togglePanel, usePanelLayout, type PanelSide } from './panel-layout.ts'
import { rightPanelOf } from './right-panels.ts'

const faces = {
  left: { icon: PanelLeft, key: '[' },
  right: { icon: PanelRight, key: ']' },
} as const

/** Only on a wide screen, and only where there is a panel: on a narrow one the bottom bar opens them. */
export function PanelToggle({ side }: { side: PanelSide }) {
  const { open, rightKey } = usePanelLayout()
  const isWide = useIsWide()
  const label = side === 'left' ? 'Outline' : rightPanelOf(rightKey)?.label
  if (!isWide || label === undefined) return null
  const { icon: Icon, key } = faces[side]
  return (
    <button
      type="button"
      aria-pressed={open[side]}
      aria-label={label}
      title={`${open[side] ? 'Hide' : 'Show'} ${label.toLowerCase()} (${key})`}
      onClick={() => togglePanel(side, true)}
      className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text aria-pressed:text-text"
    >
      <Icon size={16} aria-hidden />
    </button>
  )
}
