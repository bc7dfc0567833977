// How binding a sentence is: must, should, may or must not, by the words RFC 2119 and everyday specs use.

/** How binding an item is; `none` when its words do not say. */
export type Modality = 'must' | 'should' | 'may' | 'must_not' | 'none'

/** A word that says so, and where. */
export interface ModalWord {
  readonly modality: Exclude<Modality, 'none'>
  readonly from: number
  readonly to: number
}

const modalPattern = new RegExp(
  [
    /(?<mustNot>\b(?:must|shall|will|may|can|could|do|does|should)\s+(?:not|never)\b(?!\s+only\b)|\b(?:cannot|can't|mustn't|shan't|won't|don't|doesn't|shouldn't)\b|\b(?:forbidden|prohibited|disallowed|not\s+(?:allowed|permitted|recommended))\b)/,
    /(?<must>\b(?:must|shall|will|has\s+to|have\s+to|needs?\s+to|(?:is|are)\s+(?:to|required|mandatory|obligatory))\b)/,
    /(?<should>\b(?:should|ought\s+to|(?:is|are)\s+recommended)\b)/,
    /(?<may>\b(?:may|can|could|(?:is|are)\s+optional|(?:is|are)\s+(?:allowed|permitted)\s+to)\b)/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gi',
)
/** Words of RFC 2119 that are everyday adjectives unless they are written in capitals. */
const keyWord = /\b(?:(REQUIRED)|(RECOMMENDED)|(OPTIONAL))\b/g

const isNegatedShould = /^(?:should\s+(?:not|never)|shouldn't|not\s+recommended)$/i
const plainNegation = /^(?:do|does)\s+(?:not|never)$|^(?:don't|doesn't)$/i

/** Every modal word of `text`, in order. A negated `should` counts as `should`: it forbids nothing. */
export function modalWords(text: string): ModalWord[] {
  const found: ModalWord[] = []
  for (const match of text.matchAll(modalPattern)) {
    const words = match[0]
    const groups = match.groups ?? {}
    // "does not" states a fact; "do not" forbids, at the start of an order.
    if (
      plainNegation.test(words) &&
      (/^does/i.test(words) || !/(?:^|[:;,.\n]\s*)$/.test(text.slice(Math.max(0, match.index - 5), match.index)))
    )
      continue
    const modality = isNegatedShould.test(words)
      ? 'should'
      : groups['mustNot'] !== undefined
        ? 'must_not'
        : groups['must'] !== undefined
          ? 'must'
          : groups['should'] !== undefined
            ? 'should'
            : 'may'
    found.push({ modality, from: match.index, to: match.index + words.length })
  }
  for (const match of text.matchAll(keyWord)) {
    const modality = match[1] !== undefined ? 'must' : match[2] !== undefined ? 'should' : 'may'
    found.push({ modality, from: match.index, to: match.index + match[0].length })
  }
  return found.toSorted((a, b) => a.from - b.from)
}

/** Modality of the main clause: the first modal word behind `mainFrom`, where a leading condition ends. */
export function modalityOf(text: string, mainFrom = 0): Modality {
  // What someone can do thanks to a requirement is its purpose, and binds nobody.
  const purpose = text.search(/\bso\s+(?:that\s+)?(?:i|we|they|he|she|it|users?)\s+(?:can|could|may)\b/i)
  const words = modalWords(purpose < 0 ? text : text.slice(0, purpose))
  const first = words.find((word) => word.from >= mainFrom)
  if (first === undefined) return 'none'
  // "No administrator can …" allows nothing.
  return /^\s*(?:no|neither|nobody|none of)\s(?!more|fewer|less|later)/i.test(text.slice(mainFrom, first.from)) &&
    first.modality !== 'should'
    ? 'must_not'
    : first.modality
}
