// Files dropped on the workspace or pasted into it: offered for import, or refused with the reason; never opened by the browser instead.

import type { ClipboardEvent, DragEvent } from 'react'
import { may } from '../../shared/domain/roles.ts'
import { limits } from '../../shared/limits.ts'
import { useOpenProject } from '../session/open-project.ts'
import { withFiles } from './files-on-demand.ts'

const hasFiles = (data: DataTransfer): boolean => data.types.includes('Files')

/** Handlers for the element around the workspace; they go before the editor's own. `isSpec` says whether the text is in sight. */
export function useFiles(isSpec: boolean) {
  const { provider, role } = useOpenProject()
  const onDropCapture = (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return
    take(event)
    const [file] = event.dataTransfer.files
    if (!file || !isSpec) return
    withFiles(({ offerImport, refuseReader }) => (may(role, 'write') ? void offerImport(file) : refuseReader()))
  }
  const onDragOverCapture = (event: DragEvent) => {
    // Without this the browser would leave the page and open the file.
    if (hasFiles(event.dataTransfer)) event.preventDefault()
  }
  const onPasteCapture = (event: ClipboardEvent) => {
    const isInText = event.target instanceof Element && event.target.closest('.cm-content') !== null
    if (!isInText || !may(role, 'write')) return
    const text = event.clipboardData.getData('text/plain')
    if (text === '' && hasFiles(event.clipboardData)) {
      take(event)
      withFiles(({ refuseImage }) => refuseImage())
    } else if (text.length + provider.text.length > limits.documentBytes) {
      take(event)
      withFiles(({ refuseLargePaste }) => refuseLargePaste())
    }
  }
  return { onDropCapture, onDragOverCapture, onPasteCapture }
}

function take(event: DragEvent | ClipboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}
