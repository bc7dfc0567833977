// Loads a part of the page when it is first asked for; a failure breaks nothing else.

import { useState } from 'react'

type Part<Module> = { state: 'unasked' } | { state: 'loading' } | { state: 'ready'; module: Module } | { state: 'failed' }

/** The part as it stands, and the way to ask for it; `load` is an `import()`. */
export function useOnDemand<Module>(load: () => Promise<Module>): { part: Part<Module>; ask: () => void } {
  const [part, setPart] = useState<Part<Module>>({ state: 'unasked' })
  const ask = () => {
    if (part.state === 'loading' || part.state === 'ready') return
    setPart({ state: 'loading' })
    load().then(
      (module) => setPart({ state: 'ready', module }),
      () => setPart({ state: 'failed' }),
    )
  }
  return { part, ask }
}
