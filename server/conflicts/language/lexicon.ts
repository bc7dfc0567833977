// What words have to do with each other: one meaning, opposites, or two values of one slot.

import { readFileSync } from 'node:fs'
import { commonWords, genericWords, irregularNominals, lightVerbs, nounGroups, verbGroups } from '../lexicons/synonyms.ts'
import { negativePrefixes, opposites, slots, undoingPairs } from '../lexicons/oppositions.ts'

/** How two words stand to each other; `slot` names what takes only one of them. */
export type Relation = { kind: 'same' | 'synonym' | 'opposite' } | { kind: 'exclusive'; slot: string }

const curated = new Map<string, Set<string>>()
const dictionary = new Map<string, Set<number>>()
const sides = new Map<string, Map<number, number>>()
const antonyms = new Map<string, Set<string>>()
const slotValues = new Map<string, Map<string, number>>()
const verbOfNominal = new Map<string, string>()
const multiword = new Set<string>()
const undoing = new Map<string, Set<number>>()
const knownVerbs = new Set<string>()
/** Words remembered at most: far more than a spec has. */
const maxCached = 100_000

const words = (line: string): string[] => line.split(' ').filter((word) => word !== '')

function addTo<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, new Set([value]))
  else values.add(value)
}

function note(word: string): void {
  if (word.includes('-')) multiword.add(word)
}

function tableLines(name: string): string[] {
  const text = readFileSync(new URL(`../lexicons/${name}`, import.meta.url), 'utf8')
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

function load(): void {
  for (const [name, groups] of [['v', verbGroups] as const, ['n', nounGroups] as const]) {
    for (const [index, group] of groups.entries()) {
      for (const word of words(group)) {
        addTo(curated, word, `${name}${index}`)
        if (name === 'v') knownVerbs.add(word)
        note(word)
      }
    }
  }
  for (const [index, line] of tableLines('wordnet-synonyms.txt').entries()) {
    const [pos, ...group] = words(line)
    for (const word of group) {
      addTo(dictionary, word, index)
      if (pos === 'v') knownVerbs.add(word)
    }
  }
  for (const line of tableLines('wordnet-antonyms.txt')) {
    const [one, other] = words(line)
    if (one === undefined || other === undefined) continue
    addTo(antonyms, one, other)
    addTo(antonyms, other, one)
  }
  for (const line of tableLines('wordnet-nominals.txt')) {
    const [verb, ...nominals] = words(line)
    if (verb === undefined) continue
    knownVerbs.add(verb)
    for (const nominal of nominals) {
      // Who does it is not what is done.
      if (nominal === verb || /(er|or|ee|ist|ant)$/.test(nominal)) continue
      if (!verbOfNominal.has(nominal)) verbOfNominal.set(nominal, verb)
    }
  }
  for (const line of irregularNominals) {
    const [verb, ...nominals] = words(line)
    if (verb !== undefined) for (const nominal of nominals) verbOfNominal.set(nominal, verb)
  }
  for (const [index, line] of opposites.entries()) {
    for (const [side, list] of line.split('|').entries()) {
      for (const word of words(list)) {
        const places = sides.get(word) ?? new Map<number, number>()
        places.set(index, side)
        sides.set(word, places)
        note(word)
      }
    }
  }
  for (const [index, line] of undoingPairs.entries()) for (const word of words(line)) addTo(undoing, word, index)
  for (const [slot, line] of Object.entries(slots)) {
    const groups = line.includes('|') ? line.split('|').map(words) : words(line).map((word) => [word])
    for (const [value, group] of groups.entries()) {
      for (const word of group) {
        const places = slotValues.get(word) ?? new Map<string, number>()
        places.set(slot, value)
        slotValues.set(word, places)
        note(word)
      }
    }
  }
}
load()

/** Whether `phrase`, its words joined by `-`, is one word of the lexicons. */
export const isCompound = (phrase: string): boolean => multiword.has(phrase)

/** Whether the word tells nothing about what an item is about. */
export const isGeneric = (lemma: string): boolean => genericWords.has(lemma)

/** Whether the word says a little, but nearly every item is about such a thing. */
export const isCommon = (lemma: string): boolean => commonWords.has(lemma)

/** Whether the lexicons know the word as it stands. */
export const isListed = (word: string): boolean => curated.has(word) || sides.has(word) || slotValues.has(word)

/** Whether the verb says little itself and leaves the operation to its object. */
export const isLight = (lemma: string): boolean => lightVerbs.has(lemma)

/** Whether the word is a verb, or the name of what a verb does. */
export const isVerb = (lemma: string): boolean => knownVerbs.has(lemma)

/** Endings that make a noun of a verb, with what the verb may have in their place. */
const nominalEndings: readonly (readonly [string, readonly string[]])[] = [
  ['ation', ['e', 'ate', '']],
  ['ion', ['e', '']],
  ['ment', ['']],
  ['ance', ['', 'e']],
  ['al', ['', 'e']],
]
const insideCache = new Map<string, string | undefined>()

function verbInside(noun: string): string | undefined {
  if (insideCache.has(noun)) return insideCache.get(noun)
  const found = nominalEndings
    .filter(([ending]) => noun.length > ending.length + 2 && noun.endsWith(ending))
    .flatMap(([ending, places]) => places.map((place) => noun.slice(0, noun.length - ending.length) + place))
    .find((verb) => knownVerbs.has(verb))
  if (insideCache.size < maxCached) insideCache.set(noun, found)
  return found
}

/** The verb that a noun is made of (deletion: delete), if there is one. */
export const operationOf = (noun: string): string | undefined => verbOfNominal.get(noun) ?? verbInside(noun)

/** Whether one word is the other with a prefix that denies it: reviewed, non-reviewed. */
export const isNegatedForm = (a: string, b: string): boolean =>
  isNegationOf(a, b) || isNegationOf(b, a) || isNegationOf(rootOf(a), rootOf(b)) || isNegationOf(rootOf(b), rootOf(a))

/** Whether to do the one undoes the other: both may be wanted, one after the other. */
export function isUndoing(a: string, b: string): boolean {
  const places = undoing.get(a) ?? undoing.get(rootOf(a))
  const others = undoing.get(b) ?? undoing.get(rootOf(b))
  return places !== undefined && others !== undefined && [...places].some((place) => others.has(place))
}

/** The slots that the word is a value of. */
export const slotsOf = (lemma: string): readonly string[] => [...(slotValues.get(lemma)?.keys() ?? [])]

const fromAdverb = (word: string): string =>
  word.length > 5 && word.endsWith('ically') ? word.slice(0, -4) : word.length > 4 && word.endsWith('ly') ? word.slice(0, -2) : word

/** What a word comes down to: the verb of a nominal, the adjective of an adverb; for index and comparison. */
export function rootOf(lemma: string): string {
  const verb = operationOf(lemma)
  if (verb !== undefined) return verb
  const plain = fromAdverb(lemma)
  return plain
}

/** The keys under which an index files a word, so that words of one meaning meet. */
export function conceptKeys(lemma: string): string[] {
  const root = rootOf(lemma)
  const groups = curated.get(lemma) ?? curated.get(root)
  return groups === undefined ? [root] : [...groups]
}

function share<Value>(a: ReadonlySet<Value> | undefined, b: ReadonlySet<Value> | undefined): boolean {
  if (a === undefined || b === undefined) return false
  for (const value of a) if (b.has(value)) return true
  return false
}

function areSynonyms(a: string, b: string): boolean {
  const groupsA = curated.get(a)
  const groupsB = curated.get(b)
  if (share(groupsA, groupsB)) return true
  // The curated groups know better than the dictionary where they know both words.
  if (groupsA !== undefined && groupsB !== undefined) return false
  return share(dictionary.get(a), dictionary.get(b))
}

/** What "signed" may be a participle of, in a word that is denied as a whole: "unsigned". */
function verbsWithin(participle: string): string[] {
  if (!participle.endsWith('ed') || participle.length < 5) return []
  const stem = participle.slice(0, -2)
  return [stem, `${stem}e`, stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem, stem.endsWith('i') ? `${stem.slice(0, -1)}y` : stem]
}

const isNegationOf = (long: string, short: string): boolean =>
  short.length > 3 &&
  negativePrefixes.some((prefix) => {
    if (!long.startsWith(prefix)) return false
    const rest = long.slice(prefix.length)
    return rest === short || (prefix !== 'de' && prefix !== 'dis' && verbsWithin(rest).includes(short))
  })

function areOpposite(a: string, b: string): boolean {
  const places = sides.get(a)
  const others = sides.get(b)
  if (places !== undefined && others !== undefined) {
    for (const [index, side] of places) {
      const other = others.get(index)
      if (other !== undefined && other !== side) return true
    }
  }
  if (antonyms.get(a)?.has(b) === true) return true
  return isNegationOf(a, b) || isNegationOf(b, a)
}

function commonSlot(a: string, b: string): string | undefined {
  const places = slotValues.get(a)
  const others = slotValues.get(b)
  if (places === undefined || others === undefined) return undefined
  for (const [slot, value] of places) {
    const other = others.get(slot)
    if (other !== undefined && other !== value) return slot
  }
  return undefined
}

function findRelation(a: string, b: string): Relation | undefined {
  const rootA = rootOf(a)
  const rootB = rootOf(b)
  if (a === b || rootA === rootB) return { kind: 'same' }
  for (const [x, y] of [[a, b] as const, [rootA, rootB] as const, [a, rootB] as const, [rootA, b] as const]) {
    if (areOpposite(x, y)) return { kind: 'opposite' }
  }
  if (areSynonyms(a, b) || areSynonyms(rootA, rootB) || areSynonyms(a, rootB) || areSynonyms(rootA, b)) return { kind: 'synonym' }
  const slot = commonSlot(a, b) ?? commonSlot(rootA, rootB)
  return slot === undefined ? undefined : { kind: 'exclusive', slot }
}

/** A word that was looked up before, with what it is related by. */
interface Known {
  readonly lemma: string
  readonly links: readonly number[]
  readonly relations: Map<Known, Relation | null>
}

const known = new Map<string, Known>()

/** FNV-1a: two names of one number only cost a look at words that are no relations. */
function linkNumber(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  // Small integers are the fastest keys.
  return hash & 0x3fffffff
}

/** All that a relation of the word can come by: two words without a common link have none. */
function linkNames(lemma: string): string[] {
  const root = rootOf(lemma)
  const forms = root === lemma ? [lemma] : [lemma, root]
  return forms.flatMap((form) => [
    `= ${form}`,
    ...negativePrefixes
      .filter((prefix) => form.startsWith(prefix) && form.length > prefix.length + 3)
      .flatMap((prefix) => [form.slice(prefix.length), ...verbsWithin(form.slice(prefix.length))])
      .map((word) => `= ${word}`),
    ...[...(curated.get(form) ?? [])].map((group) => `group ${group}`),
    ...[...(dictionary.get(form) ?? [])].map((line) => `line ${line}`),
    ...[...(sides.get(form)?.keys() ?? [])].map((line) => `sides ${line}`),
    ...[...(slotValues.get(form)?.keys() ?? [])].map((slot) => `slot ${slot}`),
    ...[...(antonyms.get(form) ?? [])].map((other) => (other < form ? `${other} ${form}` : `${form} ${other}`)),
  ])
}

function lookUp(lemma: string): Known {
  const found = known.get(lemma)
  if (found !== undefined) return found
  if (known.size >= maxCached) known.clear()
  const word = { lemma, links: [...new Set(linkNames(lemma).map(linkNumber))], relations: new Map<Known, Relation | null>() }
  known.set(lemma, word)
  return word
}

/** How `a` stands to `b`, both lemmas; undefined when the words have nothing to do with each other. */
export function relationOf(a: string, b: string): Relation | undefined {
  if (a === b) return { kind: 'same' }
  const wordA = lookUp(a)
  const wordB = lookUp(b)
  const before = wordA.relations.get(wordB)
  if (before !== undefined) return before ?? undefined
  if (!wordA.links.some((link) => wordB.links.includes(link))) return undefined
  const found = findRelation(a, b)
  wordA.relations.set(wordB, found ?? null)
  return found
}

/** Whether both words mean the same. */
export function areAlike(a: string, b: string): boolean {
  const kind = relationOf(a, b)?.kind
  return kind === 'same' || kind === 'synonym'
}

/** What a word can be related by, for words to be found without comparing each with each. */
export const linksOf = (lemma: string): readonly number[] => lookUp(lemma).links
