// The product's mark and name.

/** Three lines of a text, the middle one cut short where the question is. */
export function Logo({ withName = true }: { withName?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden>
        <rect width="32" height="32" rx="7" className="fill-accent-fill" />
        <path d="M9 9h14M9 16h9M9 23h14" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      </svg>
      {withName ? <span className="text-lg font-semibold tracking-tight">Elenchus</span> : <span className="sr-only">Elenchus</span>}
    </span>
  )
}
