// The conversation: older pages above, what is being written below, and the way back to the end.

import ArrowDown from 'lucide-react/icons/arrow-down'
import { useMemo, useState } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { Item } from '../../shared/wire/items.ts'
import { useOpenProject } from '../session/open-project.ts'
import { answerDraftOf } from './answer-draft.ts'
import type { EndSticking } from './end-sticking.ts'
import { InterviewerMessage } from './interviewer-message.tsx'
import type { InterviewState, LiveInterview } from './live-interview.ts'
import { usePeople } from './names.ts'
import { PersonMessage } from './person-message.tsx'
import { useProposals } from './proposals.ts'
import { useRevealed } from './revealed.ts'
import type { Transcript } from './transcript.ts'
import { YieldLine, yieldsOf } from './yield-line.tsx'

interface MessageListProps {
  transcript: Transcript
  live: LiveInterview
  sticking: EndSticking
  isReadingEarlier: boolean
  revealed: InterviewState['revealed']
  items: readonly Item[]
  onShowProposals: () => void
}

/** Scrolls by itself only where one is at the end. */
export function MessageList(props: MessageListProps) {
  const { transcript, live, sticking, isReadingEarlier, revealed, items, onShowProposals } = props
  const { provider, role } = useOpenProject()
  const personOf = usePeople(provider)
  const { entries, nextCursor } = transcript
  const { scrollerRef, contentRef, isAtEnd, onScroll, toEnd } = sticking
  const { data: proposals } = useProposals()
  const yields = useMemo(() => yieldsOf(items, proposals ?? []), [items, proposals])
  useRevealed({ revealed, transcript, live, sticking })
  const draft = answerDraftOf(provider)
  const answered = new Set(entries.map(({ message }) => (message.role === 'person' ? message.replyTo : null)))
  const lastId = entries.findLast(({ message }) => message.role === 'interviewer')?.message.id
  const hasNews = useNews(entries.at(-1)?.message.id, isAtEnd)
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scrollerRef}
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        onScroll={onScroll}
        className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        {nextCursor !== null && (
          <button
            type="button"
            disabled={isReadingEarlier}
            onClick={() => live.readEarlier()}
            className="w-full px-4 py-2 text-sm text-muted hover:text-text"
          >
            {isReadingEarlier ? 'Reading earlier messages…' : 'Earlier messages'}
          </button>
        )}
        <ul ref={contentRef} className="grid grid-cols-[minmax(0,1fr)] py-1.5">
          {entries.map((entry) => {
            const { id, authorId, role: author } = entry.message
            const person = personOf(authorId)
            return author === 'person' ? (
              <PersonMessage key={id} message={entry.message} person={person}>
                <YieldLine {...yields.get(id)} onShowProposals={onShowProposals} />
              </PersonMessage>
            ) : (
              <InterviewerMessage
                key={id}
                entry={entry}
                forName={person.name}
                isAnswered={answered.has(id)}
                isLast={id === lastId}
                mayAnswer={may(role, 'answer')}
                draft={draft}
              />
            )
          })}
        </ul>
      </div>
      {!isAtEnd && <ToEnd hasNews={hasNews} onClick={toEnd} />}
    </div>
  )
}

function ToEnd({ hasNews, onClick }: { hasNews: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="absolute bottom-2 left-1/2 inline-flex h-7 -translate-x-1/2 animate-appear items-center gap-1.5 rounded-full bg-raised px-3 text-sm shadow-float hover:bg-hover"
    >
      <ArrowDown size={14} aria-hidden />
      {hasNews ? 'New message' : 'To the end'}
    </button>
  )
}

/** Whether something was added since one was at the end. */
function useNews(lastId: string | undefined, isAtEnd: boolean): boolean {
  const [seenId, setSeenId] = useState(lastId)
  if (isAtEnd && seenId !== lastId) setSeenId(lastId)
  return seenId !== lastId
}
