// Two texts compared: side by side where there is room, else one under the other.

import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useIsWide } from '../ui/media.ts'
import { shownText } from './diff-look.ts'

/** One of the two texts, and what it is. */
export interface ComparedText {
  text: string
  label: string
}

interface DiffViewProps {
  before: ComparedText
  after: ComparedText
  /** Shows what did not change, too. */
  isWhole: boolean
}

/** Past it a change is shown coarser: two long texts with nothing in common would else hold the page. */
const diffConfig = { scanLimit: 1_000, timeout: 300 }
/** Lines around a change that stay in sight, and how few lines are not worth hiding. */
const collapse = { margin: 2, minSize: 4 }

/** Made anew when a text or the width changes. */
export function DiffView({ before, after, isWhole }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const isWide = useIsWide()
  useEffect(() => {
    if (!host.current) return undefined
    const shared = { gutter: false, diffConfig, ...(isWhole ? {} : { collapseUnchanged: collapse }) }
    const view = isWide
      ? new MergeView({
          a: { doc: before.text, extensions: shownText(before.label) },
          b: { doc: after.text, extensions: shownText(after.label) },
          parent: host.current,
          ...shared,
        })
      : new EditorView({
          doc: after.text,
          extensions: [
            shownText(`${after.label}, compared with ${before.label}`),
            unifiedMergeView({ original: before.text, mergeControls: false, ...shared }),
          ],
          parent: host.current,
        })
    return () => view.destroy()
  }, [before.text, before.label, after.text, after.label, isWhole, isWide])
  return (
    <>
      {isWide && (
        <div className="grid grid-cols-2 border-b border-line text-sm text-muted" aria-hidden>
          <span className="truncate px-4 py-1.5">{before.label}</span>
          <span className="truncate border-l border-line px-4 py-1.5">{after.label}</span>
        </div>
      )}
      <div ref={host} className="history-diff min-h-0 flex-1 overflow-y-auto" />
    </>
  )
}
