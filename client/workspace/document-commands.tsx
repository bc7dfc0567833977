// What can be done with the open document: its views and panels, its sections, its files, the people in it; and the dialogs about it.

import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { may } from '../../shared/domain/roles.ts'
import type { PresentPerson } from '../../shared/wire/events.ts'
import type { DocumentPlace } from '../editor/document-place.ts'
import type { Following } from '../editor/following.ts'
import { useOpenProject } from '../session/open-project.ts'
import { usePerson } from '../session/session.ts'
import { offerWay } from '../session/ways.ts'
import { registerSource, useCommands, type Command } from '../ui/commands.ts'
import { useIsWide } from '../ui/media.ts'
import { Dialogs } from './dialogs.tsx'
import { withFiles } from './files-on-demand.ts'
import { openDialog } from './open-dialog.ts'
import { showRightPanel } from './panel-layout.ts'
import { rightPanels } from './right-panels.ts'
import { viewAddress, views } from './views.ts'

interface DocumentCommandsProps {
  place: DocumentPlace
  following: Following
  present: readonly PresentPerson[]
}

/** Registers them while the project is open. */
export function DocumentCommands({ place, following, present }: DocumentCommandsProps) {
  const { project, provider, role } = useOpenProject()
  const { userId } = usePerson()
  const [, navigate] = useLocation()
  const isWide = useIsWide()
  const canWrite = may(role, 'write')
  const isOwner = may(project.role, 'administer')
  const exporting = { id: 'document.export', title: 'Export as Markdown', group: 'Document', words: 'download save file' }
  const importing = { id: 'document.import', title: 'Import a file…', group: 'Document', words: 'upload open markdown txt' }
  const settings = { id: 'document.settings', title: 'Project settings', group: 'Document', words: 'rename describe archive' }
  const panelCommands = rightPanels.map(({ key, label }) => ({
    id: `panel.${key}`,
    title: label,
    group: 'Panels',
    words: 'show right panel',
    run: () => showRightPanel(key, isWide),
  }))
  const viewCommands = views.map((view) => ({
    id: `view.${view.key}`,
    title: view.label,
    group: 'Go to',
    words: 'view tab',
    run: () => navigate(viewAddress(project.id, view)),
  }))
  useCommands(
    [
      { ...exporting, run: () => withFiles(({ exportMarkdown }) => exportMarkdown(project, provider)) },
      ...(canWrite ? [{ ...importing, run: () => withFiles(({ chooseImport }) => chooseImport()) }] : []),
      ...(isOwner ? [{ ...settings, run: () => openDialog({ key: 'project', subject: null }) }] : []),
      ...panelCommands,
      ...(views.length > 1 ? viewCommands : []),
    ],
    `document ${canWrite} ${isOwner}`,
  )
  const address = `/p/${project.id}`
  useEffect(() => {
    // Under another view the text is out of sight, and cannot be scrolled before it is back.
    const inText = (jump: () => void) => {
      if (location.pathname !== address) navigate(address)
      setTimeout(jump)
    }
    const stops = [
      registerSource(() => sectionCommands(place, (index) => inText(() => place.jumpTo(index)))),
      offerWay('text', (position) => inText(() => place.show(position))),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [place, address, navigate])
  useEffect(() => registerSource(() => followCommands(following, present, userId)), [following, present, userId])
  return <Dialogs of="document" />
}

function sectionCommands(place: DocumentPlace, show: (index: number) => void): Command[] {
  return place.snapshot.headings.map(({ text }, index) => ({
    id: `heading.${index}`,
    title: text || 'Untitled',
    group: 'Go to section',
    words: 'heading section',
    run: () => show(index),
  }))
}

function followCommands(following: Following, present: readonly PresentPerson[], ownUserId: string): Command[] {
  const stop = { id: 'follow.stop', title: 'Stop following', group: 'People', run: () => following.stop() }
  const follow = present
    .filter((person) => person.userId !== ownUserId)
    .map((person) => ({
      id: `follow.${person.userId}`,
      title: `Follow ${person.name}`,
      group: 'People',
      run: () => following.follow(person.userId),
    }))
  return following.userId === null ? follow : [stop, ...follow]
}
