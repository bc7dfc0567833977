// What rules ask of two statements before they look for a clash: same actor, same object, same deed.

import type { Alignment, Match } from './alignment.ts'
import { everybody, theSystem } from './lexicons/grammar-words.ts'
import type { Clause, Term } from './language/clause.ts'
import { relationOf } from './language/lexicon.ts'
import type { Quantity } from './language/quantities.ts'
import type { Span } from './finding.ts'

/** A word that says what something is about: not generic, not the system. */
export const isTelling = (term: Term): boolean => term.weight >= 0.25

/** Those who do it, without the system itself. */
export const actorHeads = (clause: Clause): Term[] => clause.actors.filter((term) => term.isHead && !theSystem.has(term.lemma))

/** Whether the term stands for whoever there is. */
export const isEverybody = (term: Term): boolean => everybody.has(term.lemma)

/** "The camera has a resolution", "the camera resolution is": the one describes the other. */
function isPartOfActor(heads: readonly Term[], clause: Clause): boolean {
  return heads.some((head) => clause.actors.some((term) => !term.isHead && term.lemma === head.lemma))
}

/** "Communication … shall use", "the steering … depends": the deed of the other statement, and nobody who does it. */
function isDeed(term: Term, alignment: Alignment): boolean {
  return alignment.same.some((match) => (match.a === term && match.b.role === 'verb') || (match.b === term && match.a.role === 'verb'))
}

/** Whether one and the same may be meant by the actors of both. */
export function haveCommonActor(alignment: Alignment): boolean {
  const a = actorHeads(alignment.a).filter((term) => !isDeed(term, alignment))
  const b = actorHeads(alignment.b).filter((term) => !isDeed(term, alignment))
  if (a.length === 0 || b.length === 0) return true
  if (a.some(isEverybody) || b.some(isEverybody)) return true
  if (isPartOfActor(a, alignment.b) || isPartOfActor(b, alignment.a)) return true
  return a.some((one) =>
    b.some((other) => {
      const kind = relationOf(one.lemma, other.lemma)?.kind
      return kind === 'same' || kind === 'synonym'
    }),
  )
}

const isVerb = (match: Match): boolean => match.a.role === 'verb' || match.b.role === 'verb'

/** Whether the deed is the same: a verb of one is said by the other, or both verbs say nothing themselves. */
export function haveCommonDeed(alignment: Alignment): boolean {
  if (alignment.same.some((match) => isVerb(match) && Math.max(match.a.weight, match.b.weight) >= 0.3)) return true
  const verbA = alignment.a.verb
  const verbB = alignment.b.verb
  return (verbA === undefined || !isTelling(verbA)) && (verbB === undefined || !isTelling(verbB))
}

/** What both are about: telling words other than the verb that both hold, heads first. */
export const commonThings = (alignment: Alignment): Match[] =>
  alignment.same.filter(
    (match) =>
      match.a.role !== 'verb' &&
      match.b.role !== 'verb' &&
      match.a.role !== 'aside' &&
      match.b.role !== 'aside' &&
      (isTelling(match.a) || isTelling(match.b)),
  )

const areOpposed = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b && relationOf(a, b)?.kind === 'opposite'

/** Whether a number describes what the statement is about: "parcels heavier than 20 kg shall …". */
function isCountedBeforeVerb(clause: Clause, head: Term): boolean {
  const end = clause.verb?.from ?? 0
  return clause.quantities.some((quantity) => quantity.from > head.from && quantity.to <= end)
}

/** "In the trash", "in the junk folder": in one place of both statements stands something else. */
function haveOtherPlaces({ onlyA, onlyB, clashing }: Alignment): boolean {
  const isPlace = (term: Term, side: 'a' | 'b'): boolean =>
    term.role === 'place' &&
    term.isHead &&
    isTelling(term) &&
    !term.isOnly &&
    term.preposition !== 'by' &&
    // Times are compared on their own.
    !/\d/.test(term.lemma) &&
    !clashing.some((match) => match[side].phrase === term.phrase)
  return onlyA.some((one) => isPlace(one, 'a') && onlyB.some((other) => isPlace(other, 'b') && other.preposition === one.preposition))
}

/** "Claims above 2,000 EUR", "claims below 200 EUR": numbers before the verb say which ones are meant. */
function areOtherSizes({ a, b }: Alignment): boolean {
  const sizesOf = (clause: Clause): Quantity[] => clause.quantities.filter((quantity) => quantity.to <= (clause.verb?.from ?? 0))
  const sizes = sizesOf(b)
  return sizesOf(a).some((one) =>
    sizes.some((other) => one.dimension === other.dimension && (one.high < other.low || other.high < one.low)),
  )
}

/** Whether both name the same noun and describe it differently: "paid invoices", "draft invoices". */
export function describeDifferently(alignment: Alignment): boolean {
  if (haveOtherPlaces(alignment) || areOtherSizes(alignment)) return true
  return alignment.same.some((match) => {
    if (areOpposed(match.a.preposition, match.b.preposition)) return true
    if (!match.a.isHead || !match.b.isHead || match.a.role === 'verb' || match.b.role === 'verb') return false
    const restA = alignment.onlyA.filter((term) => term.phrase === match.a.phrase && isTelling(term) && term.role !== 'manner')
    const restB = alignment.onlyB.filter((term) => term.phrase === match.b.phrase && isTelling(term) && term.role !== 'manner')
    const isA = restA.length > 0 || isCountedBeforeVerb(alignment.a, match.a)
    const isB = restB.length > 0 || isCountedBeforeVerb(alignment.b, match.b)
    return isA && isB && restA.length + restB.length > 0
  })
}

/** The places of terms in their text, in order and without doubles. */
export function spansOf(terms: readonly Term[]): Span[] {
  const places = new Map(terms.map((term) => [term.from, { from: term.from, to: term.to }]))
  return [...places.values()].toSorted((x, y) => x.from - y.from)
}

/** A counted noun stands no further from its number. */
const nounReach = 40

/** Words of a statement as they stand in its text. */
export const writtenWords = ({ text }: Clause, { from, to }: Span): string => text.slice(from, to).replaceAll(/\s+/g, ' ')

/** A quantity as it stands in the text, with what it counts. */
export function writtenQuantity(clause: Clause, { from, to, nouns }: Quantity): string {
  const counted = clause.terms.filter((term) => term.from >= to && term.from < to + nounReach && nouns.includes(term.lemma))
  return writtenWords(clause, { from, to: Math.max(to, ...counted.map((term) => term.to)) })
}
