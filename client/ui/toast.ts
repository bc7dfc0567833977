// Short messages over the page; what shows them loads with the first one.

/** Says that something failed: what happened and what to do. Stays until it was read or is dismissed. */
export function toastError(text: string): void {
  import('./toaster.tsx').then(({ showError }) => showError(text), reportError)
}
