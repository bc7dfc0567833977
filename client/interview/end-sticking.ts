// A list that stays at its end while it grows, and stays put while one reads back in it.

import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** So near to the end counts as at it. */
const nearPx = 32
/** So near to the beginning, what was before is read. */
const beginningPx = 200

export interface EndSticking {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLUListElement | null>
  isAtEnd: boolean
  onScroll: () => void
  toEnd: () => void
  /** Lets go of the end: something else is to be seen. */
  stay: () => void
}

/** `firstKey` names what is at the top: when another is, it was put before, and what is read stays where it is. */
export function useEndSticking(firstKey: string | undefined, onBeginning: () => void): EndSticking {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLUListElement>(null)
  const sticks = useRef(true)
  const shown = useRef<{ firstKey: string | undefined; heightPx: number }>({ firstKey, heightPx: 0 })
  const [isAtEnd, setAtEnd] = useState(true)
  const keep = useCallback(() => {
    const element = scroller.current
    if (element && sticks.current) element.scrollTop = element.scrollHeight
    if (element) shown.current.heightPx = element.scrollHeight
  }, [])
  useLayoutEffect(() => {
    const element = scroller.current
    const before = shown.current
    if (element && before.firstKey !== firstKey && !sticks.current) element.scrollTop += element.scrollHeight - before.heightPx
    shown.current.firstKey = firstKey
    keep()
  }, [firstKey, keep])
  useLayoutEffect(() => {
    const [element, list] = [scroller.current, content.current]
    if (!element || !list) return undefined
    const observer = new ResizeObserver(keep)
    observer.observe(element)
    observer.observe(list)
    return () => observer.disconnect()
  }, [keep])
  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight <= nearPx
    setAtEnd(sticks.current)
    if (element.scrollTop < beginningPx) onBeginning()
  }
  const toEnd = () => {
    sticks.current = true
    setAtEnd(true)
    keep()
  }
  const stay = useCallback(() => {
    sticks.current = false
  }, [])
  return { scroller, content, isAtEnd, onScroll, toEnd, stay }
}
