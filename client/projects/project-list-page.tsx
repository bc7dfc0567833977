// `/`: the projects one is in, and a way to begin another.

import { useState } from 'react'
import { Link } from 'wouter'
import type { Project } from '../../shared/wire/projects.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { TopBar } from '../ui/top-bar.tsx'
import { whenSince } from '../ui/when.ts'
import { NewProjectForm } from './new-project-form.tsx'
import { useProjects } from './projects.ts'

/** The page one lands on after signing in; `onNearProject` is told when a project is about to be opened. */
export function ProjectListPage({ onNearProject }: { onNearProject: () => void }) {
  usePageTitle('Projects')
  const projects = useProjects()
  const [isNaming, setNaming] = useState(false)
  const items = projects.data?.pages.flatMap((page) => page.items) ?? []

  return (
    <div className="flex h-full flex-col">
      <TopBar actions={<AccountMenu />} />
      <main className="mx-auto w-full max-w-3xl flex-1 px-4 py-8 sm:px-6 sm:py-12">
        <div className="mb-6 flex min-h-8 items-center justify-between gap-4">
          <h1 className="text-xl font-semibold">Projects</h1>
          {items.length > 0 && !isNaming && (
            <Button look="primary" onClick={() => setNaming(true)}>
              New project
            </Button>
          )}
        </div>
        {isNaming && <NewProjectForm onCancel={() => setNaming(false)} />}
        {projects.isPending && <ListSkeleton />}
        {projects.error && (
          <div role="alert" className="grid justify-items-start gap-3">
            <p>Your projects could not be listed; nothing happened to them. {projects.error.message}</p>
            <Button onClick={() => void projects.refetch()}>Try again</Button>
          </div>
        )}
        {projects.isSuccess && items.length === 0 && !isNaming && <NoProjects onStart={() => setNaming(true)} />}
        {items.length > 0 && <ProjectRows projects={items} onNear={onNearProject} />}
        {projects.hasNextPage && (
          <Button className="mt-4" disabled={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
            Show more
          </Button>
        )}
      </main>
    </div>
  )
}

function NoProjects({ onStart }: { onStart: () => void }) {
  return (
    <div className="grid justify-items-center gap-4 rounded-lg border border-dashed border-line-strong px-6 py-16 text-center">
      <p className="max-w-sm text-muted">A project is one spec that you and others write together, in one text, at the same time.</p>
      <Button look="primary" onClick={onStart}>
        New project
      </Button>
    </div>
  )
}

function ProjectRows({ projects, onNear }: { projects: readonly Project[]; onNear: () => void }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {projects.map((project) => (
        <li key={project.id}>
          <Link
            to={`/p/${project.id}`}
            onPointerEnter={onNear}
            onFocus={onNear}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-2 py-3 hover:bg-hover"
          >
            <span className="min-w-0 flex-1 max-sm:basis-full">
              <span className="line-clamp-2 font-medium break-words">{project.name}</span>
              {project.description && <span className="line-clamp-1 text-sm text-muted">{project.description}</span>}
            </span>
            <span className="shrink-0 text-sm text-muted capitalize">{project.role}</span>
            <time
              dateTime={project.updatedAt}
              title={new Date(project.updatedAt).toLocaleString()}
              className="min-w-24 shrink-0 text-sm sm:text-right text-muted tabular-nums"
            >
              {whenSince(project.updatedAt)}
            </time>
          </Link>
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
