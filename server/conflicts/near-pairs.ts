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
/** A word of a quarter of the items, but for a small spec, tells nothing; in a large one it has less to tell sooner. */
const common = { least: 20, most: 200 } as const

interface Read<Item> {
  readonly item: Item
  readonly words: ReadonlySet<string>
  /** How much its words tell. */
  told: number
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
    read.push({ item, words: own, told: 0 })
    yield
  }
  const weight = weighing(postings, items.length)
  for (const one of read) {
    for (const word of one.words) one.told += weight(word)
    yield
  }
  let found: FoundPair<Item>[] = []
  for (const [index, one] of read.entries()) {
    if (!changed.has(one.item.id)) continue
    found.push(...neighbours(index, { read, postings, weight, changed, isDecided }))
    // Now and then, since all pairs of a large spec would take long to sort.
    if (found.length > max * sortedAtOnce) found = nearest(found, max)
    yield
  }
  return nearest(found, max).map(({ pair }) => pair)
}

interface FoundPair<Item> {
  readonly pair: NearPair<Item>
  readonly nearness: number
}

/** Times as many as are wanted. */
const sortedAtOnce = 4

const nearest = <Item>(found: readonly FoundPair<Item>[], max: number): FoundPair<Item>[] =>
  found.toSorted((one, other) => other.nearness - one.nearness).slice(0, max)

/** How much a word tells; 0 for one that is everywhere. */
function weighing(postings: ReadonlyMap<string, readonly number[]>, count: number): (word: string) => number {
  const tooMany = Math.min(common.most, Math.max(common.least, count / 4))
  return (word) => {
    const { length } = postings.get(word) ?? []
    return length > tooMany ? 0 : Math.log(1 + count / Math.max(1, length))
  }
}

interface Ground<Item> {
  read: readonly Read<Item>[]
  postings: ReadonlyMap<string, readonly number[]>
  weight: (word: string) => number
  changed: ReadonlySet<string>
  isDecided: (a: Item, b: Item) => boolean
}

function neighbours<Item extends NearItem>(index: number, ground: Ground<Item>): FoundPair<Item>[] {
  const { read, postings, weight, changed, isDecided } = ground
  const one = read[index]
  if (!one) return []
  const shared = new Map<number, number>()
  for (const word of one.words) {
    const told = weight(word)
    if (told === 0) continue
    for (const other of postings.get(word) ?? []) if (other !== index) shared.set(other, (shared.get(other) ?? 0) + told)
  }
  const near = [...shared].flatMap(([at, told]) => {
    const other = read[at]
    // Of two that have changed, the first one finds the pair.
    if (!other || (at < index && changed.has(other.item.id)) || isDecided(one.item, other.item)) return []
    const bonus = one.item.category === other.item.category ? categoryBonus : 0
    const nearness = (2 * told) / (one.told + other.told) + bonus
    return nearness < nearFrom ? [] : [{ pair: { a: one.item, b: other.item }, nearness }]
  })
  return nearest(near, neighboursMax)
}
