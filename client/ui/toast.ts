// Short messages at the bottom of the page, without loading what shows them before there is one.

/** A button in a message, such as `Undo`. */
export interface ToastAction {
  label: string
  run: () => void
}

/** Shows `text` as something that worked. */
export function tellSuccess(text: string, action?: ToastAction): void {
  import('./toaster.tsx').then(({ showSuccess }) => showSuccess(text, action), reportError)
}

/** Shows `text` as a failure: what happened, what was kept, what to do. */
export function tellError(text: string): void {
  import('./toaster.tsx').then(({ showError }) => showError(text), reportError)
}

/** Shows `text` as news that asks for nothing; `detail` stands smaller under it. */
export function tellQuietly(text: string, action: ToastAction, detail?: string): void {
  import('./toaster.tsx').then(({ showNews }) => showNews(text, action, detail), reportError)
}
