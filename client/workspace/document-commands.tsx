// What can be done with the open document: its views, its sections, its files; and the dialogs about it.

import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { may } from '../../shared/domain/roles.ts'
import type { DocumentPlace } from '../editor/document-place.ts'
import { useOpenProject } from '../session/open-project.ts'
import { registerSource, useCommands } from '../ui/commands.ts'
import { Dialogs } from './dialogs.tsx'
import { chooseImport, exportMarkdown } from './document-files.ts'
import { viewAddress, views } from './views.ts'

/** Registers them while the project is open. */
export function DocumentCommands({ place }: { place: DocumentPlace }) {
  const { project, provider, role } = useOpenProject()
  const [, navigate] = useLocation()
  const canWrite = may(role, 'write')
  const exporting = { id: 'document.export', title: 'Export as Markdown', group: 'Document', words: 'download save file' }
  const importing = { id: 'document.import', title: 'Import a file…', group: 'Document', words: 'upload open markdown txt' }
  const going =
    views.length < 2
      ? []
      : views.map((view) => ({
          id: `view.${view.key}`,
          title: view.label,
          group: 'Go to',
          words: 'view tab',
          run: () => navigate(viewAddress(project.id, view)),
        }))
  useCommands(
    [{ ...exporting, run: () => exportMarkdown(project, provider) }, ...(canWrite ? [{ ...importing, run: chooseImport }] : []), ...going],
    `document ${canWrite}`,
  )
  useEffect(
    () =>
      registerSource(() =>
        place.snapshot.headings.map(({ text }, index) => ({
          id: `heading.${index}`,
          title: text || 'Untitled',
          group: 'Go to section',
          words: 'heading section',
          run: () => place.jumpTo(index),
        })),
      ),
    [place],
  )
  return <Dialogs of="document" />
}
