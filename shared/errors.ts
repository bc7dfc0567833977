// The error table: every code a client can meet, with its message, HTTP status, and whether trying again can help.

import { clientFault, localErrorTable, passing } from './local-errors.ts'

interface ErrorEntry {
  /** What a person reads: what happened and what to do. */
  readonly message: string
  readonly status: number
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean
  /** Whose fault it is: `warn` for a client's, `error` for ours. */
  readonly level: 'warn' | 'error'
}

export const errorTable = {
  ...localErrorTable,
  invalid_credentials: clientFault(401, 'The email or the password is not right.'),
  wrong_password: clientFault(403, 'This is not your password.'),
  forbidden: clientFault(403, 'Your role in this project does not allow this.'),
  token_not_allowed: clientFault(403, 'This API token was not made for that: use one with a wider scope, or sign in.'),
  reset_not_allowed: clientFault(
    403,
    'A link made by you could open projects that are not yours: this person asks for one by mail, or from whoever runs this server.',
  ),
  origin_not_allowed: clientFault(403, 'A cookie signs in only from the address this server is served from.'),
  not_found: clientFault(404, 'There is nothing here, or you are not a member of it.'),
  invitation_not_found: clientFault(404, 'This invitation was withdrawn, has expired, or never was.'),
  invitation_for_other: clientFault(403, 'This invitation is for another email address.'),
  session_not_found: clientFault(404, 'You have no session of this id; it may have ended already.'),
  api_token_not_found: clientFault(404, 'You have no API token of this id; it may have been deleted already.'),
  reset_link_not_found: clientFault(404, 'This link was used, has expired, or never was: ask for a new one.'),
  proposal_decided: clientFault(409, 'This proposal was decided on already, or never was.'),
  message_ended: clientFault(409, 'This message has ended already.'),
  message_not_open: clientFault(409, 'This question does not wait for an answer any more.'),
  message_not_cut: clientFault(409, 'Only a message that ended early can be tried again or continued, and only once.'),
  model_not_found: clientFault(404, 'This server has no model of that name.'),
  notice_not_found: clientFault(404, 'There is no such notice now: it was dismissed, or what it was about is mended.'),
  method_not_allowed: clientFault(405, 'This address does not take that method.'),
  not_acceptable: clientFault(406, 'Ask for text/markdown or application/json.'),
  already_exists: clientFault(409, 'That is already taken.'),
  too_many_versions: clientFault(409, 'This project has as many named versions as it may have: take the name off one first.'),
  owns_projects: clientFault(409, 'You are the only owner of projects that others are in: make somebody else an owner first.'),
  too_many_tokens: clientFault(409, 'You have as many API tokens as one person may: delete one first.'),
  mail_not_configured: clientFault(409, 'This server sends no mail: ask an owner of one of your projects for a link.'),
  base_not_held: clientFault(412, 'The text you started from is no longer held: read the spec again and repeat the change.'),
  last_owner: clientFault(409, 'A project needs an owner: make somebody else one first.'),
  project_archived: clientFault(409, 'This project is archived: it can be read, and its owner can bring it back.'),
  conflict_changed: clientFault(409, 'This conflict is not what you have seen any more: look at it as it is now, and decide again.'),
  gate_closed: clientFault(409, 'The gate of this phase is closed: meet its conditions, or have an owner pass it for a written reason.'),
  phase_changed: clientFault(409, 'Somebody else changed the phase at the same time: look at it again.'),
  document_full: clientFault(413, 'The document is at its size limit: remove something first.'),
  too_large: clientFault(413, 'This is larger than the limit.'),
  unsupported_media_type: clientFault(415, 'Send text/markdown or application/json.'),
  awareness_too_large: clientFault(413, 'A presence state may not be this large.'),
  invalid_request: clientFault(422, 'The request has not the expected shape.'),
  item_not_writable: clientFault(422, 'These words do not read as one item at that place: change them, or write them into the text.'),
  invalid_frame: clientFault(422, 'These bytes are no message of the Yjs sync protocol.'),
  not_text: clientFault(422, 'This is not text in UTF-8.'),
  not_joined: clientFault(409, 'Join the project first.'),
  protocol_unsupported: clientFault(400, 'This page and the server do not speak the same version: load the page again.'),
  polling_not_supported: clientFault(400, "Connect with transports: ['websocket']; long polling is not served."),
  too_many_projects: clientFault(409, 'You own as many projects as one person may: hand one over to somebody else first.'),
  project_full: clientFault(409, 'As many people as a project takes are in it: an owner has to remove someone first.'),
  too_many_invitations: clientFault(409, 'As many invitations as a project takes are open: withdraw one first.'),
  rate_limited: passing(429, 'Too many requests: wait and try again.'),
  too_many_connections: passing(429, 'There are too many open connections: close one and try again.'),
  document_crowded: passing(503, 'As many people as this document takes are in it: try again later.'),
  slow_consumer: passing(503, 'The connection could not keep up and was closed: it will load again.'),
  interviewer_failed: passing(503, 'The interviewer could not answer: try again.'),
  store_unavailable: passing(503, 'The database cannot be reached; nothing was lost, try again.'),
  overloaded: passing(503, 'More is waiting to be saved than this server may hold: try again in a moment.'),
  draining: passing(503, 'This server is stopping: connect again.'),
  internal: { message: 'Something went wrong on our side; it has been logged.', status: 500, retryable: true, level: 'error' },
} as const satisfies Record<string, ErrorEntry>

/** Every code of the table; metrics use it as a closed list of label values. */
export type ErrorCode = keyof typeof errorTable

/** What a client receives in place of a result. */
export interface ErrorBody {
  code: ErrorCode
  message: string
  retryable: boolean
}

/** What an event that was asked for is refused with. */
export interface RefusalBody extends ErrorBody {
  /** Facts that help to mend the request, where the event's description says so. */
  details?: Readonly<Record<string, unknown>>
}

/** Whether `value` is a code of the table. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value)
}

/** A failure with a code of the table; the only kind of error that is meant for a client. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** Facts that help the caller mend the request: field paths, limits, the current revision. Never secrets. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, options: { message?: string; details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(options.message ?? errorTable[code].message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }

  get status(): number {
    return errorTable[this.code].status
  }

  get retryable(): boolean {
    return errorTable[this.code].retryable
  }

  /** The part of the error that leaves the server: no stack, no cause. */
  toBody(): ErrorBody {
    return { code: this.code, message: this.message, retryable: this.retryable }
  }
}

/** Wraps whatever was thrown, once, at a door: an AppError stays as it is, anything else becomes `internal` with its cause kept for the log. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal', { cause: thrown })
}
