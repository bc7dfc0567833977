// `/p/:id` and what follows it: one project, open in one of its views.

import { ApiError } from '../net/api-error.ts'
import { useProject } from '../projects/projects.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { usePerson } from '../session/session.ts'
import { Button } from '../ui/button.tsx'
import { MessagePage } from '../ui/notice.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { TopBar } from '../ui/top-bar.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { OpenDocument } from './open-document.tsx'
import { useProvider } from './use-provider.ts'
import { viewAt, type WorkspaceView } from './views.ts'
import { WorkspaceSkeleton } from './workspace-skeleton.tsx'

/** One project, open; `path` is what follows its id in the address. A project that is not there, or not one's own, is answered like an address that is not there. */
export function WorkspacePage({ projectId, path }: { projectId: string; path: string }) {
  const view = viewAt(path)
  const project = useProject(projectId)
  const person = usePerson()
  const { provider, reopen } = useProvider(projectId, person)
  usePageTitle(titleOf(project.data?.name, view))

  const status = project.error instanceof ApiError ? project.error.status : 0
  const isRefused = status === 403 || status === 404 || status === 422
  // A document that was open stays open whatever the name's request says: the provider knows better when access is lost.
  if (!view || (isRefused && !project.data)) return <NotFoundPage />
  if (project.error && !project.data) {
    return (
      <div className="flex h-full flex-col">
        <TopBar actions={<AccountMenu />} />
        <MessagePage title="The project could not be opened" actions={<Button onClick={() => void project.refetch()}>Try again</Button>}>
          <p>Nothing happened to it. {project.error.message}</p>
        </MessagePage>
      </div>
    )
  }
  if (!project.data || !provider) return <WorkspaceSkeleton />
  return <OpenDocument project={project.data} provider={provider} view={view} onReopen={reopen} />
}

function titleOf(name: string | undefined, view: WorkspaceView | undefined): string {
  if (name === undefined) return ''
  return view?.View ? `${view.label} · ${name}` : name
}
