// What can be done with a message of the interviewer as it stands: stop, skip, try again, go on.

import CirclePlay from 'lucide-react/icons/circle-play'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import SkipForward from 'lucide-react/icons/skip-forward'
import Square from 'lucide-react/icons/square'
import type { LucideIcon } from 'lucide-react'
import { SmallButton } from './small-button.tsx'
import { isUnderWay, type Entry } from './transcript.ts'
import { useMessageAction, type MessageAction } from './use-interview.ts'

const offers: Readonly<Record<MessageAction, { label: string; icon: LucideIcon }>> = {
  stop: { label: 'Stop', icon: Square },
  skip: { label: 'Skip', icon: SkipForward },
  continue: { label: 'Continue', icon: CirclePlay },
  retry: { label: 'Try again', icon: RotateCcw },
}

/** `isLast`: nothing of the interviewer's comes after it, so that it was not replaced. */
function offered({ message, words }: Entry, isLast: boolean): MessageAction[] {
  if (isUnderWay(message.state)) return ['stop']
  if (message.isOpen) return ['skip']
  if (!isLast || message.state === 'finished') return []
  return message.state !== 'failed' && words.text !== '' ? ['continue', 'retry'] : ['retry']
}

/** Nothing where nothing can be done. */
export function MessageActions({ entry, isLast }: { entry: Entry; isLast: boolean }) {
  const act = useMessageAction()
  const actions = offered(entry, isLast)
  if (actions.length === 0) return null
  return (
    <div className="mt-1 flex flex-wrap items-center gap-1.5">
      {actions.map((action) => (
        <SmallButton
          key={action}
          icon={offers[action].icon}
          isQuiet={action === 'skip'}
          className={action === 'skip' ? '-ml-2' : ''}
          disabled={act.isPending}
          onClick={() => act.mutate({ id: entry.message.id, action })}
        >
          {offers[action].label}
        </SmallButton>
      ))}
      {act.error && (
        <p role="alert" className="text-sm text-danger">
          {act.error.message}
        </p>
      )}
    </div>
  )
}
