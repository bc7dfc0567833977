// What people read who edit the same item at the same moment.

import type { ItemOverlapEvent } from '../../shared/wire/items.ts'

/** For the one with `ownId`. */
export function overlapWords(
  { kind, item: { ref }, userIds }: ItemOverlapEvent,
  ownId: string,
  nameOf: (userId: string) => string,
): string {
  const [first = ''] = userIds
  const others = userIds.filter((id) => id !== ownId).map(nameOf)
  const [one = 'Somebody', two] = others
  const who = two === undefined ? one : others.length === 2 ? `${one} and ${two}` : `${one} and ${others.length - 1} others`
  if (kind === 'edited') return `${who} ${others.length > 1 ? 'are' : 'is'} editing ${ref} at the same moment`
  return first === ownId
    ? `${who} ${others.length > 1 ? 'were' : 'was'} editing ${ref} as you took it out`
    : `${nameOf(first)} took out ${ref} while you were editing it`
}
