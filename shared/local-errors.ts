// The errors that a client also finds out by itself: a table of their own, so that the page does not carry the whole one.

// The status stays a literal in the type, so that a route's description knows which answers it has.
/** An entry for what the client has to change before it asks again. */
export const clientFault = <Status extends number>(status: Status, message: string) =>
  ({ message, status, retryable: false, level: 'warn' }) as const
/** An entry for what passes by itself. */
export const passing = <Status extends number>(status: Status, message: string) =>
  ({ message, status, retryable: true, level: 'warn' }) as const

/** Part of the error table of `errors.ts`. */
export const localErrorTable = {
  unauthenticated: clientFault(401, 'Sign in first: the session is missing, ended or expired.'),
  access_lost: clientFault(403, 'You no longer have access to this project.'),
  read_only: clientFault(403, 'You may read this document, not change it.'),
  stale_epoch: clientFault(409, 'The history of this document was replaced: drop the local copy and load it again.'),
  timeout: passing(504, 'This took too long: try again.'),
}

/** The body of an error that the client found out by itself, as the server would have sent it. */
export function localError(code: keyof typeof localErrorTable) {
  const { message, retryable } = localErrorTable[code]
  return { code, message, retryable }
}
