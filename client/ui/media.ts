// Whether the window is wide enough for panels beside the text.

import { useSyncExternalStore } from 'react'

const wide = globalThis.matchMedia('(min-width: 900px)')

function subscribeToWidth(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

/** True where panels stand beside the text; below that they open over it. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribeToWidth, () => wide.matches)
}
