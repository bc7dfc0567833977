// What runs in the thread that reads large texts: their pieces, as plain data.

import { plainPieces, type PlainPiece } from '../../shared/spec/outline-piece.ts'

/** Reads a whole text. */
export default function readOutline(markdown: string): PlainPiece[] {
  return plainPieces(markdown)
}
