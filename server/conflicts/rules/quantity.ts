// Two numbers for one attribute that cannot both hold.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { actorHeads, commonThings, describeDifferently, haveCommonActor, writtenQuantity } from '../frame.ts'
import type { Clause, Term } from '../language/clause.ts'
import type { Quantity } from '../language/quantities.ts'
import { relationOf } from '../language/lexicon.ts'
import { areDisjoint, situationOf } from '../situation.ts'

const leastForDisjoint = 0.55
const leastForDifferent = 0.85
const leastOfDeed = 1.5

function countSame(a: Quantity, b: Quantity): boolean {
  if (a.dimension !== b.dimension) return false
  if (a.dimension !== 'count') return true
  return a.nouns.some((noun) => b.nouns.some((other) => ['same', 'synonym'].includes(relationOf(noun, other)?.kind ?? '')))
}

const near = (x: number, y: number, tolerance: number): boolean =>
  x === y || (Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y)))
const tolerance = 0.02
/** Who converts miles or feet rounds to a number that reads well: 100 m, 330 ft; 20 miles, 30 km. */
const convertedTolerance = 0.09
const converted: ReadonlySet<string> = new Set(['length', 'mass', 'speed', 'volume'])
/** Units of one system are ten, a hundred … times each other. */
const isDecimal = (a: number, b: number): boolean => Math.abs(Math.log10(a / b) % 1) < 1e-9

/** One and the same within what a conversion of units rounds away. */
export function areEqual(a: Quantity, b: Quantity): boolean {
  const allowed = converted.has(a.dimension) && !isDecimal(a.factor, b.factor) ? convertedTolerance : tolerance
  return near(a.low, b.low, allowed) && near(a.high, b.high, allowed)
}

/** "100 m by day and 25 m by night": of several of a kind, each has its place. */
function haveOtherPlaces(alignment: Alignment, one: Quantity, other: Quantity): boolean {
  const placeOf = (clause: Clause, quantity: Quantity): { at: number; of: number } => {
    const kind = clause.quantities.filter((candidate) => candidate.dimension === quantity.dimension)
    return { at: kind.indexOf(quantity), of: kind.length }
  }
  const a = placeOf(alignment.a, one)
  const b = placeOf(alignment.b, other)
  return a.of > 1 && a.of === b.of && a.at !== b.at
}

/** What must be possible up to a number, against a limit below it: "accept payments of up to 2,000", "the maximum is 500". */
const demanding: ReadonlySet<string> = new Set([
  'support',
  'accept',
  'handle',
  'process',
  'carry',
  'serve',
  'allow',
  'store',
  'hold',
  'accommodate',
  'manage',
  'cover',
  'open',
  'create',
  'have',
  'own',
  'register',
  'contain',
  'load',
  'keep',
  'possess',
  'borrow',
  'book',
  'reserve',
])
/** Verbs that only say that there is a bound. */
const bounding: ReadonlySet<string> = new Set(['limit', 'restrict', 'cap', 'exceed', 'reach'])
const isDemand = (clause: Clause): boolean =>
  !clause.isNegated && !clause.hasOnly && clause.verb !== undefined && (clause.force === 'may' || demanding.has(clause.verb.lemma))

function exceedsLimit(clause: Clause, quantity: Quantity, limit: Quantity): boolean {
  return isDemand(clause) && quantity.bound === 'most' && (limit.bound === 'most' || limit.bound === 'below') && quantity.high > limit.high
}

/** "95 % within 200 ms", "99 % within 800 ms": each is a value for a part of its own. */
function areOfOtherParts(a: Clause, b: Clause): boolean {
  const shareOf = (clause: Clause): Quantity | undefined =>
    clause.quantities.length > 1 ? clause.quantities.find((quantity) => quantity.dimension === 'share') : undefined
  const one = shareOf(a)
  const other = shareOf(b)
  return one !== undefined && other !== undefined && !areEqual(one, other)
}

/** One names a value that the bound of the other allows: "up to 8 persons", "6 persons". */
const isWithinBound = (one: Quantity, other: Quantity): boolean => (one.bound === 'exact') !== (other.bound === 'exact')

/** How long something takes is said of the thing: "refunds take", "refunds are paid out". */
const durative: ReadonlySet<string> = new Set(['take', 'last'])
/** What only one attribute of a thing is measured in, whatever the verb. */
const telling: ReadonlySet<string> = new Set(['speed', 'mass', 'temperature', 'voltage', 'power', 'age'])
const attributes: ReadonlySet<string> = new Set([
  'speed',
  'velocity',
  'weight',
  'mass',
  'temperature',
  'voltage',
  'power',
  'size',
  'age',
  'quota',
  'capacity',
  'length',
  'height',
  'width',
  'depth',
  'duration',
])

function isVerbNoMatter(alignment: Alignment, quantity: Quantity): boolean {
  if (telling.has(quantity.dimension)) return true
  return quantity.dimension === 'time' && [alignment.a, alignment.b].some((clause) => durative.has(clause.verb?.lemma ?? ''))
}

/** How much of what stands around a quantity is said by the other side, too. */
function coverAround(alignment: Alignment, side: 'a' | 'b', quantity: Quantity): number {
  const clause = alignment[side]
  const said = new Set([...alignment.same, ...alignment.clashing].map((match) => match[side]))
  const others = clause.quantities.filter((other) => other !== quantity)
  const counted = (term: Term): boolean =>
    others.some((other) => other.from <= term.from && term.from <= other.to + 30 && other.nouns.includes(term.lemma))
  const ownPhrase = clause.terms.find((term) => term.from >= quantity.from)?.phrase ?? Number.POSITIVE_INFINITY
  const foreign = new Set(clause.terms.filter(counted).map((term) => term.phrase))
  // Who does it is left out in the passive.
  const isPassiveOther = actorHeads(alignment[side === 'a' ? 'b' : 'a']).length === 0
  let total = 0
  let covered = 0
  for (const term of clause.terms) {
    if (term.role === 'actor' && isPassiveOther && !said.has(term)) continue
    if (term.from === quantity.from) continue
    if (foreign.has(term.phrase) || (others.length > 0 && term.phrase > ownPhrase + 1)) continue
    if (isVerbNoMatter(alignment, quantity) && (term.role === 'verb' || term.role === 'manner' || attributes.has(term.lemma))) continue
    if (term.role === 'verb' && (demanding.has(term.lemma) || bounding.has(term.lemma))) continue
    total += term.weight
    if (said.has(term)) covered += term.weight
  }
  return total === 0 ? 0 : covered / total
}

/** "For 90 days" is not "after 90 days"; "at 3 m/s" is "of 3 m/s". */
const setsApart = ({ preposition }: Quantity): boolean => preposition !== undefined && !['of', 'at', 'with'].includes(preposition)

/** What tells it from any other, however it is written. */
const format = (quantity: Quantity): string => {
  const value =
    quantity.bound === 'least' || quantity.bound === 'above'
      ? `at least ${quantity.low}`
      : quantity.bound === 'range'
        ? `${quantity.low} to ${quantity.high}`
        : quantity.bound === 'exact'
          ? `${quantity.low}`
          : `at most ${quantity.high}`
  return `${value} ${quantity.dimension === 'count' ? quantity.nouns.join(' ') : `(${quantity.dimension})`}`
}

/** Words that count without a number. */
const counting: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['single', [1, 1]],
  ['one', [1, 1]],
  ['several', [2, Number.POSITIVE_INFINITY]],
  ['multiple', [2, Number.POSITIVE_INFINITY]],
  ['many', [2, Number.POSITIVE_INFINITY]],
  ['unlimited', [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]],
])

/** The quantities of a statement, and those that stand in words before a noun: "a single identifier", "several", "an unlimited number of". */
function countsOf(clause: Clause): Quantity[] {
  const counted = clause.terms.flatMap((term): Quantity[] => {
    const range = counting.get(term.lemma)
    const nouns = clause.terms
      .filter((other) => other.phrase === term.phrase && other !== term && other.from > term.from)
      .map((other) => other.lemma)
    if (range === undefined || term.isHead || nouns.length === 0 || term.role === 'aside') return []
    const [low, high] = range
    const bound = low === high && Number.isFinite(low) ? 'exact' : 'least'
    return [
      { low, high, bound, dimension: 'count', factor: 1, nouns, preposition: undefined, start: 0, end: 0, from: term.from, to: term.to },
    ]
  })
  return [...clause.quantities, ...counted]
}

/** "Returns are accepted", "may return": what is done is what the other statement is about. */
const isDeedNamed = (alignment: Alignment): boolean =>
  alignment.same.some((match) => (match.a.role === 'verb') !== (match.b.role === 'verb') && match.a.weight + match.b.weight >= leastOfDeed)

/** A clash when two quantities of one attribute share no value, or differ in statements that are otherwise alike. */
export function checkQuantity(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  const [quantitiesA, quantitiesB] = [countsOf(a), countsOf(b)]
  if (quantitiesA.length === 0 || quantitiesB.length === 0) return undefined
  const situation = situationOf(a, b)
  if (situation === 'apart' || situation === 'unrelated') return undefined
  if (!haveCommonActor(alignment) || describeDifferently(alignment)) return undefined
  if ((commonThings(alignment).length === 0 && !isDeedNamed(alignment)) || areOfOtherParts(a, b)) return undefined
  for (const one of quantitiesA) {
    const partners = quantitiesB.filter(
      (other) =>
        countSame(one, other) &&
        !haveOtherPlaces(alignment, one, other) &&
        (one.preposition === other.preposition ||
          !setsApart(one) ||
          !setsApart(other) ||
          Math.min(alignment.coverA, alignment.coverB) >= leastForDifferent),
    )
    if (partners.length === 0 || partners.some((other) => areEqual(one, other))) continue
    for (const other of partners) {
      // "Single" and "several" are the numbers themselves.
      const clean = alignment.clashing.every((match) => match.a.from === one.from && match.b.from === other.from)
      const low = Math.min(coverAround(alignment, 'a', one), coverAround(alignment, 'b', other))
      const disjoint = areDisjoint(one, other) || exceedsLimit(a, one, other) || exceedsLimit(b, other, one)
      const isClash = disjoint
        ? low >= leastForDisjoint && clean
        : !isWithinBound(one, other) && Math.min(low, alignment.coverA, alignment.coverB) >= leastForDifferent && clean
      if (!isClash) continue
      return {
        rule: 'quantity',
        kind: disjoint ? 'contradiction' : 'inconsistency',
        domain: one.dimension.startsWith('money') ? 'resource' : one.dimension === 'time' ? 'timeline' : 'requirement',
        severity: disjoint ? 'high' : 'medium',
        wordsA: [{ from: one.from, to: one.to }],
        wordsB: [{ from: other.from, to: other.to }],
        why: `Two values for one thing: “${writtenQuantity(a, one)}” in one, “${writtenQuantity(b, other)}” in the other.`,
        slots: [format(one), format(other)].toSorted(),
      }
    }
  }
  return undefined
}
