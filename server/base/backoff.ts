// Waiting times between tries: doubled up to a bound, with jitter so that many waiters do not come back together.

export interface BackoffOptions {
  firstMs: number
  maxMs: number
  /** 0 to 1; tests pass their own. */
  random?: () => number
}

/** The wait before try `attempt` (0 is the first retry), between half and the whole of the doubled time. */
export function backoffMs(attempt: number, { firstMs, maxMs, random = Math.random }: BackoffOptions): number {
  const whole = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30))
  return whole / 2 + (whole / 2) * random()
}
