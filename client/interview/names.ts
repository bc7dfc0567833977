// How people, roles and categories of the interview are called on the page.

import type { Provider } from '../collab/provider.ts'
import { useProviderState } from '../session/open-project.ts'

export interface NamedPerson {
  name: string
  color: string
}

/** Of somebody who is no member any more. */
const goneName = 'A former member'
const goneColor = '#6b6b76'

/** Gives the name and the colour of a member by their id. */
export function usePeople(provider: Provider): (userId: string) => NamedPerson {
  const { members, present } = useProviderState(provider)
  return (userId) =>
    members.find((member) => member.userId === userId) ??
    present.find((person) => person.userId === userId) ?? { name: goneName, color: goneColor }
}

/** `Product manager`; without a role, `Interviewer`. */
export const askedAsName = (askedAs: string | null): string =>
  askedAs === null ? 'Interviewer' : askedAs.charAt(0).toUpperCase() + askedAs.slice(1)
