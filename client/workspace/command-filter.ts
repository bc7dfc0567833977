// How well a command fits what was typed: every word must be in its title or its other words, best at the beginning of one.

/** 0 for no fit, to 1; the title comes first, and what is found at the beginning of a word before what is inside of one. */
export function fitOf(typed: string, title: string, others: string): number {
  const words = normal(typed).split(/\s+/).filter(Boolean)
  const fits = words.map((word) => Math.max(wordFit(word, normal(title)), 0.5 * wordFit(word, normal(others))))
  return words.length === 0 ? 1 : Math.min(...fits)
}

function wordFit(word: string, text: string): number {
  const at = text.indexOf(word)
  if (at === 0) return 1
  if (at > 0 && /[\s\p{P}]/u.test(text[at - 1] ?? '')) return 0.9
  const isWordStart = text.split(/[\s\p{P}]+/u).some((part) => part.startsWith(word))
  return isWordStart ? 0.9 : at > 0 ? 0.4 : 0
}

/** Letters without their accents and case. */
function normal(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
