// Where an owner adjusts the figures of the project: targets, gates, and what the ways on are reckoned with.

import { useState, type FormEvent } from 'react'
import type { TablesAnswer } from '../../shared/wire/quality.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { changedFigures, figureAt, figureGroups, nameOfField, type FigureField } from './figures.ts'
import { useChangeTables, useTables } from './quality-data.ts'

/** Everyone is measured by what is saved here at once; Escape leaves all as it is. */
export function FiguresDialog({ onClose }: { onClose: () => void }) {
  const { project } = useOpenProject()
  const tables = useTables(project.id)
  return (
    <Dialog
      title="Figures of this project"
      description="What maturity, gates and the ways on are reckoned with, for everyone in the project."
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      {tables.data ? (
        <FiguresForm answer={tables.data} onClose={onClose} />
      ) : tables.error ? (
        <p role="alert">The figures could not be read. {tables.error.message}</p>
      ) : (
        <Delayed>
          <SkeletonLine className="w-full" />
        </Delayed>
      )}
    </Dialog>
  )
}

function FiguresForm({ answer: { tables, own }, onClose }: { answer: TablesAnswer; onClose: () => void }) {
  const { project } = useOpenProject()
  const changing = useChangeTables(project.id)
  const [fault, setFault] = useState<FigureField | null>(null)
  const isOwn = Object.keys(own).length > 0
  const save = (change: Parameters<typeof changing.mutate>[0], told: string) =>
    changing.mutate(change, {
      onSuccess: () => {
        tellSuccess(told)
        onClose()
      },
    })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const fields = figureGroups.flatMap((group) => group.fields)
    const wanted = new Map(fields.map((field) => [nameOfField(field), Number(given.get(nameOfField(field)))]))
    const wrong = fields.find((field) => !isWithin(field, given.get(nameOfField(field)), wanted.get(nameOfField(field))))
    setFault(wrong ?? null)
    if (wrong) {
      document.getElementById(nameOfField(wrong))?.focus()
      return
    }
    const change = changedFigures(tables, wanted)
    if (change === null) onClose()
    else save(change, 'The figures are saved.')
  }
  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      {figureGroups.map(({ title, hint, fields }) => (
        <fieldset key={title}>
          <legend className="font-medium">{title}</legend>
          <p className="mb-2 text-sm text-muted">{hint}</p>
          <div className="grid grid-cols-2 gap-x-4 gap-y-2">
            {fields.map((field) => (
              <NumberRow key={nameOfField(field)} field={field} value={figureAt(tables, field)} isWrong={field === fault} />
            ))}
          </div>
        </fieldset>
      ))}
      {fault && (
        <p role="alert" className="text-sm text-danger">
          {fault.label}: a whole number from {fault.min} to {fault.max.toLocaleString()}.
        </p>
      )}
      {changing.error && (
        <p role="alert" className="text-sm text-danger">
          Nothing was saved. {changing.error.message}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {isOwn && (
          <Button
            look="quiet"
            className="mr-auto"
            disabled={changing.isPending}
            onClick={() => save({ reset: true }, 'The usual figures hold again.')}
          >
            Back to the usual ones
          </Button>
        )}
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={changing.isPending}>
          {changing.isPending ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

function isWithin({ min, max }: FigureField, given: FormDataEntryValue | null, value: number | undefined): boolean {
  return typeof given === 'string' && given.trim() !== '' && Number.isInteger(value) && (value ?? -1) >= min && (value ?? -1) <= max
}

function NumberRow({ field, value, isWrong }: { field: FigureField; value: number; isWrong: boolean }) {
  const name = nameOfField(field)
  return (
    <div className="flex items-center justify-between gap-2">
      <label htmlFor={name} className="min-w-0 text-sm first-letter:uppercase">
        {field.label}
      </label>
      <input
        id={name}
        name={name}
        type="number"
        inputMode="numeric"
        min={field.min}
        max={field.max}
        step={1}
        defaultValue={value}
        aria-invalid={isWrong || undefined}
        className="h-8 w-20 shrink-0 rounded-md border border-line-strong bg-bg px-2 text-right tabular-nums aria-[invalid]:border-danger"
      />
    </div>
  )
}
