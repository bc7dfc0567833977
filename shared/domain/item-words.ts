// What an item says once the words are off that say nothing: by that, copies are told.

import { vagueTerms, withoutWish } from './vague-terms.ts'

/** An item reduced to what tells it from others. */
export interface ItemWords {
  /** The telling words, in order: equal in items that say the same in the same words. */
  readonly key: string
  /** The same as a set. */
  readonly words: ReadonlySet<string>
  readonly isVague: boolean
}

/** Words that tell nothing apart. `not`, `no`, `only` and their like are missing on purpose. */
const idle = new Set(
  `a an the this that these those it its is are be been being was were will would shall must should may might can could has have had do does
   of in on at to for from by with and or as so then than there very really quite just also please possible possibly feasible practicable
   necessary needed ever both each any all more`.split(/\s+/),
)

/** Turns of speech that only weaken. */
const escapes =
  /\b(?:as\s+(?:far|much|soon|fast|quickly|well|good|easily)\s+as\s+(?:possible|practicable|feasible|it\s+gets)|(?:if|where|when|whenever|wherever)\s+(?:possible|feasible|practicable|applicable|necessary|needed|appropriate)|including\s+but\s+not\s+limited\s+to|to\s+the\s+extent\s+(?:possible|practicable)|and\s+more)\b/giu

/** The words of `text` by which copies are told. */
export function itemWords(text: string): ItemWords {
  const asserted = withoutWish(text)
  const vague = vagueTerms(asserted)
  const told = tellingWords(blanked(text, vague).replace(escapes, ' '))
  // Of an item that has vague words only, they are all there is to tell it by.
  const words = told.length > 0 ? told : plainWords(text)
  return { key: words.join(' '), words: new Set(words), isVague: vague.length > 0 }
}

function blanked(text: string, spans: readonly { from: number; to: number }[]): string {
  let out = ''
  let at = 0
  for (const { from, to } of spans) {
    out += `${text.slice(at, from)} `
    at = to
  }
  return out + text.slice(at)
}

const tellingWords = (text: string): string[] => plainWords(text).filter((word) => !idle.has(word))

/** Lower-case words and numbers, without a plural's `s`; a comparison and a percent sign are words too. */
function plainWords(text: string): string[] {
  const found =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{M}\p{N}_'’]*|\p{N}+(?:[.,]\p{N}+)*|[<>≤≥%±]/gu) ?? []
  return found.map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word))
}
