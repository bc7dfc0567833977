// Who somebody in the open project is.

import { useOpenProject, useProviderState } from './open-project.ts'

/** Names by user id: of those who were members when one joined, and of all who are here. */
export function useNameOf(): (userId: string) => string {
  const { members, present } = useProviderState(useOpenProject().provider)
  return (userId) => [...present, ...members].find((person) => person.userId === userId)?.name ?? 'A member'
}
