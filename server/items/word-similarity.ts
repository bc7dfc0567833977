// How alike two texts are by their words.

/** The words of a text in lower case, numbers included. */
export function words(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, maxWords) ?? []
  )
}

/** An item that is a book is compared by its beginning. */
const maxWords = 400

/** 0 to 1: twice the words they share over all their words (Dice), each counted as often as it occurs; 1 for equal texts. */
export function wordSimilarity(one: string, other: string): number {
  if (one === other) return 1
  const left = words(one)
  const right = words(other)
  if (left.length + right.length === 0) return 0
  const counts = new Map<string, number>()
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of right) {
    const count = counts.get(word) ?? 0
    if (count === 0) continue
    counts.set(word, count - 1)
    shared += 1
  }
  return (2 * shared) / (left.length + right.length)
}
