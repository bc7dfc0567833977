// A card in the corner that says a part of the page could not be loaded.

import { Button } from './button.tsx'

/** Announced at once. Browsers remember that a script failed, so only loading the page again brings it. */
export function FailedPart() {
  return (
    <div
      role="alert"
      className="fixed top-14 right-3 z-40 grid max-w-72 animate-appear justify-items-start gap-2 rounded-lg bg-raised p-3 shadow-float"
    >
      <p>This part of the page could not be loaded. When the connection is back, load the page again; your edits stay.</p>
      <Button onClick={() => location.reload()}>Load again</Button>
    </div>
  )
}
