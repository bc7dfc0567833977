// Who worked on a version: a few circles, the rest as a number, all by name for those who cannot see them.

import type { VersionPerson } from '../../shared/wire/versions.ts'
import { Avatar } from '../ui/avatar.tsx'
import { nameOf } from './version-words.ts'

const shownAtMost = 3

/** Nothing when nobody is known. */
export function Authors({ authors }: { authors: readonly VersionPerson[] }) {
  if (authors.length === 0) return null
  const rest = authors.slice(shownAtMost)
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      {authors.slice(0, shownAtMost).map((person) => (
        <Avatar key={person.userId} name={nameOf(person)} color={person.color} />
      ))}
      {rest.length > 0 && (
        <span className="px-0.5 text-sm text-muted tabular-nums" title={rest.map(nameOf).join(', ')}>
          <span aria-hidden>+{rest.length}</span>
          <span className="sr-only">and {rest.map(nameOf).join(', ')}</span>
        </span>
      )}
    </span>
  )
}
