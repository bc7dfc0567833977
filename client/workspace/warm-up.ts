// Loads what is used later while the server is there, so that it works when the connection is lost.

import { useEffect } from 'react'

/** Long after the text is on the screen: these parts must not slow down what the page opens with. */
const afterMs = 10_000

/** Loads the parts that open on demand once the document has been `isLive` for a while; what fails is loaded when it is asked for. */
export function useWarmUp(isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return undefined
    const timer = setTimeout(() => {
      void Promise.allSettled([
        import('../editor/find-panel.ts'),
        import('../items/items-page.tsx'),
        import('../members/members-dialog.tsx'),
        import('../quality/quality-page.tsx'),
        import('../session/account-menu-popup.tsx'),
        import('../ui/toaster.tsx'),
        import('./closed-document.tsx'),
        import('./command-palette.tsx'),
        import('./document-files.ts'),
        import('./document-notices.tsx'),
        import('./import-dialog.tsx'),
        import('./interview-side.tsx'),
        import('./key-list.tsx'),
        import('./panel-sheet.tsx'),
        import('./preferences-dialog.tsx'),
        import('./project-dialog.tsx'),
        import('./project-menu-popup.tsx'),
        import('./reading-panel.tsx'),
        import('./right-panel.tsx'),
        import('../conflicts/conflicts-panel.tsx'),
      ])
    }, afterMs)
    return () => clearTimeout(timer)
  }, [isLive])
}
