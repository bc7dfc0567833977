// How a person who is here is named: with the role where that limits what they do.

import type { PresentPerson } from '../../shared/wire/events.ts'

/** `Vera Rubin, viewer`; owners and editors by their name alone. */
export function personLabel({ name, role }: PresentPerson): string {
  return role === 'viewer' || role === 'commenter' ? `${name}, ${role}` : name
}
