// Decisions that were not carried out since the conflict had changed: kept until whoever made them has seen that, also when the conflict is over.

import { useSyncExternalStore } from 'react'
import type { ChangedConflict } from '../../shared/wire/conflicts.ts'

let refusals: readonly ChangedConflict[] = []
const listeners = new Set<() => void>()

function show(next: readonly ChangedConflict[]): void {
  refusals = next
  for (const listener of listeners) listener()
}

/** Keeps what the server answered. */
export function keepRefusal(refusal: ChangedConflict): void {
  show([...refusals.filter(({ conflict }) => conflict.id !== refusal.conflict.id), refusal])
}

/** It was seen, or is being decided anew. */
export function forgetRefusal(conflictId: string): void {
  if (refusals.some(({ conflict }) => conflict.id === conflictId)) show(refusals.filter(({ conflict }) => conflict.id !== conflictId))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** All that nobody has seen yet, the latest last. */
export function useRefusals(): readonly ChangedConflict[] {
  return useSyncExternalStore(subscribe, () => refusals)
}
