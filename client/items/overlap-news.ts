// Tells those who edit one item at the same moment of each other, and who edits what another takes out: quietly, with the way to it.

import { useEffect, useRef } from 'react'
import { openConnection } from '../session/connection.ts'
import { useOpenProject } from '../session/open-project.ts'
import { usePerson } from '../session/session.ts'
import { useNameOf } from '../session/use-name-of.ts'
import { goToItem } from '../session/ways.ts'
import { tellQuietly } from '../ui/toast.ts'
import { overlapWords } from './overlap-words.ts'

/** From now on, until the caller leaves the page; those who have no part in it are left alone. */
export function useOverlapNews(): void {
  const { project } = useOpenProject()
  const { userId } = usePerson()
  const nameOf = useNameOf()
  const latest = useRef(nameOf)
  useEffect(() => {
    latest.current = nameOf
  })
  useEffect(
    () =>
      openConnection().on('item:overlap', (event) => {
        if (event.projectId !== project.id || !event.userIds.includes(userId)) return
        const { number, text } = event.item
        tellQuietly(overlapWords(event, userId, latest.current), { label: 'Show', run: () => goToItem(number) }, text)
      }),
    [project.id, userId],
  )
}
