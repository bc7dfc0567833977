// Shows its content only after a moment, so that what loads quickly never flashes a skeleton.

import { useEffect, useState, type ReactNode } from 'react'

/** Renders `children` once `afterMs` have passed since it was mounted. */
export function Delayed({ afterMs = 200, children }: { afterMs?: number; children: ReactNode }) {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isDue ? children : null
}

/** A grey bar where a line of text will be; `className` gives its width. */
export function SkeletonLine({ className = '' }: { className?: string }) {
  return <div aria-hidden className={`h-4 animate-pulse rounded-md bg-hover ${className}`} />
}
