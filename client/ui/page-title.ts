// The title of the tab.

import { useEffect } from 'react'

/** Sets the tab's title to `title` and the product's name. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Elenchus` : 'Elenchus'
  }, [title])
}
