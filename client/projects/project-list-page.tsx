// `/`: the projects one is in, a way to find one and a way to begin another; `?archived` shows those that were put away.

import { useState } from 'react'
import type { Project } from '../../shared/wire/projects.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { TopBar } from '../ui/top-bar.tsx'
import { NewProjectForm } from './new-project-form.tsx'
import { NoProjects } from './no-projects.tsx'
import { ProjectFinder } from './project-finder.tsx'
import { ProjectRow } from './project-row.tsx'
import { useProjectFilter } from './project-filter.ts'
import { useProjects } from './projects.ts'

/** The page one lands on after signing in; `onNearProject` is told when a project is about to be opened. */
export function ProjectListPage({ onNearProject }: { onNearProject: () => void }) {
  const { filter, setQuery } = useProjectFilter()
  usePageTitle(filter.archived ? 'Archived projects' : 'Projects')
  const projects = useProjects(filter)
  const [isNaming, setNaming] = useState(false)
  const items = projects.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = filter.q !== '' || filter.archived
  // Nothing to look through before there is a project.
  const isFirstVisit = projects.isSuccess && items.length === 0 && !isFiltered && !projects.isPlaceholderData

  return (
    <div className="flex h-full flex-col">
      <TopBar actions={<AccountMenu />} />
      <main className="mx-auto w-full max-w-3xl flex-1 px-4 py-8 sm:px-6 sm:py-12">
        <div className="mb-6 flex min-h-8 items-center justify-between gap-4">
          <h1 className="text-xl font-semibold">Projects</h1>
          {!isFirstVisit && !projects.isPending && !isNaming && (
            <Button look="primary" onClick={() => setNaming(true)}>
              New project
            </Button>
          )}
        </div>
        {isNaming && <NewProjectForm onCancel={() => setNaming(false)} />}
        {!isFirstVisit && <ProjectFinder filter={filter} onQuery={setQuery} />}
        {projects.isPending && <ListSkeleton />}
        {projects.error && (
          <div role="alert" className="grid justify-items-start gap-3">
            <p>Your projects could not be listed; nothing happened to them. {projects.error.message}</p>
            <Button onClick={() => void projects.refetch()}>Try again</Button>
          </div>
        )}
        {isFirstVisit && !isNaming && <NoProjects onStart={() => setNaming(true)} />}
        {projects.isSuccess && items.length === 0 && isFiltered && <p className="px-2 py-8 text-muted">{nothingFound(filter)}</p>}
        {items.length > 0 && <ProjectRows projects={items} isOld={projects.isPlaceholderData} onNear={onNearProject} />}
        {projects.hasNextPage && (
          <Button className="mt-4" disabled={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
            {projects.isFetchingNextPage ? 'Loading…' : 'Show more'}
          </Button>
        )}
        <LiveRegion
          message={
            filter.q !== '' && projects.isSuccess && !projects.isPlaceholderData ? foundWords(items.length, projects.hasNextPage) : ''
          }
        />
      </main>
    </div>
  )
}

function nothingFound({ q, archived }: { q: string; archived: boolean }): string {
  if (q === '') return 'Nothing is archived. What you archive can be read here, and brought back.'
  return `No ${archived ? 'archived project' : 'project'} has “${q}” in its name.`
}

function foundWords(count: number, hasMore: boolean): string {
  return count === 1 && !hasMore ? '1 project found' : `${count}${hasMore ? ' or more' : ''} projects found`
}

interface ProjectRowsProps {
  projects: readonly Project[]
  /** Whether another search is under way, and these are the last one's. */
  isOld: boolean
  onNear: () => void
}

function ProjectRows({ projects, isOld, onNear }: ProjectRowsProps) {
  return (
    <ul aria-busy={isOld} className="divide-y divide-line border-y border-line">
      {projects.map((project) => (
        <li key={project.id}>
          <ProjectRow project={project} onNear={onNear} />
        </li>
      ))}
    </ul>
  )
}

function ListSkeleton() {
  return (
    <Delayed>
      <div className="grid gap-6 border-y border-line px-2 py-4" aria-busy="true" aria-label="Loading your projects" role="status">
        <SkeletonLine className="w-3/5" />
        <SkeletonLine className="w-2/5" />
        <SkeletonLine className="w-1/2" />
      </div>
    </Delayed>
  )
}
