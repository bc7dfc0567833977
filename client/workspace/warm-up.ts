// Loads what is used later while the server is there, so that it works when the connection is lost.

import { useEffect } from 'react'

/** Long after the text is on the screen: these parts must not slow down what the page opens with. */
const afterMs = 10_000

/** Loads the parts that open on demand once the document has been `isLive` for a while; what fails is loaded when it is asked for. */
export function useWarmUp(isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return undefined
    const timer = setTimeout(() => {
      // What is to be loaded is a list by itself, which nobody needs until then.
      import('./warm-up-parts.ts').then(({ loadParts }) => loadParts()).catch(() => undefined)
    }, afterMs)
    return () => clearTimeout(timer)
  }, [isLive])
}
