// What a person said: who, when, and their words as they wrote them.

import type { ReactNode } from 'react'
import type { InterviewMessage } from '../../shared/wire/interview.ts'
import { Avatar } from '../ui/avatar.tsx'
import { whenSince } from '../ui/when.ts'
import type { NamedPerson } from './names.ts'

interface PersonMessageProps {
  message: InterviewMessage
  person: NamedPerson
  /** What came of it. */
  children: ReactNode
}

/** A message of a person; it is there whole. */
export function PersonMessage({ message, person, children }: PersonMessageProps) {
  const { id, text, createdAt } = message
  return (
    <li
      tabIndex={-1}
      data-message={id}
      className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.5 px-4 py-2.5 focus-visible:-outline-offset-2"
    >
      <Avatar {...person} />
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-medium wrap-anywhere">{person.name}</span>
          <time dateTime={createdAt} title={new Date(createdAt).toLocaleString()} className="shrink-0 text-muted">
            {whenSince(createdAt)}
          </time>
        </p>
        <p className="text-base/[22px] wrap-anywhere whitespace-pre-line">{text}</p>
        {children}
      </div>
    </li>
  )
}
