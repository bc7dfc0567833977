// Makes an API token: a name, what it may do, where, for how long; then the token, this once.

import { useId, useState } from 'react'
import type { Scope } from '../../shared/domain/scopes.ts'
import { limits } from '../../shared/limits.ts'
import type { NewApiToken } from '../../shared/wire/accounts.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field, inputLook } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { useForm } from '../ui/use-form.ts'
import { useCreateToken } from './account.ts'
import { ChosenProjects } from './chosen-projects.tsx'
import { scopeChoices } from './scope-words.ts'

const dayChoices = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
]

/** The form, and in its place what it made. */
export function NewTokenForm({ onClose }: { onClose: () => void }) {
  const create = useCreateToken()
  const [made, setMade] = useState<NewApiToken | null>(null)
  const [projectIds, setProjectIds] = useState<readonly string[] | null>(null)
  const { faults, isBusy, form, submit } = useForm({
    names: ['name', 'scope', 'expiresInDays', 'projectIds'],
    check: ({ name }) => ({
      ...(name.trim() === '' ? { name: 'Say what it is for.' } : {}),
      ...(projectIds?.length === 0 ? { projectIds: 'Choose a project, or all of them.' } : {}),
    }),
    send: async ({ name, scope, expiresInDays }) => {
      const chosen = projectIds === null ? {} : { projectIds: [...projectIds] }
      // The value is one of the options above.
      setMade(await create({ name, scopes: [scope as Scope], expiresInDays: Number(expiresInDays), ...chosen }))
    },
  })
  if (made) return <MadeToken made={made} onClose={onClose} />
  return (
    <form
      ref={form}
      noValidate
      aria-label="New API token"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="grid w-full max-w-md animate-appear grid-cols-1 gap-4"
    >
      <Field
        label="What it is for"
        name="name"
        autoComplete="off"
        autoFocus
        maxLength={limits.apiTokenNameChars}
        error={faults.name}
        placeholder="Nightly export"
      />
      <Choice label="What it may do" name="scope" choices={scopeChoices} />
      <Choice label="Works for" name="expiresInDays" choices={dayChoices} first="90" />
      <ChosenProjects chosen={projectIds} error={faults.projectIds} onChange={setProjectIds} />
      <FormFault text={faults.form} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isBusy}>
          {isBusy ? 'Making…' : 'Make the token'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

interface ChoiceProps {
  label: string
  name: string
  choices: readonly { value: string; label: string }[]
  first?: string
}

function Choice({ label, name, choices, first }: ChoiceProps) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select id={id} name={name} defaultValue={first} className={inputLook}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}

function MadeToken({ made, onClose }: { made: NewApiToken; onClose: () => void }) {
  const id = useId()
  return (
    <div className="grid w-full animate-appear grid-cols-1 justify-items-start gap-2 rounded-md border border-line bg-bg-side p-3">
      <label htmlFor={id} className="font-medium">
        The token “<bdi>{made.name}</bdi>”
      </label>
      <div className="flex w-full gap-2">
        <input
          id={id}
          readOnly
          autoFocus
          value={made.token}
          onFocus={(event) => event.target.select()}
          className={`${inputLook} font-mono`}
        />
        <CopyButton text={made.token} className="h-9" />
      </div>
      <p className="text-sm text-muted">Copy it now: it is shown only this once, and whoever has it can use it.</p>
      <Button onClick={onClose}>Done</Button>
    </div>
  )
}
