// Asks before somebody is taken out, leaves, or gets the project: none of these can be undone by who does it.

import type { Member } from '../../shared/wire/projects.ts'
import { Button } from '../ui/button.tsx'
import { useHandOver, useRemoveMember } from './members.ts'

/** What is about to be done, and about whom. */
export interface MemberStep {
  kind: 'remove' | 'leave' | 'hand-over'
  member: Member
}

interface MemberQuestionProps {
  projectId: string
  ownUserId: string
  step: MemberStep
  onClose: () => void
  onLeft: () => void
}

const words: Record<MemberStep['kind'], { question: (name: string) => string; action: string; failed: string }> = {
  remove: {
    question: (name) => `${name} will lose access at once. What ${name} wrote stays.`,
    action: 'Remove',
    failed: 'Nobody was removed.',
  },
  leave: {
    question: () => 'You will lose access at once. What you wrote stays; to come back you need a new invitation.',
    action: 'Leave the project',
    failed: 'You are still in the project.',
  },
  'hand-over': {
    question: (name) => `${name} becomes an owner, and you become an editor. Only an owner can change that back.`,
    action: 'Hand over',
    failed: 'The project was not handed over.',
  },
}

/** The question under the person's row. */
export function MemberQuestion({ projectId, ownUserId, step: { kind, member }, onClose, onLeft }: MemberQuestionProps) {
  const remove = useRemoveMember(projectId)
  const handOver = useHandOver(projectId)
  const { question, action, failed } = words[kind]
  const act = () => {
    if (kind === 'hand-over') handOver.mutate({ from: ownUserId, to: member }, { onSuccess: onClose })
    else if (kind === 'remove') remove.mutate(member.userId, { onSuccess: onClose })
    // By the promise: the document closes with the right to it, and takes this question along before the answer is there.
    else remove.mutateAsync(member.userId).then(onLeft, () => undefined)
  }
  const isPending = remove.isPending || handOver.isPending
  const error = remove.error ?? handOver.error
  return (
    <div
      role="group"
      aria-label={`${action}: ${member.name}`}
      className="grid animate-appear gap-2 rounded-md border border-line bg-bg-side p-3"
      data-own-escape
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <p>{question(member.name)}</p>
      {error && (
        <p role="alert" className="text-danger">
          {failed} {error.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button look="primary" autoFocus disabled={isPending} onClick={act}>
          {isPending ? 'One moment…' : action}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
