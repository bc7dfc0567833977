// The starting text of a new project, made by the server and stored once, so that no two clients insert it twice.

import * as Y from 'yjs'
import { contentKey, cleanText } from '../../shared/spec/plain-text.ts'

/** A Yjs state whose text is `markdown`. */
export function stateOfText(markdown: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText(contentKey).insert(0, cleanText(markdown))
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

/** A heading with the project's name, and its description when there is one. */
export function startingText({ name, description }: { name: string; description: string }): string {
  const heading = `# ${name.replaceAll(/\s+/g, ' ')}\n`
  return description === '' ? heading : `${heading}\n${description}\n`
}
