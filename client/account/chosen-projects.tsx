// Where an API token works: in all of one's projects, or in some.

import { useId } from 'react'
import { useOwnProjects } from './account.ts'
import { Listed } from './listed.tsx'

interface ChosenProjectsProps {
  /** Null for all. */
  chosen: readonly string[] | null
  error: string | undefined
  onChange: (chosen: readonly string[] | null) => void
}

const radioLook = 'size-4 accent-accent-fill'

/** Two choices, and under the second one the projects. */
export function ChosenProjects({ chosen, error, onChange }: ChosenProjectsProps) {
  const errorId = useId()
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? errorId : undefined} aria-invalid={error ? true : undefined}>
      <legend className="mb-1.5 text-sm font-medium">Where it works</legend>
      <label className="flex items-center gap-2">
        <input type="radio" name="where" className={radioLook} checked={chosen === null} onChange={() => onChange(null)} />
        In all my projects
      </label>
      <label className="flex items-center gap-2">
        <input type="radio" name="where" className={radioLook} checked={chosen !== null} onChange={() => onChange(chosen ?? [])} />
        In some of them
      </label>
      {chosen !== null && <ProjectBoxes chosen={chosen} onChange={onChange} />}
      {error && (
        <p id={errorId} className="text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function ProjectBoxes({ chosen, onChange }: { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const projects = useOwnProjects(true)
  return (
    <Listed query={projects} what="Your projects">
      {(items) =>
        items.length === 0 ? (
          <p className="ml-6 text-muted">You are in no project yet.</p>
        ) : (
          <ul className="ml-6 grid max-h-56 gap-1 overflow-auto rounded-md border border-line p-2">
            {items.map(({ id, name }) => (
              <li key={id}>
                <label className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    className={radioLook}
                    checked={chosen.includes(id)}
                    onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
                  />
                  <bdi className="min-w-0 truncate">{name}</bdi>
                </label>
              </li>
            ))}
          </ul>
        )
      }
    </Listed>
  )
}
