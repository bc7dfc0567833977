// The foot of the interview: who is writing, what one may do here, where one answers or has the next question asked.

import MessageCircleQuestion from 'lucide-react/icons/message-circle-question-mark'
import { may } from '../../shared/domain/roles.ts'
import { useOpenProject, useProviderState } from '../session/open-project.ts'
import { AnswerBox } from './answer-box.tsx'
import { answeringWords, useAnswering } from './answering.ts'
import { ModeSwitch } from './mode-switch.tsx'
import { useWait } from './retry-wait.ts'
import { SmallButton } from './small-button.tsx'
import { isUnderWay, type Transcript } from './transcript.ts'
import { useAsk, useMessageAction } from './use-interview.ts'

interface PanelFootProps {
  transcript: Transcript
  onSent: () => void
}

/** Says why, where one may not do something. */
export function PanelFoot({ transcript, onSent }: PanelFootProps) {
  const { role, provider, project } = useOpenProject()
  const { connection } = useProviderState(provider)
  const act = useMessageAction()
  const { entries, mode } = transcript
  const running = entries.find(({ message }) => message.state === 'running')
  const question = entries.findLast(({ message }) => message.isOpen)
  const isBusy = entries.some(({ message }) => isUnderWay(message.state))
  const isOffline = connection.state !== 'live'
  const mayAnswer = may(role, 'answer') && project.archivedAt === null
  return (
    <div className="grid gap-1.5 border-t border-line px-4 pt-2.5 pb-3">
      <AnsweringLine />
      {isOffline && <p className="text-sm text-warning">No connection: what is said meanwhile shows when it is back.</p>}
      {mayAnswer ? (
        <>
          {mode === 'socratic' && entries.length > 0 && !question && !isBusy && <AskNext />}
          <AnswerBox
            placeholder={placeholderFor(question !== undefined, mode === 'direct')}
            onStop={running ? () => act.mutate({ id: running.message.id, action: 'stop' }) : null}
            onSent={onSent}
          >
            <ModeSwitch mode={mode} canSwitch={may(role, 'write')} />
          </AnswerBox>
          {role === 'commenter' && <p className="text-sm text-muted">What you answer waits as proposals, which editors decide on.</p>}
        </>
      ) : (
        <p className="text-sm text-muted">
          {project.archivedAt === null
            ? 'You can read along. To answer, ask an owner of the project to make you a commenter or an editor.'
            : 'The project is archived: its interview can be read, and goes on once it is brought back.'}
        </p>
      )}
    </div>
  )
}

function placeholderFor(hasQuestion: boolean, isDirect: boolean): string {
  if (hasQuestion) return 'Answer the question'
  return isDirect ? 'Ask or tell something about the spec' : 'Write something about the spec'
}

function AskNext() {
  const ask = useAsk()
  const waitS = useWait(ask.error)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SmallButton icon={MessageCircleQuestion} disabled={ask.isPending || waitS > 0} onClick={() => ask.mutate()}>
        Ask the next question
      </SmallButton>
      {ask.error && (
        <p role="alert" className="text-sm text-danger">
          {waitS > 0 ? `It can be asked in ${waitS} s.` : ask.error.message}
        </p>
      )}
    </div>
  )
}

function AnsweringLine() {
  const words = answeringWords(useAnswering())
  return (
    // Seen, not announced: it comes and goes with every pause.
    <p className="truncate text-sm text-muted empty:hidden">{words}</p>
  )
}
