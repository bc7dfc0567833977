// Files of a document: choosing one to import, taking the text away as one, refusing what it cannot hold. Loaded with its first use.

import { limits } from '../../shared/limits.ts'
import type { Project } from '../../shared/wire/projects.ts'
import type { Provider } from '../collab/provider.ts'
import { downloadText, markdownFileName } from '../ui/download.ts'
import { tellError } from '../ui/toast.ts'
import { imageRefusal, importTypes, megabytes, readImport } from './import-file.ts'
import { openDialog } from './open-dialog.ts'

/** Lets the person choose a file, then asks how it is to come in. */
export function chooseImport(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = importTypes
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) void offerImport(file)
  })
  input.click()
}

/** Asks how `file` is to come in, or says why it cannot. */
export async function offerImport(file: File): Promise<void> {
  const read = await readImport(file)
  if (read.type === 'refused') tellError(read.reason)
  else openDialog({ key: 'import', subject: { name: read.name, text: read.text } })
}

/** Downloads the text as it is on the screen, what is not saved yet included. */
export function exportMarkdown(project: Project, provider: Provider): void {
  downloadText(markdownFileName(project.name), provider.text.toString())
}

/** Says that a picture does not go into the text. */
export function refuseImage(): void {
  tellError(imageRefusal)
}

/** Says that a paste would make the document larger than it may be. */
export function refuseLargePaste(): void {
  tellError(
    `Nothing was pasted: a document holds ${megabytes(limits.documentBytes)}, and this would be more. The text is as it was, and still on your clipboard.`,
  )
}

/** Says that a reader cannot import. */
export function refuseReader(): void {
  tellError('The file was not imported: you can read this spec, not change it.')
}
