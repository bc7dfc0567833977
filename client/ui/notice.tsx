// Says what happened, what was kept, and what to do: as a strip over the content, or as a whole page.

import type { ReactNode } from 'react'

type Tone = 'information' | 'warning' | 'danger'

const tones: Record<Tone, string> = {
  information: 'bg-accent-soft text-accent',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
}

interface NoticeProps {
  tone: Tone
  icon?: ReactNode
  children: ReactNode
  /** A button or two. */
  actions?: ReactNode
}

/** A strip across the content; colour is never its only sign: it always has words. */
export function Notice({ tone, icon, children, actions }: NoticeProps) {
  return (
    <div className={`flex animate-appear flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 ${tones[tone]}`}>
      {icon}
      <p className="min-w-0 flex-1 basis-56 text-text">{children}</p>
      {actions}
    </div>
  )
}

/** A page that has nothing else to show. */
export function MessagePage({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <main className="mx-auto grid max-w-md gap-3 px-6 pt-[20vh] pb-16">
      <h1 className="text-xl font-semibold">{title}</h1>
      <div className="grid gap-3 text-muted">{children}</div>
      {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </main>
  )
}
