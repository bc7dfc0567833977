// A message as people see it.

import type { InterviewMessage } from '../../shared/wire/interview.ts'
import type { MessageRow } from '../store/interview-store.ts'

/** Its row without what is the server's own. */
export function presentMessage(row: MessageRow): InterviewMessage {
  const { id, role, authorId, replyTo, category, askedAs, why, text, state, isOpen, suggestions } = row
  const position = state === 'queued' ? row.position : 0
  return {
    id,
    role,
    authorId,
    replyTo,
    category,
    askedAs,
    why,
    text,
    state,
    position,
    isOpen,
    suggestions,
    createdAt: row.createdAt.toISOString(),
  }
}
