// What is done with files, loaded when someone does it.

import { tellError } from '../ui/toast.ts'

const loadFiles = () => import('./document-files.ts')

/** Loads `document-files.ts` and runs `use` with it; says so when it cannot be loaded. */
export function withFiles(use: (files: Awaited<ReturnType<typeof loadFiles>>) => void): void {
  loadFiles().then(use, () =>
    tellError('This part of the page could not be loaded: the connection is away. Nothing was changed; try again when it is back.'),
  )
}
