// The ids of the product: what each is for and how one is recognised at a door.

/** A project's id, and the name of its document at both doors: a UUID in its canonical lower-case form. */
export type ProjectId = string

/** A person's id, given by the authentication library: an opaque string of letters and digits. */
export type UserId = string

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether `value` can name a project; anything else is answered as "not there" without a query. */
export function isProjectId(value: unknown): value is ProjectId {
  return typeof value === 'string' && uuidPattern.test(value)
}

/** Whether `value` can name an invitation: a UUID, as a project's id is. */
export function isInvitationId(value: unknown): value is string {
  return isProjectId(value)
}

/** Whether `value` can name a person; anything else is answered as "not there" without a query. */
export function isUserId(value: unknown): value is UserId {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value)
}
