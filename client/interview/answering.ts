// Who is writing an answer just now: said by presence, which goes with the connection, and forgotten after a pause.

import { useEffect, useRef, useState } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import { useOpenProject } from '../session/open-project.ts'
import { usePerson } from '../session/session.ts'

const field = 'isAnswering'
/** Somebody who has written nothing for so long is thinking, or gone for a coffee. */
const pauseMs = 5_000

/** Gives what says that one is writing, and what says that one has stopped. */
export function useTellAnswering(): { writing: () => void; stopped: () => void } {
  const { provider } = useOpenProject()
  const { awareness } = provider
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const stopped = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    tell(awareness, false)
  }
  const writing = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(stopped, pauseMs)
    tell(awareness, true)
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      tell(awareness, false)
    },
    [awareness],
  )
  return { writing, stopped }
}

function tell(awareness: Awareness, isAnswering: boolean): void {
  const state = awareness.getLocalState()
  if (state !== null && (state[field] === true) !== isAnswering) awareness.setLocalStateField(field, isAnswering)
}

/** The names of the others who are writing an answer. */
export function useAnswering(): readonly string[] {
  const { provider } = useOpenProject()
  const { userId } = usePerson()
  const { awareness } = provider
  const [names, setNames] = useState<readonly string[]>([])
  useEffect(() => {
    const read = () => {
      const found = namesOf(awareness, userId)
      setNames((before) => (before.length === found.length && before.every((name, at) => name === found[at]) ? before : found))
    }
    read()
    awareness.on('change', read)
    return () => awareness.off('change', read)
  }, [awareness, userId])
  return names
}

function namesOf(awareness: Awareness, ownUserId: string): readonly string[] {
  const names = new Map<string, string>()
  for (const state of awareness.getStates().values()) {
    const user: unknown = state['user']
    if (state[field] !== true || typeof user !== 'object' || user === null) continue
    const { id, name } = user as { id?: unknown; name?: unknown }
    if (typeof id === 'string' && typeof name === 'string' && id !== ownUserId) names.set(id, name)
  }
  return [...names.values()]
}

/** `Ada is writing an answer`; nothing for nobody. */
export function answeringWords(names: readonly string[]): string {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return `${first} is writing an answer`
  return names.length === 2 ? `${first} and ${second} are writing answers` : `${first} and ${names.length - 1} others are writing answers`
}
