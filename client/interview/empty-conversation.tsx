// What stands where nothing was asked or said yet: one sentence, one button.

import MessageCircleQuestion from 'lucide-react/icons/message-circle-question-mark'
import type { InterviewMode } from '../../shared/wire/interview.ts'
import { Button } from '../ui/button.tsx'
import { useWait } from './retry-wait.ts'
import { useAsk } from './use-interview.ts'

const words: Readonly<Record<InterviewMode, string>> = {
  socratic: 'The interviewer asks what the spec does not say yet, one question at a time. What is answered becomes items of the spec.',
  direct: 'Write what you know or ask about the spec. What you state becomes items, and every answer names where it stands.',
}

/** Of this mode. */
export function EmptyConversation({ mode, mayAnswer }: { mode: InterviewMode; mayAnswer: boolean }) {
  const ask = useAsk()
  const waitS = useWait(ask.error)
  return (
    <div className="grid min-h-0 flex-1 content-center justify-items-center gap-3 overflow-y-auto px-8 py-6 text-center">
      <span aria-hidden className="grid size-10 place-items-center rounded-full bg-accent-soft text-accent">
        <MessageCircleQuestion size={20} />
      </span>
      <p className="max-w-[38ch] text-balance">{words[mode]}</p>
      {mayAnswer && mode === 'socratic' && (
        <Button look="primary" disabled={ask.isPending || waitS > 0} onClick={() => ask.mutate()}>
          Ask the first question
        </Button>
      )}
      {ask.error && (
        <p role="alert" className="text-sm text-danger">
          {waitS > 0 ? `Too much at once: it can be asked in ${waitS} s.` : `Nothing was asked. ${ask.error.message}`}
        </p>
      )}
    </div>
  )
}
