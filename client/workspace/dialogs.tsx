// The dialogs of the page, each loaded when it is first opened; at most one is open.

import { lazy } from 'react'
import { Part } from '../ui/part.tsx'
import { closeDialog, useOpenDialog, type OpenDialog } from './open-dialog.ts'

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))
const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }))
const Preferences = lazy(async () => ({ default: (await import('./preferences-dialog.tsx')).PreferencesDialog }))
const ProjectDialog = lazy(async () => ({ default: (await import('./project-dialog.tsx')).ProjectDialog }))
const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }))

const ofDocument: readonly OpenDialog['key'][] = ['import', 'project']

/** The dialog that is open, if one is. Those about a document are rendered by its workspace, the others by the page. */
export function Dialogs({ of }: { of: 'page' | 'document' }) {
  const dialog = useOpenDialog()
  if (!dialog || ofDocument.includes(dialog.key) !== (of === 'document')) return null
  return <Part key={dialog.key}>{contentOf(dialog)}</Part>
}

function contentOf(dialog: OpenDialog) {
  switch (dialog.key) {
    case 'palette':
      return <CommandPalette onClose={closeDialog} />
    case 'keys':
      return <KeyList onClose={closeDialog} />
    case 'preferences':
      return <Preferences onClose={closeDialog} />
    case 'project':
      return <ProjectDialog onClose={closeDialog} />
    case 'import':
      return <ImportDialog {...dialog.subject} onClose={closeDialog} />
  }
}
