// The words of one message by their offsets, whichever way they come: in order, twice, too early, or behind a gap.

/** Words at their offset in the message, in UTF-16 units. */
export interface Piece {
  readonly offset: number
  readonly text: string
}

/** INVARIANT: `text` is what the message says from its first unit on, without a gap; what is `early` begins behind its end. */
export interface StreamedWords {
  readonly text: string
  readonly early: readonly Piece[]
}

export const noWords: StreamedWords = { text: '', early: [] }

/** Behind a gap so many pieces are kept; what else comes is brought by the answer that closes the gap. */
const maxEarly = 500

/** The words with a piece more; the same object when it says nothing new. */
export function withPiece(words: StreamedWords, piece: Piece): StreamedWords {
  const { text, early } = words
  if (piece.offset > text.length) return setAside(words, piece)
  if (piece.offset + piece.text.length <= text.length) return words
  return joined(text + piece.text.slice(text.length - piece.offset), early)
}

/** The words with a piece that waits, even if it joins on. */
export function setAside(words: StreamedWords, piece: Piece): StreamedWords {
  const { text, early } = words
  const isNew = piece.offset > text.length || piece.offset + piece.text.length > text.length
  return isNew && early.length < maxEarly ? { text, early: [...early, piece] } : words
}

/** The words of a message that is known to begin with `text`: what is here may go further, and must not begin otherwise. */
export function begunWith({ text: heard, early }: StreamedWords, text: string): StreamedWords {
  return joined(heard.startsWith(text) ? heard : text, early)
}

/** Whether something came before which words are missing. */
export const isLacking = ({ early }: StreamedWords): boolean => early.length > 0

function joined(begun: string, early: readonly Piece[]): StreamedWords {
  let text = begun
  const later: Piece[] = []
  for (const piece of early.toSorted((a, b) => a.offset - b.offset)) {
    if (piece.offset > text.length) later.push(piece)
    else text += piece.text.slice(text.length - piece.offset)
  }
  return { text, early: later }
}
