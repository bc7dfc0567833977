// The interview beside the text: what was asked and said, the words as they come, and where one answers.

import MessageCircleQuestion from 'lucide-react/icons/message-circle-question-mark'
import { may } from '../../shared/domain/roles.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import { AnswerBox } from './answer-box.tsx'
import { answeringWords, useAnswering } from './answering.ts'
import { useEndSticking } from './end-sticking.ts'
import { MessageList } from './message-list.tsx'
import { ModeSwitch } from './mode-switch.tsx'
import { askedAsName, usePeople } from './names.ts'
import { SmallButton } from './small-button.tsx'
import { isUnderWay, type Transcript } from './transcript.ts'
import { useAsk, useInterview, useMessageAction } from './use-interview.ts'

/** Everyone in the project sees the same. */
export function InterviewPanel() {
  const { transcript, error, live } = useInterview()
  if (transcript) return <Conversation />
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

function Conversation() {
  const { role } = useOpenProject()
  const { transcript, live, isReadingEarlier } = useInterview()
  const act = useMessageAction()
  const sticking = useEndSticking(transcript?.entries[0]?.message.id, () => live.readEarlier())
  if (!transcript) return null
  const { entries, mode } = transcript
  const running = entries.find(({ message }) => message.state === 'running')
  const question = entries.findLast(({ message }) => message.isOpen)
  const isBusy = entries.some(({ message }) => isUnderWay(message.state))
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center justify-between gap-2 border-b border-line px-4 py-1.5">
        <ModeSwitch mode={mode} canSwitch={may(role, 'write')} />
        {may(role, 'answer') && entries.length > 0 && !question && !isBusy && mode === 'socratic' && <AskButton />}
      </div>
      {entries.length === 0 ? (
        <Empty mayAnswer={may(role, 'answer')} />
      ) : (
        <MessageList transcript={transcript} live={live} sticking={sticking} isReadingEarlier={isReadingEarlier} />
      )}
      <div className="grid gap-1.5 border-t border-line px-4 pt-2.5 pb-3">
        <AnsweringLine />
        {may(role, 'answer') ? (
          <AnswerBox
            placeholder={
              question
                ? 'Answer the question'
                : mode === 'direct'
                  ? 'Ask or tell something about the spec'
                  : 'Write something about the spec'
            }
            onStop={running ? () => act.mutate({ id: running.message.id, action: 'stop' }) : null}
            onSent={sticking.toEnd}
          />
        ) : (
          <p className="text-sm text-muted">
            You can read along. To answer, ask an owner of the project to make you a commenter or an editor.
          </p>
        )}
      </div>
      <Announcements transcript={transcript} />
    </div>
  )
}

function AskButton() {
  const ask = useAsk()
  return (
    <SmallButton icon={MessageCircleQuestion} disabled={ask.isPending} onClick={() => ask.mutate()}>
      Ask me a question
    </SmallButton>
  )
}

function Empty({ mayAnswer }: { mayAnswer: boolean }) {
  const ask = useAsk()
  return (
    <div className="grid min-h-0 flex-1 content-center justify-items-center gap-3 overflow-y-auto px-8 py-6 text-center">
      <MessageCircleQuestion size={28} aria-hidden className="text-muted" />
      <p className="max-w-[36ch] text-balance">
        The interviewer asks what the spec does not say yet, one question at a time. What you answer becomes items.
      </p>
      {mayAnswer && (
        <Button look="primary" disabled={ask.isPending} onClick={() => ask.mutate()}>
          Ask the first question
        </Button>
      )}
      {ask.error && (
        <p role="alert" className="text-sm text-danger">
          {ask.error.message}
        </p>
      )}
    </div>
  )
}

/** One line that keeps its height, so that nothing jumps when somebody begins to write. */
function AnsweringLine() {
  const words = answeringWords(useAnswering())
  return (
    <p role="status" className="h-5 truncate text-sm text-muted empty:hidden">
      {words}
    </p>
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
