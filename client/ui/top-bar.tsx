// The bar at the top of every signed-in page: 48 px, what is on the left stays readable, what is on the right stays whole.

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Logo } from './logo.tsx'

/** A header with the way home, `children` after it, and `actions` at its end. */
export function TopBar({ children, actions }: { children?: ReactNode; actions: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-bg px-3">
      <Link to="/" aria-label="All projects" title="All projects" className="flex rounded-md p-1 hover:bg-hover">
        <Logo withName={false} />
      </Link>
      <div className="flex min-w-0 flex-1 items-center gap-3">{children}</div>
      <div className="flex shrink-0 items-center gap-2">{actions}</div>
    </header>
  )
}
