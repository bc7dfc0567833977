// Who else is here: a circle a person, the rest as a number.

import type { PresentPerson } from '../../shared/wire/events.ts'
import { Avatar } from '../ui/avatar.tsx'

const shownAtMost = 4

/** The others in the document; one's own circle is the account menu beside it. */
export function People({ present, ownUserId }: { present: readonly PresentPerson[]; ownUserId: string }) {
  const others = present.filter((person) => person.userId !== ownUserId)
  if (others.length === 0) return null
  return (
    <ul aria-label="Who is here" className="flex items-center gap-0.5">
      {others.slice(0, shownAtMost).map((person, index) => (
        <li key={person.userId} className={`flex ${index > 0 ? 'max-sm:hidden' : ''}`}>
          <Avatar name={person.name} color={person.color} label={labelOf(person)} />
        </li>
      ))}
      <Rest people={others.slice(shownAtMost)} className="max-sm:hidden" />
      <Rest people={others.slice(1)} className="sm:hidden" />
    </ul>
  )
}

function Rest({ people, className }: { people: readonly PresentPerson[]; className: string }) {
  if (people.length === 0) return null
  const names = people.map(labelOf).join(', ')
  return (
    <li className={`flex ${className}`}>
      <span
        title={names}
        className="inline-grid h-6 min-w-6 place-items-center rounded-full bg-hover px-1 text-[11px] font-semibold text-muted ring-2 ring-bg tabular-nums"
      >
        <span aria-hidden>+{people.length}</span>
        <span className="sr-only">and {names}</span>
      </span>
    </li>
  )
}

function labelOf({ name, role }: PresentPerson): string {
  return role === 'viewer' || role === 'commenter' ? `${name}, ${role}` : name
}
