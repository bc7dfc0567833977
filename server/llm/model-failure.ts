// What goes wrong with a model, by name. It carries no word of what the provider said, which may repeat the key or the prompt.

import { APICallError, JSONParseError, TypeValidationError } from 'ai'

/**
 * `refused`: the provider will not, whoever asks; `unfit`: not this prompt; `busy`: too many calls wait here already; `broken`: it failed too
 * often and is left alone; `stopped`: whoever asked wants it no more.
 */
export type ModelFailureKind = 'overloaded' | 'refused' | 'unfit' | 'cut' | 'stalled' | 'malformed' | 'busy' | 'broken' | 'stopped'

const triedAgain: ReadonlySet<ModelFailureKind> = new Set(['overloaded', 'cut'])
const faultsOfTheModel: ReadonlySet<ModelFailureKind> = new Set(['overloaded', 'refused', 'cut', 'stalled', 'malformed'])

export interface ModelFailureFacts {
  /** Of HTTP. */
  status?: number | undefined
  /** The provider's wish. */
  retryAfterMs?: number | undefined
}

/** Errors of every call to a model. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
  readonly kind: ModelFailureKind
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(kind: ModelFailureKind, { status, retryAfterMs }: ModelFailureFacts = {}) {
    super(`the model failed: ${kind}`)
    this.kind = kind
    this.status = status
    this.retryAfterMs = retryAfterMs
  }

  /** Whether another try may do better, as long as nobody has seen words. */
  get mayBeTriedAgain(): boolean {
    return triedAgain.has(this.kind)
  }

  /** Whether it says that the model is not well, rather than something about this call. */
  get isFaultOfTheModel(): boolean {
    return faultsOfTheModel.has(this.kind)
  }
}

/** What an error of the AI SDK, or of the network below it, comes to. */
export function toModelFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error
  const status = statusOf(error)
  if (status !== undefined && status >= 300) return new ModelFailure(kindOfStatus(status), { status, retryAfterMs: retryAfterOf(error) })
  // With a good status the line went down on the way, unless the words that came are to blame.
  const cause = status === undefined || !(error instanceof Error) ? error : error.cause
  if (JSONParseError.isInstance(cause) || TypeValidationError.isInstance(cause)) return new ModelFailure('malformed')
  return new ModelFailure('cut')
}

/** What is told inside of an answer is no Error, and says by its code or its type which status it would have had. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { statusCode, status, code, type } = error as Partial<Record<'statusCode' | 'status' | 'code' | 'type', unknown>>
  const told = [statusCode, status, code].map(Number).find((number) => Number.isInteger(number) && number >= 100 && number < 600)
  return told ?? statusOfType.get(String(type)) ?? statusOfType.get(String(code))
}

const statusOfType: ReadonlyMap<string, number> = new Map([
  ['overloaded_error', 529],
  ['rate_limit_error', 429],
  ['rate_limit_exceeded', 429],
  ['api_error', 500],
  ['server_error', 500],
  ['timeout_error', 504],
  ['authentication_error', 401],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['invalid_request_error', 400],
])

const unfitStatuses: ReadonlySet<number> = new Set([400, 413, 422])
const overloadStatuses: ReadonlySet<number> = new Set([408, 409, 425, 429])

function kindOfStatus(status: number): ModelFailureKind {
  if (unfitStatuses.has(status)) return 'unfit'
  return overloadStatuses.has(status) || status >= 500 ? 'overloaded' : 'refused'
}

function retryAfterOf(error: unknown): number | undefined {
  const seconds = APICallError.isInstance(error) ? Number(error.responseHeaders?.['retry-after'] ?? Number.NaN) : Number.NaN
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}
