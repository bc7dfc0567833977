// A panel that opens over the text where there is no room beside it; focus stays inside and goes back where it came from.

import X from 'lucide-react/icons/x'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface SheetProps {
  side: 'left' | 'right'
  title: string
  onClose: () => void
  children: ReactNode
}

/** An open sheet; it is there as long as it is rendered. Escape and a click beside it close it. */
export function Sheet({ side, title, onClose, children }: SheetProps) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_10_20/45%)]" />
        <Radix.Content
          aria-describedby={undefined}
          className={`fixed inset-y-0 z-50 flex animate-appear flex-col bg-bg shadow-float ${side === 'left' ? 'left-0 w-[min(20rem,88vw)]' : 'right-0 w-[min(34rem,100vw)]'}`}
        >
          <div className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-3 pl-4">
            <Radix.Title className="font-semibold">{title}</Radix.Title>
            <Radix.Close aria-label="Close" className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-text">
              <X size={16} aria-hidden />
            </Radix.Close>
          </div>
          <div className="flex min-h-0 flex-1 flex-col">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
