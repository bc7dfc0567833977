// Finds the JSON in what a model said.

/** The object in an answer that may have words or a fence around it; null when there is none. */
export function jsonIn(answer: string): unknown {
  const from = answer.indexOf('{')
  const to = answer.lastIndexOf('}')
  if (from === -1 || to < from) return null
  try {
    return JSON.parse(answer.slice(from, to + 1)) as unknown
  } catch {
    return null
  }
}
