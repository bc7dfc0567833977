// Files of a document: choosing one to import, taking the text away as one.

import type { Project } from '../../shared/wire/projects.ts'
import type { Provider } from '../collab/provider.ts'
import { tellError } from '../ui/toast.ts'
import { importTypes, readImport } from './import-file.ts'
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
  const link = document.createElement('a')
  const address = URL.createObjectURL(new Blob([provider.text.toString()], { type: 'text/markdown' }))
  link.href = address
  link.download = fileNameOf(project.name)
  link.click()
  // Browsers begin the download within the click; a minute is ample for any that does not.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** A name that every file system takes. */
export function fileNameOf(projectName: string): string {
  const words = projectName
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${Array.from(words).slice(0, 80).join('').toLowerCase() || 'spec'}.md`
}
