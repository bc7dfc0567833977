// Where one answers or writes freely: Enter sends, Shift and Enter begins a line, Escape stops what is being written.

import ArrowUp from 'lucide-react/icons/arrow-up'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { limits } from '../../shared/limits.ts'
import { useOpenProject } from '../session/open-project.ts'
import { answerDraftOf, useDraftText } from './answer-draft.ts'
import { useTellAnswering } from './answering.ts'
import { useWait } from './retry-wait.ts'
import { useSay } from './use-interview.ts'

interface AnswerBoxProps {
  placeholder: string
  /** Stops what is being written; null when nothing is. */
  onStop: (() => void) | null
  /** Called once the words are on their way. */
  onSent: () => void
  /** Stands beside the button that sends. */
  children: ReactNode
}

/** The words stay in the field until the server has them. */
export function AnswerBox({ placeholder, onStop, onSent, children }: AnswerBoxProps) {
  const { provider } = useOpenProject()
  const draft = answerDraftOf(provider)
  const text = useDraftText(draft)
  const say = useSay()
  const { writing, stopped } = useTellAnswering()
  const waitS = useWait(say.error)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    draft.attach(field.current)
    return () => draft.attach(null)
  }, [draft])
  const canSend = text.trim() !== '' && !say.isPending && waitS === 0
  const send = () => {
    if (!canSend) return
    stopped()
    onSent()
    say.mutate(text.trim(), {
      onSuccess: () => {
        // What was written meanwhile is the next answer.
        if (draft.text === text) draft.set('')
      },
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && onStop) {
      event.preventDefault()
      onStop()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    }
  }
  return (
    <form
      className="grid gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {say.error && (
        <p role="alert" className="text-sm text-danger">
          Not sent; your words are kept here. {waitS > 0 ? `Too much at once: it can be sent in ${waitS} s.` : say.error.message}
        </p>
      )}
      <div className="grid gap-1 rounded-lg border border-line-strong bg-bg p-1.5 focus-within:border-accent focus-within:outline-1 focus-within:outline-accent">
        <textarea
          ref={field}
          aria-label="Your answer"
          placeholder={placeholder}
          value={text}
          rows={1}
          maxLength={limits.answerChars}
          enterKeyHint="send"
          onChange={(event) => {
            draft.set(event.target.value)
            if (event.target.value.trim() === '') stopped()
            else writing()
          }}
          onBlur={stopped}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-44 min-h-8 min-w-0 resize-none bg-transparent px-1.5 py-1 text-base/[22px] outline-none placeholder:text-muted"
        />
        <div className="flex items-center justify-between gap-2">
          {children}
          <button
            type="submit"
            aria-label="Send"
            title="Send (Enter)"
            disabled={!canSend}
            className="grid size-7 shrink-0 place-items-center rounded-md bg-accent-fill text-white transition-colors duration-150 hover:not-disabled:bg-accent-fill-hover disabled:bg-hover disabled:text-muted"
          >
            <ArrowUp size={16} aria-hidden />
          </button>
        </div>
      </div>
    </form>
  )
}
