// The ways to decide a conflict, each with what the text would say after it.

import { useState, type ReactNode } from 'react'
import type { Conflict, ConflictDetail, Resolution } from '../../shared/wire/conflicts.ts'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { useConflictDetail, useResolve } from './conflicts-data.ts'

const offers: readonly { resolution: Resolution; label: string }[] = [
  { resolution: 'keep_old', label: 'Keep the older' },
  { resolution: 'replace', label: 'Keep the newer' },
  { resolution: 'merge', label: 'One text for both' },
  { resolution: 'ignore', label: 'Leave as it is' },
]

/** Chosen, looked at, then done: nothing changes before `Decide`. */
export function Decision({ conflict }: { conflict: Conflict }) {
  const detail = useConflictDetail(conflict, true)
  if (detail.error && !detail.data)
    return (
      <p role="alert" className="text-sm text-danger">
        What can be decided could not be read. {detail.error.message}
      </p>
    )
  return detail.data ? <Choice key={detail.data.conflict.revision} detail={detail.data} /> : <p className="text-sm text-muted">Reading…</p>
}

function Choice({ detail }: { detail: ConflictDetail }) {
  const { conflict, newerItemId, suggestion } = detail
  const [chosen, setChosen] = useState<Resolution>('replace')
  const [merged, setMerged] = useState(suggestion ?? conflict.items.map(({ text }) => text).join(' '))
  const [note, setNote] = useState('')
  const [kept, setKept] = useState<string | null>(null)
  const resolve = useResolve()
  const isPair = conflict.items.length === 2
  const older = conflict.items.find(({ id }) => id !== newerItemId)?.id ?? null
  // Of three or more it has to be said which one stays.
  const keptId = isPair ? (chosen === 'keep_old' ? older : newerItemId) : kept
  const needsKept = !isPair && (chosen === 'keep_old' || chosen === 'replace')
  const decide = () =>
    resolve.mutate({
      id: conflict.id,
      revision: conflict.revision,
      resolution: chosen,
      ...(chosen === 'merge' ? { text: merged.trim() } : {}),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(needsKept && kept !== null ? { keepItemId: kept } : {}),
    })
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
        {offers
          .filter(({ resolution }) => isPair || resolution !== 'keep_old')
          .map(({ resolution, label }) => (
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
              {isPair || resolution !== 'replace' ? label : 'Keep one'}
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
      <Preview conflict={conflict} chosen={chosen} keptId={keptId}>
        {chosen === 'merge' && (
          <textarea
            aria-label="The text in place of all"
            value={merged}
            rows={3}
            maxLength={limits.itemTextChars}
            onChange={(event) => setMerged(event.target.value)}
            className="w-full rounded-md border border-line-strong bg-bg px-2 py-1 text-sm"
          />
        )}
      </Preview>
      <input
        aria-label="Why, for the others"
        placeholder="Why, for the others (optional)"
        value={note}
        maxLength={limits.conflictNoteChars}
        onChange={(event) => setNote(event.target.value)}
        className="h-8 rounded-md border border-line bg-bg px-2 text-sm placeholder:text-muted"
      />
      {resolve.error && (
        <p role="alert" className="text-sm text-danger">
          Not decided. {resolve.error.message} What is shown here is how it is now.
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

interface PreviewProps {
  conflict: Conflict
  chosen: Resolution
  keptId: string | null
  children: ReactNode
}

/** What goes is struck out, what stays or comes is as it would be. */
function Preview({ conflict, chosen, keptId, children }: PreviewProps) {
  return (
    <div className="grid gap-1 rounded-md bg-code p-2 text-sm">
      {conflict.items.map(({ id, ref, text }) => {
        const stays = chosen === 'ignore' || (chosen !== 'merge' && (keptId === null || id === keptId))
        return (
          <p key={id} className="wrap-anywhere">
            <span className="mr-1.5 text-muted tabular-nums">{stays ? ref : `− ${ref}`}</span>
            {stays ? text : <del className="text-muted">{text}</del>}
          </p>
        )
      })}
      {children}
    </div>
  )
}
