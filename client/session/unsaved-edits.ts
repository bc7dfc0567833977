// Which open documents hold edits the server has not taken yet: signing out asks before it deletes them.

const unsavedProjects = new Set<string>()

/** Notes whether the open document of `projectId` holds unsaved edits. */
export function noteUnsavedEdits(projectId: string, hasUnsaved: boolean): void {
  if (hasUnsaved) unsavedProjects.add(projectId)
  else unsavedProjects.delete(projectId)
}

/** Whether any document open in this page holds edits that exist only in this browser. */
export function hasUnsavedEdits(): boolean {
  return unsavedProjects.size > 0
}
