// Copies a text and says whether it did.

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

const feedbackMs = 3_000

type Feedback = 'none' | 'copied' | 'refused'

interface CopyButtonProps {
  /** A function is asked when the button is pressed. */
  text: string | (() => string)
  label?: string
  className?: string
}

/** A button that copies `text`; its own label is the feedback. */
export function CopyButton({ text, label = 'Copy', className = '' }: CopyButtonProps) {
  const [feedback, setFeedback] = useState<Feedback>('none')
  useEffect(() => {
    if (feedback === 'none') return undefined
    const timer = setTimeout(() => setFeedback('none'), feedbackMs)
    return () => clearTimeout(timer)
  }, [feedback])
  const copy = () => {
    copyText(typeof text === 'string' ? text : text()).then(
      () => setFeedback('copied'),
      () => setFeedback('refused'),
    )
  }
  const words: Record<Feedback, string> = { none: label, copied: 'Copied', refused: 'Select it and copy by hand' }
  return (
    <Button onClick={copy} aria-live="polite" className={className}>
      {feedback === 'copied' ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      {words[feedback]}
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
