// The interview beside the text: what was asked and said, the words as they come, and where one answers.

import { useState } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { Item } from '../../shared/wire/items.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import { EmptyConversation } from './empty-conversation.tsx'
import { useEndSticking } from './end-sticking.ts'
import { MessageList } from './message-list.tsx'
import { askedAsName, usePeople } from './names.ts'
import { PanelFoot } from './panel-foot.tsx'
import { ProposalList } from './proposal-list.tsx'
import { useProposals } from './proposals.ts'
import type { Transcript } from './transcript.ts'
import { useInterview } from './use-interview.ts'

interface InterviewPanelProps {
  /** The current items of the project, to lead from an answer to what came of it. */
  items: readonly Item[]
}

/** Everyone in the project sees the same. */
export function InterviewPanel({ items }: InterviewPanelProps) {
  const { transcript, error, live } = useInterview()
  if (transcript) return <Conversation items={items} />
  if (error)
    return (
      <div role="alert" className="grid justify-items-start gap-3 p-4">
        <p>The interview could not be read; nothing of it is lost. {error.message}</p>
        <Button onClick={live.readAnew}>Try again</Button>
      </div>
    )
  return (
    <Delayed>
      <div role="status" aria-busy="true" aria-label="Loading the interview" className="grid gap-3 p-4">
        <SkeletonLine className="w-2/5" />
        <SkeletonLine className="w-4/5" />
        <SkeletonLine className="w-3/5" />
      </div>
    </Delayed>
  )
}

function Conversation({ items }: InterviewPanelProps) {
  const { role } = useOpenProject()
  const { transcript, live, isReadingEarlier, revealed } = useInterview()
  const [part, setPart] = useState<Part>('messages')
  const sticking = useEndSticking(transcript?.entries[0]?.message.id, () => live.readEarlier())
  // What somebody wants to see is among the messages.
  if (revealed && part !== 'messages') setPart('messages')
  if (!transcript) return null
  const { entries, mode } = transcript
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PartTabs shown={part} onShow={setPart} />
      <div className={part === 'messages' ? 'flex min-h-0 flex-1 flex-col' : 'hidden'}>
        {entries.length === 0 ? (
          <EmptyConversation mode={mode} mayAnswer={may(role, 'answer')} />
        ) : (
          <MessageList
            transcript={transcript}
            live={live}
            sticking={sticking}
            isReadingEarlier={isReadingEarlier}
            revealed={revealed}
            items={items}
            onShowProposals={() => setPart('proposals')}
          />
        )}
        <PanelFoot transcript={transcript} onSent={sticking.toEnd} />
      </div>
      {part === 'proposals' && <ProposalList items={items} onShow={(id) => live.reveal(id)} />}
      <Announcements transcript={transcript} />
    </div>
  )
}

type Part = 'messages' | 'proposals'

function PartTabs({ shown, onShow }: { shown: Part; onShow: (part: Part) => void }) {
  const { data } = useProposals()
  const count = data?.length ?? 0
  return (
    <div role="group" aria-label="Parts of the interview" className="flex gap-1 border-b border-line px-2 py-1.5">
      {(['messages', 'proposals'] as const).map((part) => (
        <button
          key={part}
          type="button"
          aria-pressed={part === shown}
          onClick={() => onShow(part)}
          className="rounded-md px-2 py-1 text-sm text-muted hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-text"
        >
          {part === 'messages' ? 'Messages' : 'Proposals'}
          {part === 'proposals' && count > 0 && <span className="font-medium text-accent tabular-nums"> {count}</span>}
        </button>
      ))}
    </div>
  )
}

/** Each message once it is whole, and none that was there before. */
function Announcements({ transcript }: { transcript: Transcript }) {
  const { provider } = useOpenProject()
  const personOf = usePeople(provider)
  const last = transcript.entries.findLast(({ message }) => message.state === 'finished')
  if (!last) return <LiveRegion message="" />
  const { role, authorId, askedAs } = last.message
  const name = role === 'person' ? personOf(authorId).name : askedAsName(askedAs)
  return <LiveRegion message={`${name}: ${last.words.text}`} />
}
