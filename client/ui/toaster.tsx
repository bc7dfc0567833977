// The place where short messages appear: sonner, in a root of its own, for whoever loads it.

import { createRoot } from 'react-dom/client'
import { Toaster, toast } from 'sonner'
import 'sonner/dist/styles.css'
import { useTheme } from './theme.ts'

const shownMs = 10_000

function ThemedToaster() {
  return <Toaster theme={useTheme()} position="bottom-center" closeButton />
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<ThemedToaster />)

/** Shows `text` as a failure: what happened and what to do. It goes after ten seconds, or when dismissed. */
export function showError(text: string): void {
  toast.error(text, { duration: shownMs })
}

/** Shows `text` as something that worked; with an action, a way to take it back, it stays ten seconds. */
export function showSuccess(text: string, action?: { label: string; run: () => void }): void {
  toast.success(text, action ? { duration: shownMs, action: { label: action.label, onClick: action.run } } : {})
}
