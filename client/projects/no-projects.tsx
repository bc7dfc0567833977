// The list before there is a project: what a project is, a way to begin one, a sample to look at.

import { useMutation } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { Button } from '../ui/button.tsx'
import { filterAddress } from './project-filter.ts'
import { useCreateProject } from './projects.ts'

/** `onStart` asks for the first project's name. */
export function NoProjects({ onStart }: { onStart: () => void }) {
  const create = useCreateProject()
  const [, navigate] = useLocation()
  const sample = useMutation({
    mutationFn: async () => {
      const { sampleName, sampleDescription, sampleMarkdown } = await import('./sample-spec.ts')
      return create.mutateAsync({ name: sampleName, description: sampleDescription, markdown: sampleMarkdown })
    },
    onSuccess: (project) => navigate(`/p/${project.id}`),
  })
  return (
    <div className="grid justify-items-center gap-4 rounded-lg border border-dashed border-line-strong px-6 py-16 text-center">
      <p className="max-w-sm text-muted">A project is one spec that you and others write together, in one text, at the same time.</p>
      <Button look="primary" onClick={onStart}>
        New project
      </Button>
      <Button look="quiet" disabled={sample.isPending} onClick={() => sample.mutate()}>
        {sample.isPending ? 'Opening…' : 'Open a sample project'}
      </Button>
      {sample.error && (
        <p role="alert" className="text-danger">
          The sample was not opened. {sample.error.message}
        </p>
      )}
      <Link to={filterAddress({ q: '', archived: true })} className="text-sm text-muted underline hover:text-text">
        Archived projects
      </Link>
    </div>
  )
}
