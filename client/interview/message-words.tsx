// The words of a message as they read, with a caret behind them while they are being written.

import { useDeferredValue, useMemo, type MouseEvent } from 'react'
import { goToItem } from '../session/ways.ts'
import { markdownBlocks } from '../ui/markdown/markdown-blocks.ts'
import { RenderedBlock, wayInside } from '../ui/markdown/rendered-block.tsx'
import './message-words.css'

/** Markdown, safely; blocks that did not change keep their nodes while the rest grows. */
export function MessageWords({ text, isRunning }: { text: string; isRunning: boolean }) {
  // Rendering may lag behind a fast stream, never behind its end.
  const latest = useDeferredValue(text)
  const shown = isRunning ? latest : text
  const blocks = useMemo(() => markdownBlocks(shown), [shown])
  return (
    <div onClick={followItem} className={`reading message-words ${isRunning ? 'is-running' : ''}`}>
      {blocks.map((block, index) => (
        <RenderedBlock key={index} {...block} />
      ))}
      {isRunning && blocks.length === 0 && <p className="message-thinking">Thinking</p>}
    </div>
  )
}

function followItem(event: MouseEvent<HTMLDivElement>): void {
  const way = wayInside(event.target)
  if (!way) return
  event.preventDefault()
  if ('item' in way) goToItem(way.item)
}
