// What the interviewer asks or answers: in which role, its words as they come, why it matters, and how it ended.

import Lightbulb from 'lucide-react/icons/lightbulb'
import MessageCircleQuestion from 'lucide-react/icons/message-circle-question-mark'
import { memo, type ReactNode } from 'react'
import { categoryName } from '../../shared/domain/categories.ts'
import { whenSince } from '../ui/when.ts'
import type { AnswerDraft } from './answer-draft.ts'
import { MessageActions } from './message-actions.tsx'
import { MessageWords } from './message-words.tsx'
import { askedAsName } from './names.ts'
import { Suggestions } from './suggestions.tsx'
import type { Entry } from './transcript.ts'

interface InterviewerMessageProps {
  entry: Entry
  /** Whom it is written for. */
  forName: string
  /** Whether an answer of somebody leads to it. */
  isAnswered: boolean
  /** Whether it is the interviewer's last. */
  isLast: boolean
  /** Whether one may answer, stop, skip. */
  mayAnswer: boolean
  draft: AnswerDraft
}

/** A message of the interviewer. */
export const InterviewerMessage = memo(function InterviewerMessage(props: InterviewerMessageProps) {
  const { entry, isAnswered, isLast, mayAnswer, draft } = props
  const { message, words } = entry
  const { id, askedAs, category, createdAt, state, why } = message
  const isRunning = state === 'running'
  // A question that is closed without an answer was passed over.
  const isSkipped = state === 'finished' && category !== null && !message.isOpen && !isAnswered
  return (
    <li
      tabIndex={-1}
      data-message={id}
      data-state={state}
      className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.5 px-4 py-2.5 focus-visible:-outline-offset-2"
    >
      <span aria-hidden className="grid size-6 place-items-center rounded-full bg-accent-soft text-accent">
        <MessageCircleQuestion size={14} />
      </span>
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-medium wrap-anywhere">{askedAsName(askedAs)}</span>
          {category && <span className="text-muted">{categoryName(category)}</span>}
          <time dateTime={createdAt} title={new Date(createdAt).toLocaleString()} className="shrink-0 text-muted">
            {whenSince(createdAt)}
          </time>
          {isSkipped && <span className="shrink-0 text-muted">Skipped</span>}
        </p>
        {(isRunning || words.text !== '') && (
          <div className={isSkipped ? 'opacity-75' : ''}>
            <MessageWords text={words.text} isRunning={isRunning} />
          </div>
        )}
        {why && !isRunning && !isSkipped && <Why text={why} />}
        <Ending {...props} />
        {mayAnswer && message.isOpen && <Suggestions suggestions={message.suggestions} draft={draft} />}
        {mayAnswer && <MessageActions entry={entry} isLast={isLast} />}
      </div>
    </li>
  )
})

function Why({ text }: { text: string }) {
  return (
    <p className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-1.5 text-sm text-muted">
      <Lightbulb size={14} aria-hidden className="mt-[3px]" />
      <span>
        <span className="sr-only">Why it matters: </span>
        {text}
      </span>
    </p>
  )
}

/** How it stands, where its words do not say so. */
function Ending({ entry, forName }: InterviewerMessageProps): ReactNode {
  const { message, words, failure } = entry
  const { state, position } = message
  switch (state) {
    case 'queued':
      return <p className="text-sm text-muted">{waitingWords(position, forName)}</p>
    case 'stopped':
      return <p className="text-sm text-muted">{words.text === '' ? 'Stopped before its first word.' : 'Stopped here.'}</p>
    case 'interrupted':
      return <p className="text-sm text-warning">Interrupted: what was written so far is kept.</p>
    case 'failed':
      return <p className="text-sm text-danger">{failure?.message ?? 'The interviewer could not answer: try again.'}</p>
    case 'finished':
    case 'running':
      return null
    default:
      return state satisfies never
  }
}

function waitingWords(position: number, forName: string): string {
  if (position <= 1) return `Next in line, for ${forName}.`
  return `Waits for ${forName}: ${position - 1} ${position === 2 ? 'is' : 'are'} before it.`
}
