// A page of one card: signing in and what belongs to it.

import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

interface CardPageProps {
  title: string
  children: ReactNode
  /** Stands under the card: another way to go. */
  below?: ReactNode
}

/** The logo, the card with its heading, and what stands below. */
export function CardPage({ title, children, below }: CardPageProps) {
  return (
    <main className="flex min-h-full flex-col items-center gap-6 bg-bg-side px-4 pt-[12vh] pb-16">
      <Logo />
      <div className="grid w-full max-w-sm grid-cols-1 gap-5 rounded-lg border border-line bg-raised p-6">
        <h1 className="text-xl font-semibold">{title}</h1>
        {children}
      </div>
      {below && <p className="text-muted">{below}</p>}
    </main>
  )
}
