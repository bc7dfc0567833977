// The right panel with the interview, which knows the items of the text.

import { InterviewPanel } from '../interview/interview-panel.tsx'
import { useLiveItems } from '../items/use-items.ts'

/** The interview of the open project. */
export function InterviewSide() {
  const { items } = useLiveItems()
  return <InterviewPanel items={items ?? []} />
}
