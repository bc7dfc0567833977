// The icon of each view and panel in the bar of a narrow screen. Loaded with the bar: a wide screen has words.

import type { LucideIcon } from 'lucide-react'
import BookOpen from 'lucide-react/icons/book-open'
import ChartPie from 'lucide-react/icons/chart-pie'
import FileText from 'lucide-react/icons/file-text'
import History from 'lucide-react/icons/history'
import ListChecks from 'lucide-react/icons/list-checks'
import ListTree from 'lucide-react/icons/list-tree'
import MessageCircleQuestion from 'lucide-react/icons/message-circle-question-mark'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { RightPanel } from './right-panels.ts'
import type { WorkspaceView } from './views.ts'

/** By the key of its row; a row without one does not pass the type check. */
export const barIcons: Readonly<Record<WorkspaceView['key'] | RightPanel['key'] | 'outline', LucideIcon>> = {
  outline: ListTree,
  spec: FileText,
  items: ListChecks,
  quality: ChartPie,
  history: History,
  interview: MessageCircleQuestion,
  reading: BookOpen,
  conflicts: TriangleAlert,
}
