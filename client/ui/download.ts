// Gives the person a text as a file.

/** Downloads `text` as Markdown under `name`. */
export function downloadText(name: string, text: string): void {
  const link = document.createElement('a')
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
  link.href = address
  link.download = name
  link.click()
  // Browsers begin the download within the click; a minute is ample for any that does not.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The name of a project as a file name that every file system takes, with `.md`. */
export function markdownFileName(projectName: string): string {
  const words = projectName
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${Array.from(words).slice(0, 80).join('').toLowerCase() || 'spec'}.md`
}
