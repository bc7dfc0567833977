// One's own initials, as the button of the account menu.

import type { ButtonHTMLAttributes, Ref } from 'react'
import { personColor } from '../../shared/domain/person-colors.ts'
import { Avatar } from '../ui/avatar.tsx'
import type { Person } from './session.ts'

interface AccountButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  person: Person
  ref?: Ref<HTMLButtonElement>
}

/** The button; it passes on whatever a menu gives its trigger. */
export function AccountButton({ person, ...rest }: AccountButtonProps) {
  return (
    <button
      type="button"
      aria-label={`Account of ${person.name}`}
      aria-haspopup="menu"
      className="grid size-8 place-items-center rounded-full hover:bg-hover"
      {...rest}
    >
      <Avatar name={person.name} color={personColor(person.userId)} />
    </button>
  )
}
