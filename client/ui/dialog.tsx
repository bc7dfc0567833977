// The dialog: a title, its text, a way to close it; focus stays inside and goes back where it came from.

import X from 'lucide-react/icons/x'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface DialogProps {
  title: string
  description?: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  children: ReactNode
}

/** A part of a dialog marked `data-own-escape` closes by Escape itself; the dialog hears the key first, and leaves it to it. */
function leaveEscape(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest('[data-own-escape]')) event.preventDefault()
}

/** A modal dialog; Escape and a click beside it close it. */
export function Dialog({ title, description, isOpen, onOpenChange, children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_10_20/45%)]" />
        <Radix.Content
          className="fixed top-[12vh] left-1/2 z-50 grid max-h-[80vh] grid-cols-1 w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 gap-4 overflow-auto rounded-lg bg-raised p-5 shadow-float"
          onEscapeKeyDown={leaveEscape}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="pr-8">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {description && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
          </div>
          {children}
          <Radix.Close aria-label="Close" className="absolute top-4 right-4 rounded-md p-1.5 text-muted hover:bg-hover hover:text-text">
            <X size={16} aria-hidden />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
