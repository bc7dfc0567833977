// When a call may begin, when it is tried again, and when nobody calls any more because it fails each time.

import {
  bulkhead,
  BulkheadRejectedError,
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  type BulkheadPolicy,
  type CircuitBreakerPolicy,
} from 'cockatiel'
import { ModelFailure } from './model-failure.ts'

export interface CallPolicyOptions {
  /** At once; others wait. */
  callsMax: number
  waitingMax: number
  /** Failures in a row after which nobody calls for `breakerMs`. */
  breakerFailures: number
  breakerMs: number
}

export interface PolicedCall {
  signal: AbortSignal
  canBeTriedAgain: (failure: ModelFailure) => boolean
}

/** Beside the first. */
const furtherTries = 2
const firstRetryMs = 200
/** Who is told to come back later than that does without. */
const longestRetryMs = 2_000

export class CallPolicy {
  readonly #bulkhead: BulkheadPolicy
  readonly #breaker: CircuitBreakerPolicy

  constructor({ callsMax, waitingMax, breakerFailures, breakerMs }: CallPolicyOptions, onBreaker: (isOpen: boolean) => void) {
    this.#bulkhead = bulkhead(callsMax, waitingMax)
    this.#breaker = circuitBreaker(
      // One that was stopped proves nothing; as the one that was to try it out, it must not let all others in.
      handleWhen((error) => isFault(error) || (isStopped(error) && this.#breaker.state === CircuitState.HalfOpen)),
      { halfOpenAfter: breakerMs, breaker: new ConsecutiveBreaker(breakerFailures) },
    )
    this.#breaker.onBreak(() => onBreaker(true))
    this.#breaker.onReset(() => onBreaker(false))
  }

  /** Runs `call` as often as it takes and may. Errors: ModelFailure. */
  async run(call: () => Promise<void>, { signal, canBeTriedAgain }: PolicedCall): Promise<void> {
    const again = retry(
      handleWhen((error) => error instanceof ModelFailure && canBeTriedAgain(error)),
      {
        maxAttempts: furtherTries,
        backoff: new DelegateBackoff(({ attempt, result }) => delayMs(attempt, 'error' in result ? result.error : undefined)),
      },
    )
    try {
      await again.execute(() => this.#bulkhead.execute(() => this.#breaker.execute(call, signal), signal), signal)
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new ModelFailure('busy')
      if (error instanceof BrokenCircuitError) throw new ModelFailure('broken')
      if (error instanceof TaskCancelledError) throw new ModelFailure('stopped')
      throw error
    }
  }
}

const isFault = (error: unknown): boolean => error instanceof ModelFailure && error.isFaultOfTheModel
const isStopped = (error: unknown): boolean => error instanceof ModelFailure && error.kind === 'stopped'

function delayMs(attempt: number, error: unknown): number {
  const ownMs = firstRetryMs * 2 ** attempt * (0.5 + Math.random() / 2)
  const wishedMs = error instanceof ModelFailure ? (error.retryAfterMs ?? 0) : 0
  return Math.min(longestRetryMs, Math.max(ownMs, wishedMs))
}
