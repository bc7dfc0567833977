// The mode of the interview, switched for everyone by those who may write.

import { interviewModes, type InterviewMode } from '../../shared/wire/interview.ts'
import { tellError } from '../ui/toast.ts'
import { useSetMode } from './use-interview.ts'

const modes: Readonly<Record<InterviewMode, { label: string; hint: string }>> = {
  socratic: { label: 'Socratic', hint: 'The interviewer asks, one question at a time' },
  direct: { label: 'Direct', hint: 'You write freely and get an answer' },
}

const tellFailure = ({ message }: Error) => tellError(`The mode is as it was. ${message}`)

/** Two buttons, or the name of the mode for those who may not switch it. */
export function ModeSwitch({ mode, canSwitch }: { mode: InterviewMode; canSwitch: boolean }) {
  const setMode = useSetMode()
  if (!canSwitch) return <p className="px-1.5 text-sm text-muted">{modes[mode].label} mode</p>
  return (
    <div role="group" aria-label="Mode, for everyone" className="inline-flex rounded-md border border-line bg-bg-side p-0.5">
      {interviewModes.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === mode}
          title={`${modes[choice].hint}; for everyone`}
          disabled={setMode.isPending}
          onClick={() => choice !== mode && setMode.mutate(choice, { onError: tellFailure })}
          className="rounded-[4px] px-2 py-0.5 text-sm text-muted hover:text-text aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-text aria-pressed:shadow-[0_0_0_1px_var(--line)]"
        >
          {modes[choice].label}
        </button>
      ))}
    </div>
  )
}
