// The command palette: one field, everything one can do or go to under it. Loaded when it is first opened.

import { useQuery } from '@tanstack/react-query'
import { Command as Cmdk } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { api } from '../session/api.ts'
import { commandsFromSources, useAllCommands, type Command } from '../ui/commands.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { fitOf } from './command-filter.ts'

/** In this order, then any others in the order they were registered. */
const groupOrder = ['Document', 'Go to', 'Panels', 'People', 'Projects', 'Appearance', 'Help', 'Go to section']

/** More are found in the list of projects. */
const projectsShown = 100

/** Open as long as it is rendered. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const registered = useAllCommands()
  const projects = useProjectCommands()
  const groups = useMemo(() => inGroups([...registered, ...commandsFromSources(), ...projects]), [registered, projects])
  const choose = (command: Command) => {
    onClose()
    // After the dialog has given the focus back: what runs may want to take it.
    setTimeout(command.run)
  }
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_10_20/45%)]" />
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={(event) => {
            if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
            event.preventDefault()
            onClose()
          }}
          className="fixed top-[10vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 animate-appear overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <Radix.Title className="sr-only">Commands</Radix.Title>
          <Cmdk label="Commands" loop filter={filter}>
            <Cmdk.Input
              autoFocus
              placeholder="Type a command, a section or a project…"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-muted"
            />
            <Cmdk.List className="max-h-[min(24rem,60vh)] scroll-py-2 overflow-y-auto p-2">
              <Cmdk.Empty className="px-2 py-6 text-center text-muted">Nothing is called that.</Cmdk.Empty>
              {groups.map(([group, commands]) => (
                <Cmdk.Group key={group} heading={group} className={headingLook}>
                  {commands.map((command) => (
                    <Row key={command.id} command={command} onChoose={choose} />
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The projects changed last, as ways to go there. */
function useProjectCommands(): readonly Command[] {
  const [, navigate] = useLocation()
  const { data } = useQuery({
    queryKey: ['palette-projects'],
    queryFn: ({ signal }) => api.listProjects({ limit: projectsShown }, signal),
  })
  return useMemo(
    () =>
      (data?.items ?? []).map(({ id, name }) => ({
        id: `project.${id}`,
        title: name,
        group: 'Projects',
        words: 'project go to',
        run: () => navigate(`/p/${id}`),
      })),
    [data, navigate],
  )
}

const filter = (_id: string, typed: string, [title = '', others = '']: string[] = []) => fitOf(typed, title, others)

const headingLook =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

function Row({ command, onChoose }: { command: Command; onChoose: (command: Command) => void }) {
  const [key] = command.keys ?? []
  return (
    <Cmdk.Item
      value={command.id}
      keywords={[command.title, `${command.words ?? ''} ${command.group}`]}
      onSelect={() => onChoose(command)}
      className="flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-md px-2 py-1 data-[selected=true]:bg-hover"
    >
      <span className="min-w-0 truncate">{command.title}</span>
      {key && <KeyHint name={key} />}
    </Cmdk.Item>
  )
}

function inGroups(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>(groupOrder.map((group) => [group, []]))
  for (const command of commands) {
    if (command.isKeyOnly) continue
    const group = groups.get(command.group)
    if (group) group.push(command)
    else groups.set(command.group, [command])
  }
  return [...groups].filter(([, members]) => members.length > 0)
}
