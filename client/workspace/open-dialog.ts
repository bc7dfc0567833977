// Which dialog of the page is open, if one is: anything may open one, and opening one closes the other.

import { useSyncExternalStore } from 'react'

/** What each dialog needs to know; `null` for nothing. */
export interface DialogSubjects {
  palette: null
  keys: null
  preferences: null
  project: null
  import: { name: string; text: string }
}

/** An open dialog with its subject. */
export type OpenDialog = { [Key in keyof DialogSubjects]: { key: Key; subject: DialogSubjects[Key] } }[keyof DialogSubjects]

let open: OpenDialog | null = null
const listeners = new Set<() => void>()

/** Opens a dialog in place of the one that is open; null closes it. */
export function openDialog(dialog: OpenDialog | null): void {
  open = dialog
  for (const listener of listeners) listener()
}

/** Closes whichever dialog is open. */
export function closeDialog(): void {
  openDialog(null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The open dialog; renders again with the next. */
export function useOpenDialog(): OpenDialog | null {
  return useSyncExternalStore(subscribe, () => open)
}
