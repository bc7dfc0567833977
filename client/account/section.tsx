// One subject of the account page.

import { useId, type ReactNode } from 'react'

interface SectionProps {
  title: string
  description?: string
  children: ReactNode
}

/** A heading, what it is about, and its parts. */
export function Section({ title, description, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-4 border-t border-line pt-6">
      <div className="grid gap-1">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {description && <p className="text-muted">{description}</p>}
      </div>
      {children}
    </section>
  )
}
