// Small choices that this browser keeps: panel widths, how the text is set.

/** What was kept under `key`, or null: nothing there, storage blocked, or no JSON. */
export function readKept(key: string): unknown {
  try {
    const text = localStorage.getItem(key)
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** Keeps `value` as JSON for the next visit, where this browser allows that. */
export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Storage is blocked or full: the choice holds for this page only.
  }
}
