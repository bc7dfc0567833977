// Editor and reading view at the same place: whichever the person is in leads, the other follows by the blocks of the text.

import { useEffect, type RefObject } from 'react'
import type { DocumentPlace } from '../document-place.ts'
import type { MarkdownBlock } from '../../ui/markdown/markdown-blocks.ts'

/** What is read stands this far under the top edge, in both. */
const topMarginPx = 48

/** Keeps `scroller` and the editor of `place` together while `blocks` are shown in it. */
export function useScrollSync(
  scroller: RefObject<HTMLElement | null>,
  place: DocumentPlace,
  blocks: readonly MarkdownBlock[] | null,
): void {
  const isShown = blocks !== null && blocks.length > 0
  useEffect(() => {
    const element = scroller.current
    if (!isShown || !element) return undefined
    let leads = false
    const lead = () => {
      leads = true
    }
    const follow = () => {
      leads = false
    }
    const showEditorsPlace = () => {
      if (!leads) scrollToPosition(element, place.topPosition)
    }
    const onScroll = () => {
      const position = leads ? positionAtTop(element) : null
      if (position !== null) place.scrollTo(position)
    }
    showEditorsPlace()
    const stop = place.onScroll(showEditorsPlace)
    const leading = ['pointerenter', 'touchstart', 'focusin', 'wheel'] as const
    for (const name of leading) element.addEventListener(name, lead, { passive: true })
    element.addEventListener('pointerleave', follow)
    element.addEventListener('focusout', follow)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      stop()
      for (const name of leading) element.removeEventListener(name, lead)
      element.removeEventListener('pointerleave', follow)
      element.removeEventListener('focusout', follow)
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, place, isShown])
}

function blocksIn(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('[data-from]')]
}

const fromOf = (block: HTMLElement): number => Number(block.dataset['from'])

/** Scrolls so that the block that holds `position` is at the top, by as much of it as lies before the position. */
function scrollToPosition(element: HTMLElement, position: number): void {
  const blocks = blocksIn(element)
  const index = Math.max(
    0,
    blocks.findLastIndex((block) => fromOf(block) <= position),
  )
  const block = blocks[index]
  if (!block) return
  const next = blocks[index + 1]
  const length = next ? fromOf(next) - fromOf(block) : 1
  const passed = Math.min(1, Math.max(0, (position - fromOf(block)) / length))
  element.scrollTop = block.offsetTop - element.offsetTop + block.offsetHeight * passed - topMarginPx
}

/** The position of the text that is under the top edge. */
function positionAtTop(element: HTMLElement): number | null {
  const blocks = blocksIn(element)
  const edge = element.scrollTop + element.offsetTop + topMarginPx
  const index = Math.max(
    0,
    blocks.findLastIndex((block) => block.offsetTop <= edge),
  )
  const block = blocks[index]
  if (!block) return null
  const next = blocks[index + 1]
  const length = next ? fromOf(next) - fromOf(block) : 0
  const passed = block.offsetHeight > 0 ? Math.min(1, Math.max(0, (edge - block.offsetTop) / block.offsetHeight)) : 0
  return fromOf(block) + Math.floor(length * passed)
}
