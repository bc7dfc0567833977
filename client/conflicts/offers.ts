// The ways to decide a conflict, as they are called on every screen.

import type { Conflict, Resolution } from '../../shared/wire/conflicts.ts'

export interface Offer {
  resolution: Resolution
  label: string
}

const forTwo: readonly Offer[] = [
  { resolution: 'keep_old', label: 'Keep the older' },
  { resolution: 'replace', label: 'Keep the newer' },
  { resolution: 'merge', label: 'One text for both' },
  { resolution: 'ignore', label: 'Leave as it is' },
]

/** Of three or more it has to be said which one stays, so that older and newer say nothing. */
const forMore: readonly Offer[] = [
  { resolution: 'replace', label: 'Keep one' },
  { resolution: 'merge', label: 'One text for all' },
  { resolution: 'ignore', label: 'Leave as it is' },
]

/** What can be done about a conflict of so many items. */
export const offersFor = ({ items }: Conflict): readonly Offer[] => (items.length === 2 ? forTwo : forMore)

/** `SPEC-2 and SPEC-7`. */
export const refsOf = ({ items }: Conflict): string => items.map(({ ref }) => ref).join(' and ')
