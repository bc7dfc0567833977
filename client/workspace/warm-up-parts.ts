// The parts that are opened on demand, to be there before the connection is lost.

/** Loads them; what fails is loaded when it is asked for. */
export async function loadParts(): Promise<void> {
  await Promise.allSettled([
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
}
