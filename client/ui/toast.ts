// Short messages at the bottom of the page, without loading what shows them before there is one.

/** Shows `text` as something that worked. */
export function tellSuccess(text: string): void {
  import('./toaster.tsx').then(({ showSuccess }) => showSuccess(text), reportError)
}

/** Shows `text` as a failure: what happened, what was kept, what to do. */
export function tellError(text: string): void {
  import('./toaster.tsx').then(({ showError }) => showError(text), reportError)
}
