// The views of a project, each with its address and its name; the header's tabs, the routes and the palette come from this table.

import type { LazyExoticComponent } from 'react'
import { lazy } from 'react'

const ItemsPage = lazy(async () => ({ default: (await import('../items/items-page.tsx')).ItemsPage }))
const QualityPage = lazy(async () => ({ default: (await import('../quality/quality-page.tsx')).QualityPage }))
const HistoryPage = lazy(async () => ({ default: (await import('../history/history-page.tsx')).HistoryPage }))

/** A view besides the spec itself, which is always there underneath. */
export interface WorkspaceView {
  key: 'spec' | 'items' | 'quality' | 'history'
  label: string
  /** What follows `/p/:id/` in the address; empty for the spec. */
  path: string
  /** Loaded with its first use; it finds the project by `useOpenProject`. Null for the spec, which the workspace keeps. */
  View: LazyExoticComponent<() => React.ReactNode> | null
}

/** In the order of the tabs. A new view is one row here, and its key: `lazy(async () => ({ default: (await import('…')).HistoryPage }))`. */
export const views: readonly WorkspaceView[] = [
  { key: 'spec', label: 'Spec', path: '', View: null },
  { key: 'items', label: 'Items', path: 'items', View: ItemsPage },
  { key: 'quality', label: 'Quality', path: 'quality', View: QualityPage },
  { key: 'history', label: 'History', path: 'history', View: HistoryPage },
]

/** The view at an address, or undefined when there is none. */
export function viewAt(path: string): WorkspaceView | undefined {
  return views.find((view) => view.path === path)
}

/** The address of a view of a project. */
export function viewAddress(projectId: string, view: WorkspaceView): string {
  return view.path === '' ? `/p/${projectId}` : `/p/${projectId}/${view.path}`
}
