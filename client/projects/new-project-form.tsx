// Begins a project: a name, Enter.

import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useCreateProject } from './projects.ts'

/** Asks for the name, creates the project and goes there; Escape calls it off. */
export function NewProjectForm({ onCancel }: { onCancel: () => void }) {
  const create = useCreateProject()
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const trimmed = name.trim()
    setMissing(trimmed === '')
    if (trimmed !== '') create.mutate({ name: trimmed }, { onSuccess: (project) => navigate(`/p/${project.id}`) })
  }
  const error = isMissing ? 'Give the project a name.' : create.error ? `The project was not created. ${create.error.message}` : undefined

  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      className="mb-6 grid animate-appear gap-4 rounded-lg border border-line bg-bg-side p-4"
    >
      <Field
        label="Name of the project"
        name="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={limits.projectNameChars}
        autoComplete="off"
        autoFocus
        error={error}
      />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={create.isPending}>
          {create.isPending ? 'Creating…' : 'Create'}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
