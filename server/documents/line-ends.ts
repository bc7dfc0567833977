// Line ends inside Yjs texts: carriage returns that a foreign editor typed are found and taken out.

import * as Y from 'yjs'
import type { DecodedUpdate } from './update-coverage.ts'

/** Whether any text that the update inserts has a carriage return. */
export function carriesCarriageReturn({ structs }: DecodedUpdate): boolean {
  return structs.some((struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.content.str.includes('\r'))
}

/** Makes each CRLF of the text an LF, and each CR that stands alone too, by edits of single characters. */
export function removeCarriageReturns(text: Y.Text): void {
  const content = text.toString()
  // From the end, so that earlier offsets stay true.
  for (let index = content.lastIndexOf('\r'); index >= 0; index = index === 0 ? -1 : content.lastIndexOf('\r', index - 1)) {
    text.delete(index, 1)
    if (content[index + 1] !== '\n') text.insert(index, '\n')
  }
}
