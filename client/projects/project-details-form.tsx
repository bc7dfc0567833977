// Renames a project and says what it is about, in its place in the list.

import { useId, useState, type FormEvent } from 'react'
import { limits } from '../../shared/limits.ts'
import type { Project } from '../../shared/wire/projects.ts'
import { Button } from '../ui/button.tsx'
import { Field, inputLook } from '../ui/field.tsx'
import { useChangeProject } from './projects.ts'

/** The form; Enter in the name saves, Escape leaves everything as it was. `onDone` closes it. */
export function ProjectDetailsForm({ project, onDone }: { project: Project; onDone: () => void }) {
  const change = useChangeProject(project.id)
  const [name, setName] = useState(project.name)
  const [description, setDescription] = useState(project.description)
  const [isMissing, setMissing] = useState(false)
  const descriptionId = useId()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const texts = { name: name.trim(), description: description.trim() }
    setMissing(texts.name === '')
    if (texts.name === '') return
    if (texts.name === project.name && texts.description === project.description) onDone()
    else change.mutate(texts, { onSuccess: onDone })
  }
  const error = isMissing ? 'Give the project a name.' : change.error ? `Nothing was changed. ${change.error.message}` : undefined

  return (
    <form
      noValidate
      aria-label={`Details of ${project.name}`}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      className="grid animate-appear gap-4 px-2 py-4"
    >
      <Field
        label="Name"
        name="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onFocus={(event) => event.target.select()}
        maxLength={limits.projectNameChars}
        autoComplete="off"
        autoFocus
        error={error}
      />
      <div className="grid gap-1.5">
        <label htmlFor={descriptionId} className="text-sm font-medium">
          What it is about
        </label>
        <textarea
          id={descriptionId}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          maxLength={limits.projectDescriptionChars}
          rows={2}
          className={`${inputLook} h-auto min-h-16 py-2`}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={change.isPending}>
          {change.isPending ? 'Saving…' : 'Save'}
        </Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
