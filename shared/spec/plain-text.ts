// What counts as clean text in a spec: LF line ends, whole surrogate pairs, no NUL. Every way in uses it.

/** The Yjs text that holds the Markdown of a spec. */
export const contentKey = 'content'

/**
 * Makes text fit for a document: CRLF and lone CR become LF (CodeMirror counts CRLF as one position, Yjs as two),
 * a lone surrogate becomes U+FFFD, a NUL (which PostgreSQL text cannot hold) becomes U+FFFD, a leading byte-order mark goes.
 */
export function cleanText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD')
    .toWellFormed()
}

/** Whether the UTF-16 unit at `index` is the second half of a pair, so that a cut before it would split a character. */
export function isInsidePair(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false
  const before = text.charCodeAt(index - 1)
  const after = text.charCodeAt(index)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
