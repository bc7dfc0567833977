// The title of the tab.

import { useEffect } from 'react'

let name = ''
let count = 0

function show(): void {
  document.title = `${count > 0 ? `(${count}) ` : ''}${name ? `${name} · Elenchus` : 'Elenchus'}`
}

/** Sets the tab's title to `title` and the product's name. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    name = title
    show()
  }, [title])
}

/** Puts how many things wait in front of the title while the caller is on the page; none at 0. */
export function useTitleCount(waiting: number): void {
  useEffect(() => {
    count = waiting
    show()
    return () => {
      count = 0
      show()
    }
  }, [waiting])
}
