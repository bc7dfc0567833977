// The people who have no circle of their own in the header, as a menu. Loaded when it is first opened.

import type { ReactNode } from 'react'
import type { PresentPerson } from '../../shared/wire/events.ts'
import type { Following } from '../editor/following.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Menu, MenuHeading, MenuItem } from '../ui/menu.tsx'
import { personLabel } from './person-label.ts'

interface PeopleMenuProps {
  people: readonly PresentPerson[]
  following: Following
  trigger: ReactNode
}

/** Choosing a person follows them. */
export function PeopleMenu({ people, following, trigger }: PeopleMenuProps) {
  return (
    <Menu isOpenAtFirst trigger={trigger}>
      <MenuHeading>Follow</MenuHeading>
      {people.map((person) => (
        <MenuItem
          key={person.userId}
          icon={<Avatar name={person.name} color={person.color} label="" />}
          onSelect={() => following.follow(person.userId)}
        >
          {personLabel(person)}
        </MenuItem>
      ))}
    </Menu>
  )
}
