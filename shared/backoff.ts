// Waiting times between tries: doubled up to a bound, with jitter so that a crowd does not come back together.

export interface BackoffOptions {
  firstMs: number
  maxMs: number
  /** 0 to 1; tests pass their own. */
  random?: (() => number) | undefined
}

/** The wait before retry `attempt` (1 is the first), between half and the whole of the doubled time, in ms. */
export function backoffMs(attempt: number, { firstMs, maxMs, random = Math.random }: BackoffOptions): number {
  const wholeMs = Math.min(maxMs, firstMs * 2 ** Math.min(Math.max(attempt - 1, 0), 30))
  return wholeMs / 2 + (wholeMs / 2) * random()
}
