// Reading a file that is to be imported: only text in UTF-8 that a document can hold; anything else is refused with the reason.

import { limits } from '../../shared/limits.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'

/** What the file picker offers. */
export const importTypes = '.md,.markdown,.txt,text/markdown,text/plain'

/** The text of a file, or why there is none, in words for a person. */
export type ReadFile = { type: 'ok'; name: string; text: string } | { type: 'refused'; reason: string }

/** Reads `file`; nothing of the document is touched. */
export async function readImport(file: File): Promise<ReadFile> {
  const { name, size, type } = file
  if (type.startsWith('image/')) return { type: 'refused', reason: imageRefusal }
  if (!/\.(md|markdown|txt)$/i.test(name)) {
    return {
      type: 'refused',
      reason: `“${name}” was not imported: only Markdown and plain text files (.md, .txt) can be. Nothing was changed.`,
    }
  }
  if (size > limits.documentBytes) {
    return {
      type: 'refused',
      reason: `“${name}” was not imported: it has ${megabytes(size)}, and a document holds ${megabytes(limits.documentBytes)}. Nothing was changed.`,
    }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return { type: 'ok', name, text: cleanText(text) }
  } catch {
    return { type: 'refused', reason: `“${name}” was not imported: it could not be read as text in UTF-8. Nothing was changed.` }
  }
}

/** Why a picture does not go into the text. */
export const imageRefusal =
  'A spec here is text: pictures are not stored. Describe what it shows, or link to where it is: ![what it shows](https://…). Nothing was changed.'

/** `4.8 MB`, in binary megabytes as the limits are. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '')} MB`
}
