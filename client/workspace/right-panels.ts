// The panels of the right side, each with its name; where there is more than one, they are tabs.

import { lazy, type LazyExoticComponent, type ReactNode } from 'react'
import type { DocumentPlace } from '../editor/document-place.ts'

/** What a right panel is given besides the open project, which it finds by `useOpenProject`. */
export interface RightPanelProps {
  place: DocumentPlace
}

export interface RightPanel {
  key: 'interview' | 'reading' | 'conflicts'
  label: string
  /** For the bar of a narrow screen; the beginning of `label`. */
  short: string
  /** Loaded with its first use. */
  Panel: LazyExoticComponent<(props: RightPanelProps) => ReactNode>
  /** What stands behind its name, such as how much waits in it. */
  Badge?: LazyExoticComponent<() => ReactNode>
}

/** In the order of their tabs. A new panel is one row here, and its key. */
export const rightPanels: readonly RightPanel[] = [
  {
    key: 'interview',
    label: 'Interview',
    short: 'Interview',
    Panel: lazy(async () => ({ default: (await import('./interview-side.tsx')).InterviewSide })),
    Badge: lazy(async () => ({ default: (await import('./proposal-count.tsx')).ProposalBadge })),
  },
  {
    key: 'reading',
    label: 'Reading view',
    short: 'Reading',
    Panel: lazy(async () => ({ default: (await import('./reading-panel.tsx')).ReadingPanel })),
  },
  {
    key: 'conflicts',
    label: 'Conflicts',
    short: 'Conflicts',
    Panel: lazy(async () => ({ default: (await import('../conflicts/conflicts-panel.tsx')).ConflictsPanel })),
    Badge: lazy(async () => ({ default: (await import('./conflict-count.tsx')).CountBadge })),
  },
]

/** The panel called `key`, else the first there is. */
export function rightPanelOf(key: string | null): RightPanel | undefined {
  return rightPanels.find((panel) => panel.key === key) ?? rightPanels[0]
}
