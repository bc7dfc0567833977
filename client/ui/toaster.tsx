// The place where short messages appear: sonner, in a root of its own.

import { createRoot } from 'react-dom/client'
import { Toaster, toast } from 'sonner'
import 'sonner/dist/styles.css'
import { useTheme } from './theme.ts'

const shownMs = 10_000

function ThemedToaster() {
  return <Toaster theme={useTheme()} position="bottom-center" closeButton />
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<ThemedToaster />)

/** Shows `text` as a failure. */
export function showError(text: string): void {
  toast.error(text, { duration: shownMs })
}
