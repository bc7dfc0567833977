// The list of keys, from the same table that runs them. Loaded when it is first opened.

import { Fragment } from 'react'
import { useAllCommands } from '../ui/commands.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyHint } from '../ui/key-hint.tsx'

/** Open as long as it is rendered. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const groups = Map.groupBy(
    useAllCommands().filter(({ keys }) => keys !== undefined),
    ({ group }) => group,
  )
  return (
    <Dialog title="Keys" description="Keys without Ctrl or Cmd work outside of the text." isOpen onOpenChange={onClose}>
      <div className="grid gap-4">
        {[...groups].map(([group, commands]) => (
          <section key={group}>
            <h3 className="mb-1 text-sm font-medium text-muted">{group}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id} className="flex items-center justify-between gap-4 py-1">
                  <dt className="min-w-0">{command.title}</dt>
                  <dd className="flex shrink-0 items-center gap-1.5 text-xs text-muted">
                    {command.keys?.map((key, index) => (
                      <Fragment key={key}>
                        {index > 0 && 'or'}
                        <KeyHint name={key} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
