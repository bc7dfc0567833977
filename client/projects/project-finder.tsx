// The search field over the list, and the choice between projects in use and archived ones.

import Search from 'lucide-react/icons/search'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { limits } from '../../shared/limits.ts'
import { inputLook } from '../ui/field.tsx'
import { filterAddress } from './project-filter.ts'
import type { ProjectFilter } from './projects.ts'

/** How long a pause in typing sends the search off. */
const pauseMs = 150

interface ProjectFinderProps {
  filter: ProjectFilter
  onQuery: (q: string) => void
}

/** Searches while one types; the two lists are links, so that each has its address. */
export function ProjectFinder({ filter, onQuery }: ProjectFinderProps) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
      <SearchField key={filter.archived ? 'archived' : 'active'} q={filter.q} onQuery={onQuery} />
      <nav aria-label="Which projects" className="flex gap-1">
        <FilterLink label="Active" filter={{ ...filter, archived: false }} isOpen={!filter.archived} />
        <FilterLink label="Archived" filter={{ ...filter, archived: true }} isOpen={filter.archived} />
      </nav>
    </div>
  )
}

function SearchField({ q, onQuery }: { q: string; onQuery: (q: string) => void }) {
  const [typed, setTyped] = useState(q)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])
  const type = (text: string) => {
    setTyped(text)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => onQuery(text.trim()), pauseMs)
  }
  return (
    <div role="search" className="relative min-w-0 flex-1 basis-56">
      <Search size={16} aria-hidden className="pointer-events-none absolute top-2.5 left-3 text-muted" />
      <input
        type="search"
        aria-label="Find a project"
        placeholder="Find a project"
        value={typed}
        maxLength={limits.projectNameChars}
        onChange={(event) => type(event.target.value)}
        className={`${inputLook} pl-9`}
      />
    </div>
  )
}

function FilterLink({ label, filter, isOpen }: { label: string; filter: ProjectFilter; isOpen: boolean }) {
  return (
    <Link
      to={filterAddress(filter)}
      aria-current={isOpen ? 'page' : undefined}
      className="rounded-md px-3 py-1.5 font-medium text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-hover aria-[current=page]:text-text"
    >
      {label}
    </Link>
  )
}
