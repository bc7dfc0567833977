// What quality is made of: the items of a spec and its conflicts, and how one hears that they changed.

import type { CategoryKey } from '../../shared/domain/categories.ts'

/** What is needed of an item. */
export interface SourceItem {
  readonly id: string
  readonly number: number
  readonly category: CategoryKey
  readonly text: string
  readonly confidence: number
  /** When its words changed last, in ISO 8601. */
  readonly updatedAt: string
}

/** What is needed of an open conflict. */
export interface SourceConflict {
  readonly id: string
  readonly kind: string
  readonly items: readonly { readonly id: string }[]
}

/** The items of specs; listeners must not throw. */
export interface ItemsSource {
  onChange(
    listener: (change: { readonly projectId: string; readonly items: readonly SourceItem[]; readonly changed: readonly string[] }) => void,
  ): () => void
  /** Up to date with the live text at the time of the call. Errors: not_found, store_unavailable, overloaded. */
  current(projectId: string): Promise<readonly SourceItem[]>
}

/** The conflicts of specs; listeners must not throw. */
export interface ConflictsSource {
  onChange(listener: (change: { readonly projectId: string }) => void): () => void
  /** Redundancies are among them, told by their kind. Errors: store_unavailable, overloaded. */
  list(projectId: string, status: 'open'): Promise<readonly SourceConflict[]>
}
