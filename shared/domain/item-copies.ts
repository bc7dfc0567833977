// Which items say again what an earlier one says: those count for nothing, wherever they stand.

import type { ItemWords } from './item-words.ts'

/** What is needed of an item to tell whether it is a copy. */
export interface CopyCandidate {
  readonly id: string
  /** Given in the order in which items came into being: of copies the first counts. */
  readonly number: number
  readonly words: ItemWords
}

/** Earlier items a vague one is held against, for each of its words: enough for any spec, and a bound for one that is made to hurt. */
const comparedMax = 200

/**
 * The ids of copies, each with the id of the item it repeats: the same telling words, a vague item that adds next to nothing to an earlier
 * one, or a pair that `redundant` names. A copy makes no copies, so that adding an item never takes another's worth. Yields after each item.
 */
export function* findCopies(
  items: readonly CopyCandidate[],
  redundant: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<void, Map<string, string>> {
  const copies = new Map<string, string>()
  const earlier = new EarlierItems()
  const counted = new Set<string>()
  for (const item of items.toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1))) {
    yield
    const original = earlier.sameAs(item.words) ?? firstOf(redundant.get(item.id), counted)
    if (original !== undefined) copies.set(item.id, original)
    else {
      earlier.add(item)
      counted.add(item.id)
    }
  }
  return copies
}

function firstOf(candidates: ReadonlySet<string> | undefined, counted: ReadonlySet<string>): string | undefined {
  for (const id of candidates ?? []) if (counted.has(id)) return id
  return undefined
}

/** The items that count so far, found by their words. */
class EarlierItems {
  readonly #byKey = new Map<string, string>()
  /** Each under one of its words, the longest: what is contained in another is found by that. */
  readonly #byAnchor = new Map<string, CopyCandidate[]>()
  readonly #byWord = new Map<string, CopyCandidate[]>()

  add(item: CopyCandidate): void {
    const { key, words } = item.words
    this.#byKey.set(key, item.id)
    let anchor = ''
    for (const word of words) {
      push(this.#byWord, word, item)
      if (word.length > anchor.length) anchor = word
    }
    push(this.#byAnchor, anchor, item)
  }

  sameAs(words: ItemWords): string | undefined {
    return this.#byKey.get(words.key) ?? (words.isVague ? this.#nearlySame(words)?.id : undefined)
  }

  #nearlySame({ words }: ItemWords): CopyCandidate | undefined {
    let rarest: CopyCandidate[] | undefined
    for (const word of words) {
      const within = this.#byAnchor.get(word)?.find((item) => isNearly(item.words.words, words))
      if (within) return within
      const holding = this.#byWord.get(word) ?? []
      if (rarest === undefined || holding.length < rarest.length) rarest = holding
    }
    return rarest?.find((item) => isNearly(words, item.words.words))
  }
}

function push(lists: Map<string, CopyCandidate[]>, word: string, item: CopyCandidate): void {
  const list = lists.get(word)
  if (!list) lists.set(word, [item])
  else if (list.length < comparedMax) list.push(item)
}

/** Whether `larger` holds all words of `smaller` and hardly another. One word alone is too little to tell by. */
function isNearly(smaller: ReadonlySet<string>, larger: ReadonlySet<string>): boolean {
  if (smaller.size < 2 || larger.size - smaller.size > Math.max(1, Math.floor(smaller.size / 3))) return false
  return [...smaller].every((word) => larger.has(word))
}
