// How long is to be waited after a refusal for being too quick, counted down.

import { useEffect, useState } from 'react'
import { ApiError } from '../net/api-error.ts'

const tickMs = 500

/** The whole seconds left of what the server asked to wait; 0 when nothing keeps one from trying again. */
export function useWait(error: Error | null): number {
  const [leftS, setLeftS] = useState(0)
  useEffect(() => {
    const waitMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0
    const untilMs = Date.now() + waitMs
    const look = () => setLeftS(Math.max(0, Math.ceil((untilMs - Date.now()) / 1_000)))
    look()
    if (waitMs === 0) return undefined
    const timer = setInterval(look, tickMs)
    return () => clearInterval(timer)
  }, [error])
  return leftS
}
