// Which items of a spec are about the same thing, by the rare words that they share: what is worth a second opinion.

import { words } from '../items/word-similarity.ts'

/** What is needed of an item. */
export interface NearItem {
  readonly id: string
  readonly text: string
  readonly category: string
}

export interface NearPair<Item> {
  readonly a: Item
  readonly b: Item
}

export interface NearPairsOptions<Item> {
  items: readonly Item[]
  /** Ids of those of which the neighbours are wanted. */
  changed: ReadonlySet<string>
  /** Whether nobody has to look at a pair any more. */
  isDecided: (a: Item, b: Item) => boolean
  max: number
}

/** The nearest neighbours of one item that are looked at. */
const neighboursMax = 8
/** Of the words of both, by how much they tell; less is chance. */
const nearFrom = 0.12
/** Items of one category are nearer to each other than their words say. */
const categoryBonus = 0.05
const shortestWord = 3
/** A word of more items than that, and of a quarter of them, tells nothing. */
const commonFrom = 20

interface Read<Item> {
  readonly item: Item
  readonly words: ReadonlySet<string>
}

/** The nearest pairs first; in steps, since a large spec takes a while. */
export function* nearPairs<Item extends NearItem>(options: NearPairsOptions<Item>): Generator<void, NearPair<Item>[]> {
  const { items, changed, isDecided, max } = options
  const read: Read<Item>[] = []
  const postings = new Map<string, number[]>()
  for (const [index, item] of items.entries()) {
    const own = new Set(words(item.text).filter((word) => word.length >= shortestWord))
    for (const word of own) {
      const list = postings.get(word)
      if (list) list.push(index)
      else postings.set(word, [index])
    }
    read.push({ item, words: own })
    yield
  }
  const weight = weighing(postings, items.length)
  const found: { pair: NearPair<Item>; nearness: number }[] = []
  for (const [index, one] of read.entries()) {
    if (!changed.has(one.item.id)) continue
    found.push(...neighbours(index, { read, postings, weight, changed, isDecided }))
    yield
  }
  return found
    .toSorted((one, other) => other.nearness - one.nearness)
    .slice(0, max)
    .map(({ pair }) => pair)
}

/** How much a word tells; 0 for one that is everywhere. */
function weighing(postings: ReadonlyMap<string, readonly number[]>, count: number): (word: string) => number {
  const common = Math.max(commonFrom, count / 4)
  return (word) => {
    const { length } = postings.get(word) ?? []
    return length > common ? 0 : Math.log(1 + count / Math.max(1, length))
  }
}

interface Ground<Item> {
  read: readonly Read<Item>[]
  postings: ReadonlyMap<string, readonly number[]>
  weight: (word: string) => number
  changed: ReadonlySet<string>
  isDecided: (a: Item, b: Item) => boolean
}

function neighbours<Item extends NearItem>(index: number, ground: Ground<Item>): { pair: NearPair<Item>; nearness: number }[] {
  const { read, postings, weight, changed, isDecided } = ground
  const one = read[index]
  if (!one) return []
  const shared = new Map<number, number>()
  for (const word of one.words) {
    const told = weight(word)
    if (told === 0) continue
    for (const other of postings.get(word) ?? []) if (other !== index) shared.set(other, (shared.get(other) ?? 0) + told)
  }
  const sum = ({ words: own }: Read<Item>) => [...own].reduce((total, word) => total + weight(word), 0)
  const near = [...shared].flatMap(([at, told]) => {
    const other = read[at]
    // Of two that have changed, the first one finds the pair.
    if (!other || (at < index && changed.has(other.item.id)) || isDecided(one.item, other.item)) return []
    const bonus = one.item.category === other.item.category ? categoryBonus : 0
    const nearness = (2 * told) / (sum(one) + sum(other)) + bonus
    return nearness < nearFrom ? [] : [{ pair: { a: one.item, b: other.item }, nearness }]
  })
  return near.toSorted((a, b) => b.nearness - a.nearness).slice(0, neighboursMax)
}
