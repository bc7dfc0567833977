// Which open documents hold edits the server has not taken yet: signing out asks before it deletes them, closing the page where nothing keeps them.

interface Unsaved {
  /** Whether they survive a reload in this browser's own copy. */
  isKept: boolean
}

const unsavedProjects = new Map<string, Unsaved>()

/** Notes the unsaved edits of the open document of `projectId`; null when there are none. */
export function noteUnsavedEdits(projectId: string, unsaved: Unsaved | null): void {
  if (unsaved) unsavedProjects.set(projectId, unsaved)
  else unsavedProjects.delete(projectId)
}

/** Whether any document open in this page holds edits that exist only in this browser. */
export function hasUnsavedEdits(): boolean {
  return unsavedProjects.size > 0
}

// The browser asks in its own words. Where the copy keeps the edits there is nothing to ask.
window.addEventListener('beforeunload', (event) => {
  if ([...unsavedProjects.values()].some(({ isKept }) => !isKept)) event.preventDefault()
})
