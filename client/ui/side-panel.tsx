// A panel beside the text whose width is dragged, or moved by the arrow keys, and kept by whoever shows it.

import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'

const keyStepPx = 16

/** However wide it was dragged on a large screen: on a small one, with the left panel beside it, a readable width is left to the text. */
const roomForText = { maxWidth: 'max(280px, 100vw - 680px)' } as const

interface SidePanelProps {
  side: 'left' | 'right'
  /** Names the panel for screen readers. */
  label: string
  widthPx: number
  minPx: number
  maxPx: number
  onWidth: (widthPx: number) => void
  children: ReactNode
}

/** The panel and the edge by which it is made wider. */
export function SidePanel({ side, label, widthPx, minPx, maxPx, onWidth, children }: SidePanelProps) {
  const outwards = side === 'left' ? 1 : -1
  const bounded = (width: number) => Math.round(Math.min(maxPx, Math.max(minPx, width)))
  const drag = useDrag((movedPx, atStartPx) => onWidth(bounded(atStartPx + outwards * movedPx)))
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? keyStepPx : event.key === 'ArrowLeft' ? -keyStepPx : 0
    if (step === 0) return
    event.preventDefault()
    onWidth(bounded(widthPx + outwards * step))
  }
  return (
    <aside
      aria-label={label}
      style={{ width: widthPx, ...(side === 'right' ? roomForText : {}) }}
      className={`relative flex min-h-0 shrink-0 flex-col border-line bg-bg-side ${side === 'left' ? 'border-r' : 'border-l'}`}
    >
      {children}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${label.toLowerCase()}`}
        aria-valuenow={widthPx}
        aria-valuemin={minPx}
        aria-valuemax={maxPx}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => drag.begin(event, widthPx)}
        onPointerMove={drag.move}
        onPointerUp={drag.end}
        onPointerCancel={drag.end}
        className={`absolute inset-y-0 z-10 w-2 cursor-col-resize touch-none transition-colors duration-150 hover:bg-accent-soft focus-visible:bg-accent-soft ${side === 'left' ? '-right-1' : '-left-1'}`}
      />
    </aside>
  )
}

/** A drag along the x axis; the pointer is captured, so that it may leave the edge. */
function useDrag(onMove: (movedPx: number, atStartPx: number) => void) {
  const start = useRef<{ x: number; px: number } | null>(null)
  return {
    begin: (event: PointerEvent, px: number) => {
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = { x: event.clientX, px }
    },
    move: (event: PointerEvent) => {
      if (start.current) onMove(event.clientX - start.current.x, start.current.px)
    },
    end: () => {
      start.current = null
    },
  }
}
