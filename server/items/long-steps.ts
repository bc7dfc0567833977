// Which texts hold the event loop while they are read, since a stretch of them is one step.

/** A stretch of so many units takes some milliseconds. */
export const maxStretchUnits = 32_768

/** A line with which something new begins, by which the reader can stop. */
const opening = /^[ \t]*(?:[-*+#|]|\d+[.)]|$)/

/** Whether a text has a stretch without an end or a beginning of anything that is longer than that. */
export function hasLongStretch(text: string): boolean {
  if (text.length <= maxStretchUnits) return false
  let since = 0
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    if (to - from > maxStretchUnits) return true
    if (opening.test(text.slice(from, Math.min(to, from + 1_000)))) since = from
    else if (to - since > maxStretchUnits) return true
    from = to + 1
  }
  return false
}
