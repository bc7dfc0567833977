// Which theme the page shows: the person's choice kept in this browser, else the system's.

import { useSyncExternalStore } from 'react'

/** `system` follows the operating system, also while the page is open. */
export type Theme = 'light' | 'dark' | 'system'

/** The choices in the order they are offered, with the word for each. */
export const themes: readonly { theme: Theme; label: string }[] = [
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'system', label: 'System' },
]

// `index.html` reads the same key before the first paint.
const storageKey = 'elenchus.theme'
const listeners = new Set<() => void>()

function readTheme(): Theme {
  const chosen = document.documentElement.dataset['theme']
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

/** Shows `theme` at once and keeps it for the next visit, where this browser allows that. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  try {
    if (theme === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, theme)
  } catch {
    // Storage is blocked: the choice holds for this page only.
  }
  for (const listener of listeners) listener()
}

/** The theme chosen now. */
export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, readTheme)
}
