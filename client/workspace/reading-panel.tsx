// The right panel that shows the spec as it reads.

import { ReadingView } from '../editor/reading/reading-view.tsx'
import { useOpenProject } from '../session/open-project.ts'
import type { RightPanelProps } from './right-panels.ts'

/** The rendered text of the open project. */
export function ReadingPanel({ place }: RightPanelProps) {
  const { provider } = useOpenProject()
  return <ReadingView text={provider.text} place={place} />
}
