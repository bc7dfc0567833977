// Who else is here: a circle a person, which leads to where they are; the rest behind a number.

import type { ButtonHTMLAttributes, Ref } from 'react'
import type { PresentPerson } from '../../shared/wire/events.ts'
import type { Following } from '../editor/following.ts'
import { Avatar } from '../ui/avatar.tsx'
import { FailedPart } from '../ui/failed-part.tsx'
import { useOnDemand } from '../ui/on-demand.ts'
import { useFollowed } from './follow-banner.tsx'
import { personLabel } from './person-label.ts'

const shownAtMost = 4
const loadMenu = () => import('./people-menu.tsx')

interface PeopleProps {
  present: readonly PresentPerson[]
  ownUserId: string
  following: Following
}

/** The others in the document; one's own circle is the account menu beside it. */
export function People({ present, ownUserId, following }: PeopleProps) {
  const followed = useFollowed(following)
  const others = present.filter((person) => person.userId !== ownUserId)
  if (others.length === 0) return null
  return (
    <ul aria-label="Who is here" className="flex items-center gap-0.5">
      {others.slice(0, shownAtMost).map((person, index) => (
        <li key={person.userId} className={`flex ${index > 0 ? 'max-sm:hidden' : ''}`}>
          <button
            type="button"
            aria-pressed={person.userId === followed}
            title={`${personLabel(person)}: click to follow`}
            onClick={() => (person.userId === followed ? following.stop() : following.follow(person.userId))}
            className="rounded-full p-0.5 hover:bg-hover aria-pressed:bg-accent-fill"
          >
            <Avatar name={person.name} color={person.color} label={personLabel(person)} />
          </button>
        </li>
      ))}
      <Rest people={others.slice(shownAtMost)} following={following} className="max-sm:hidden" />
      <Rest people={others.slice(1)} following={following} className="sm:hidden" />
    </ul>
  )
}

function Rest({ people, following, className }: { people: readonly PresentPerson[]; following: Following; className: string }) {
  const { part, ask } = useOnDemand(loadMenu)
  if (people.length === 0) return null
  return (
    <li className={`flex ${className}`}>
      {part.state === 'ready' ? (
        <part.module.PeopleMenu people={people} following={following} trigger={<RestButton people={people} />} />
      ) : (
        <RestButton people={people} onClick={ask} />
      )}
      {part.state === 'failed' && <FailedPart />}
    </li>
  )
}

interface RestButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  people: readonly PresentPerson[]
  ref?: Ref<HTMLButtonElement>
}

function RestButton({ people, ...rest }: RestButtonProps) {
  const names = people.map(personLabel).join(', ')
  return (
    <button
      type="button"
      title={names}
      aria-label={`${people.length} more: ${names}`}
      aria-haspopup="menu"
      className="grid h-6 min-w-6 place-items-center rounded-full bg-hover px-1 text-[11px] font-semibold text-muted ring-2 ring-bg hover:text-text tabular-nums"
      {...rest}
    >
      +{people.length}
    </button>
  )
}
