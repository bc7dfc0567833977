// A list that stays at its end while it grows, and stays put while one reads back in it.

import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** So near to the end counts as at it. */
const nearPx = 32
/** So near to the beginning, what was before is read. */
const beginningPx = 200

export interface EndSticking {
  /** What scrolls, once it is there; `scrollerRef` and `contentRef` say which elements they are. */
  scroller: HTMLDivElement | null
  scrollerRef: (element: HTMLDivElement | null) => void
  contentRef: (element: HTMLElement | null) => void
  isAtEnd: boolean
  onScroll: () => void
  toEnd: () => void
  /** Lets go of the end: something else is to be seen. */
  stay: () => void
}

/** `firstKey` names what is at the top: when another is, it was put before, and what is read stays where it is. */
export function useEndSticking(firstKey: string | undefined, onBeginning: () => void): EndSticking {
  const [scroller, scrollerRef] = useState<HTMLDivElement | null>(null)
  const [content, contentRef] = useState<HTMLElement | null>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const sticks = useRef(true)
  const shown = useRef<{ firstKey: string | undefined; heightPx: number; topPx: number }>({ firstKey, heightPx: 0, topPx: 0 })
  const keep = useCallback(() => {
    if (!scroller) return
    if (sticks.current) scroller.scrollTo({ top: scroller.scrollHeight })
    Object.assign(shown.current, { heightPx: scroller.scrollHeight, topPx: scroller.scrollTop })
  }, [scroller])
  useLayoutEffect(() => {
    const before = shown.current
    const isBefore = before.firstKey !== firstKey && !sticks.current
    if (scroller && isBefore) scroller.scrollBy({ top: scroller.scrollHeight - before.heightPx })
    before.firstKey = firstKey
    keep()
  }, [firstKey, keep, scroller])
  useLayoutEffect(() => {
    if (!scroller || !content) return undefined
    const observer = new ResizeObserver(keep)
    observer.observe(scroller)
    observer.observe(content)
    return () => observer.disconnect()
  }, [keep, scroller, content])
  const onScroll = () => {
    if (!scroller) return
    const { scrollTop, scrollHeight, clientHeight } = scroller
    // Growth moves nothing up: only a person does, and the news of it may come after the next growth.
    const isUp = scrollTop < shown.current.topPx
    shown.current.topPx = scrollTop
    if (scrollHeight - scrollTop - clientHeight <= nearPx) sticks.current = true
    else if (isUp) sticks.current = false
    setAtEnd(sticks.current)
    if (scrollTop < beginningPx) onBeginning()
  }
  const toEnd = () => {
    sticks.current = true
    setAtEnd(true)
    keep()
  }
  const stay = useCallback(() => {
    sticks.current = false
    setAtEnd(false)
  }, [])
  return { scroller, scrollerRef, contentRef, isAtEnd, onScroll, toEnd, stay }
}
