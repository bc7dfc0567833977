// The outline: the document's headings as a list, the current section marked, a click or Enter to go there.

import { useEffect, useRef, useSyncExternalStore, type ComponentType, type KeyboardEvent } from 'react'
import type { DocumentPlace } from './document-place.ts'

interface OutlineProps {
  place: DocumentPlace
  /** Told after a heading was chosen. */
  onJump?: () => void
  /** What stands behind a heading's words, once it has loaded. */
  Mark?: ComponentType<{ text: string }> | undefined
}

/** Every heading is a button; the arrow keys go from one to the next. */
export function Outline({ place, onJump, Mark }: OutlineProps) {
  const { headings, current } = useSyncExternalStore(place.subscribe, () => place.snapshot)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // The mark stays in sight; a list that someone works in is left where it is.
    const isInUse = list.current?.contains(document.activeElement) === true
    if (!isInUse) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  if (headings.length === 0) {
    return <p className="px-4 py-3 text-sm text-muted">No headings yet. A line that begins with # becomes one.</p>
  }
  const top = Math.min(...headings.map((heading) => heading.level))
  const jump = (index: number) => {
    place.jumpTo(index)
    onJump?.()
  }
  return (
    <ul ref={list} onKeyDown={moveFocus} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
      {headings.map((heading, index) => (
        <li key={index}>
          <button
            type="button"
            onClick={() => jump(index)}
            aria-current={index === current ? 'location' : undefined}
            style={{ paddingLeft: 8 + Math.min(heading.level - top, 4) * 12 }}
            title={heading.text}
            className={`flex w-full items-center gap-2 rounded-md py-1 pr-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 aria-[current]:bg-accent-soft aria-[current]:text-accent ${heading.level === top ? 'font-medium' : 'text-muted'}`}
          >
            <span className="min-w-0 flex-1 truncate">{heading.text || 'Untitled'}</span>
            {Mark && <Mark text={heading.text} />}
          </button>
        </li>
      ))}
    </ul>
  )
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  buttons[Math.min(buttons.length - 1, Math.max(0, to))]?.focus()
}
