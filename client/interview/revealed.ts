// Brings a message that somebody wants to see into sight, with the question it answers, and marks it for a moment.

import { useEffect } from 'react'
import type { EndSticking } from './end-sticking.ts'
import type { InterviewState, LiveInterview } from './live-interview.ts'
import type { Transcript } from './transcript.ts'

const markMs = 1_600

interface Revealing {
  revealed: InterviewState['revealed']
  transcript: Transcript
  live: LiveInterview
  sticking: EndSticking
}

/** Does so as soon as it is here, once. */
export function useRevealed({ revealed, transcript, live, sticking }: Revealing): void {
  const { scroller, stay } = sticking
  useEffect(() => {
    const entry = revealed && transcript.entries.find(({ message }) => message.id === revealed.id)
    const element = entry && elementOf(scroller, entry.message.id)
    if (!element) return
    const question = entry.message.replyTo === null ? null : elementOf(scroller, entry.message.replyTo)
    stay()
    const first = question ?? element
    first.scrollIntoView({ block: 'start' })
    first.focus({ preventScroll: true })
    for (const one of [question, element]) if (one) mark(one)
    live.revealedIsShown()
  }, [revealed, transcript, live, scroller, stay])
}

const elementOf = (root: HTMLElement | null, id: string): HTMLElement | null =>
  root?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`) ?? null

function mark(element: HTMLElement): void {
  if (globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  element.animate([{ backgroundColor: 'var(--accent-soft)' }, { backgroundColor: 'transparent' }], { duration: markMs, easing: 'ease-out' })
}
