// Tells screen readers what changed, once and politely.

/** Announces `message` when it changes; an empty one says nothing. */
export function LiveRegion({ message }: { message: string }) {
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {message}
    </div>
  )
}
