// What to do with a document that has nothing but its title yet.

import Upload from 'lucide-react/icons/upload'
import { useCallback, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import { Button } from '../ui/button.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { withFiles } from './files-on-demand.ts'

/** A text longer than this is not looked through for being empty. */
const emptyAtMost = 2_200

/** Floats over the lower end of the text, and goes with the first line under the title. */
export function EmptyHint({ text }: { text: Y.Text }) {
  const isEmpty = useSyncExternalStore(
    useCallback(
      (listener) => {
        text.observe(listener)
        return () => text.unobserve(listener)
      },
      [text],
    ),
    () => hasOnlyTitle(text),
  )
  if (!isEmpty) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-[12vh] z-10 flex justify-center px-4">
      <div className="pointer-events-auto flex max-w-md flex-wrap items-center justify-center gap-x-4 gap-y-2 text-center text-muted">
        <p>
          Write the first requirement under the title, or bring in what you have. <KeyHint name="Mod-k" /> finds everything else.
        </p>
        <Button onClick={() => withFiles(({ chooseImport }) => chooseImport())}>
          <Upload size={16} aria-hidden />
          Import a file
        </Button>
      </div>
    </div>
  )
}

function hasOnlyTitle(text: Y.Text): boolean {
  if (text.length > emptyAtMost) return false
  const lines = text
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.length === 0 || (lines.length === 1 && lines[0]?.startsWith('# ') === true)
}
