// The spec as it reads: rendered Markdown beside the text, following it, and scrolled with it. Loaded when it is first opened.

import { useRef, type MouseEvent } from 'react'
import type * as Y from 'yjs'
import type { DocumentPlace } from '../document-place.ts'
import { goToItem } from '../../session/ways.ts'
import { RenderedBlock, wayInside } from '../../ui/markdown/rendered-block.tsx'
import { useBlocks } from './use-blocks.ts'
import { useScrollSync } from './use-scroll-sync.ts'

/** Blocks that are laid out together without anyone noticing. */
const wholeAtMost = 3_000

interface ReadingViewProps {
  text: Y.Text
  place: DocumentPlace
}

/** Follows `text`; the editor and this view scroll each other, whichever the person scrolls. */
export function ReadingView({ text, place }: ReadingViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const blocks = useBlocks(text)
  useScrollSync(scroller, place, blocks)
  if (blocks?.length === 0) return <p className="px-4 py-3 text-sm text-muted">Nothing written yet.</p>
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="document"
      aria-label="The spec as it reads"
      onClick={followFragment}
      className={`${(blocks?.length ?? 0) > wholeAtMost ? 'reading-long ' : ''}reading min-h-0 flex-1 overflow-y-auto px-6 pt-4 pb-[40vh] focus-visible:-outline-offset-2`}
    >
      {blocks?.map((block, index) => (
        <RenderedBlock key={index} {...block} />
      ))}
    </div>
  )
}

/** A link to an item or a heading of this document leads to it; the address of the page stays. */
function followFragment(event: MouseEvent<HTMLDivElement>): void {
  const way = wayInside(event.target)
  if (!way) return
  event.preventDefault()
  if ('item' in way) {
    goToItem(way.item)
    return
  }
  const heading = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-slug]')].find((one) => one.dataset['slug'] === way.slug)
  heading?.scrollIntoView({ block: 'start' })
}
