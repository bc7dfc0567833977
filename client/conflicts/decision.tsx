// The ways to decide a conflict, each with what the text would say after it.

import { useState } from 'react'
import type { Conflict, ConflictDetail, Resolution } from '../../shared/wire/conflicts.ts'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { ChangedMeanwhile, useConflictDetail, useResolve } from './conflicts-data.ts'
import { DecisionPreview } from './decision-preview.tsx'
import { offersFor } from './offers.ts'
import { RefusalNotice } from './refusal-notice.tsx'
import { forgetRefusal, useRefusals } from './refusals.ts'

interface DecisionProps {
  conflict: Conflict
  /** What is chosen at first. */
  initial?: Resolution | undefined
  onDecided?: (() => void) | undefined
}

/** Chosen, looked at, then done: nothing changes before `Decide`. What has changed meanwhile is shown, and decided on anew. */
export function Decision({ conflict, initial, onDecided }: DecisionProps) {
  const detail = useConflictDetail(conflict)
  const refusal = useRefusals().find((one) => one.conflict.id === conflict.id)
  if (detail.error && !detail.data)
    return (
      <p role="alert" className="text-sm text-danger">
        What can be decided could not be read. {detail.error.message}
      </p>
    )
  if (!detail.data) return <p className="text-sm text-muted">Reading…</p>
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} now={conflict} onSeen={() => forgetRefusal(conflict.id)} />}
      <Choice detail={detail.data} initial={initial} onDecided={onDecided} />
    </>
  )
}

interface ChoiceProps extends Omit<DecisionProps, 'conflict'> {
  detail: ConflictDetail
}

function Choice({ detail, initial = 'replace', onDecided }: ChoiceProps) {
  const { conflict, newerItemId, suggestion } = detail
  const offers = offersFor(conflict)
  const [chosen, setChosen] = useState<Resolution>(initial)
  // Until it is written in, it follows the texts.
  const [written, setWritten] = useState<string | null>(null)
  const merged = written ?? suggestion ?? conflict.items.map(({ text }) => text).join(' ')
  const [note, setNote] = useState('')
  const [kept, setKept] = useState<string | null>(null)
  const resolve = useResolve()
  const isPair = conflict.items.length === 2
  const older = conflict.items.find(({ id }) => id !== newerItemId)?.id ?? null
  // Of three or more it has to be said which one stays.
  const keptId = isPair ? (chosen === 'keep_old' ? older : newerItemId) : kept
  const needsKept = !isPair && (chosen === 'keep_old' || chosen === 'replace')
  const decide = () =>
    resolve.mutate(
      {
        id: conflict.id,
        revision: conflict.revision,
        resolution: chosen,
        ...(chosen === 'merge' ? { text: merged.trim() } : {}),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(needsKept && kept !== null ? { keepItemId: kept } : {}),
      },
      { onSuccess: () => onDecided?.() },
    )
  return (
    <form
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        decide()
      }}
    >
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">What becomes of it</legend>
        {offers.map(({ resolution, label }) => (
          <label
            key={resolution}
            className="cursor-pointer rounded-md border border-line px-2 py-1 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={`decision-${conflict.id}`}
              checked={chosen === resolution}
              onChange={() => setChosen(resolution)}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </fieldset>
      {needsKept && (
        <select
          aria-label="Which one stays"
          value={kept ?? ''}
          onChange={(event) => setKept(event.target.value || null)}
          className="h-8 rounded-md border border-line-strong bg-bg px-2 text-sm"
        >
          <option value="">Which one stays…</option>
          {conflict.items.map(({ id, ref }) => (
            <option key={id} value={id}>
              {ref}
            </option>
          ))}
        </select>
      )}
      <DecisionPreview conflict={conflict} newerItemId={newerItemId} chosen={chosen} keptId={keptId}>
        {chosen === 'merge' && (
          <textarea
            aria-label="The text in place of all"
            value={merged}
            rows={3}
            maxLength={limits.itemTextChars}
            onChange={(event) => setWritten(event.target.value)}
            className="w-full rounded-md border border-line-strong bg-bg px-2 py-1 text-sm"
          />
        )}
      </DecisionPreview>
      <input
        aria-label="Why, for the others"
        placeholder="Why, for the others (optional)"
        value={note}
        maxLength={limits.conflictNoteChars}
        onChange={(event) => setNote(event.target.value)}
        className="h-8 rounded-md border border-line bg-bg px-2 text-sm placeholder:text-muted"
      />
      {resolve.error && !(resolve.error instanceof ChangedMeanwhile) && (
        <p role="alert" className="text-sm text-danger">
          Not decided. {resolve.error.message}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="justify-self-start"
        disabled={resolve.isPending || (chosen === 'merge' && merged.trim() === '') || (needsKept && kept === null)}
      >
        Decide
      </Button>
    </form>
  )
}
