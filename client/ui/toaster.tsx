// The place where short messages appear: sonner, in a root of its own, for whoever loads it.

import { createRoot } from 'react-dom/client'
import { Toaster, toast } from 'sonner'
import 'sonner/dist/styles.css'
import { useIsWide } from './media.ts'
import { useTheme } from './theme.ts'
import type { ToastAction } from './toast.ts'

const shownMs = 10_000
/** From the bottom edge; on a narrow screen a bar lies there. */
const offsetPx = { wide: 24, narrow: 60 } as const

function ThemedToaster() {
  const offset = { bottom: useIsWide() ? offsetPx.wide : offsetPx.narrow }
  // All of them apart: one that came later must not lie over the way to take something back.
  return <Toaster theme={useTheme()} position="bottom-center" expand closeButton offset={offset} mobileOffset={offset} />
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<ThemedToaster />)

/** Shows `text` as a failure: what happened and what to do. It goes after ten seconds, or when dismissed. */
export function showError(text: string): void {
  toast.error(text, { duration: shownMs })
}

/** Shows `text` as something that worked; with an action, a way to take it back, it stays ten seconds. */
export function showSuccess(text: string, action?: ToastAction): void {
  toast.success(text, action ? { duration: shownMs, action: { label: action.label, onClick: action.run } } : {})
}

/** Shows `text` as news, with a way to it, for ten seconds. */
export function showNews(text: string, { label, run }: ToastAction, detail?: string): void {
  toast(text, { duration: shownMs, action: { label, onClick: run }, ...(detail === undefined ? {} : { description: detail }) })
}
