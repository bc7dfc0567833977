// Copies a text and says that it did.

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { toastError } from './toast.ts'

const feedbackMs = 2_000

/** A button that copies `text`; its own label is the feedback. */
export function CopyButton({ text, label = 'Copy', className = '' }: { text: string; label?: string; className?: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), feedbackMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => {
    copyText(text).then(
      () => setCopied(true),
      () => toastError('The browser did not allow copying. Select the text and copy it by hand.'),
    )
  }
  return (
    <Button onClick={copy} aria-live="polite" className={className}>
      {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      {isCopied ? 'Copied' : label}
    </Button>
  )
}

/** Puts `text` on the clipboard; rejects where the page may not (no secure context, no permission). */
async function copyText(text: string): Promise<void> {
  // `clipboard` is absent on plain http from another machine, whatever its type says.
  const clipboard: Clipboard | undefined = navigator.clipboard
  if (!clipboard) throw new Error('no clipboard')
  await clipboard.writeText(text)
}
