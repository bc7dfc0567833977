// The code of an error, for whoever is asked about it; out of the way until it is wanted.

/** Closed until someone opens it. */
export function ErrorDetails({ code }: { code: string }) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-md text-muted hover:text-text">Details</summary>
      <p className="mt-1">
        Code: <code className="font-mono select-all">{code}</code>
      </p>
    </details>
  )
}
