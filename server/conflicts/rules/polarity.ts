// One says that it is so, the other that it is not: must and must not, allow and forbid, opposites.

import type { Alignment, Match } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, describeDifferently, haveCommonActor, haveCommonDeed, isTelling, spansOf } from '../frame.ts'
import type { Clause, Condition, Term } from '../language/clause.ts'
import { areAlike, isUndoing } from '../language/lexicon.ts'
import { areDisjoint, situationOf, type Situation } from '../situation.ts'

const leastOfNegative = 0.68
const leastOfPositive = 0.4
const leastOfException = 0.55
const leastOfDenial = 0.44
const leastVerb = 0.3
const leastOfPermission = 0.3
const leastOfBoth = 0.6
const leastObject = 0.6

/** "In ascending order": the noun says nothing. */
const isOfOrder = (match: Match): boolean => match.a.preposition === 'in' && match.b.preposition === 'in' && match.a.role === 'place'

/** "The newest first": it says which, and not only what kind. */
const isSuperlative = (match: Match): boolean => match.a.lemma.endsWith('est') && match.b.lemma.endsWith('est')

const isPivot = (match: Match): boolean =>
  match.relation.kind === 'opposite' &&
  // "Offline" and "without a connection" agree.
  match.a.isAbsent === match.b.isAbsent &&
  match.a.role !== 'aside' &&
  (match.a.role === 'verb' ||
    match.b.role === 'verb' ||
    match.a.isHead ||
    match.b.isHead ||
    match.a.role === 'manner' ||
    isOfOrder(match) ||
    isSuperlative(match))

/** "Without creating an account" is without an account. */
const making: ReadonlySet<string> = new Set(['create', 'have', 'need', 'use', 'require', 'get', 'provide', 'enter', 'give'])

/** Whether the denied phrase describes its noun in no way that the other does not: "no internet connection" leaves others be. */
function isWhollyMeant(alignment: Alignment, match: Match): boolean {
  const [term, unmatched] = match.a.isAbsent ? [match.a, alignment.onlyA] : [match.b, alignment.onlyB]
  return !unmatched.some((other) => other.phrase === term.phrase && isTelling(other) && other.role !== 'manner' && !making.has(other.lemma))
}

/** Words of one meaning of which one side says that there is none. */
const deniedMatches = (alignment: Alignment): Match[] =>
  alignment.same.filter(
    (match) =>
      match.a.isAbsent !== match.b.isAbsent &&
      !making.has(match.a.isAbsent ? match.a.lemma : match.b.lemma) &&
      isWhollyMeant(alignment, match) &&
      (match.a.isHead || match.b.isHead || Math.min(match.a.weight, match.b.weight) >= 0.45),
  )

/** "Deposits", "withdrawals": what opposite nouns name in front of the verb are two things, not one that is turned round. */
function areOtherSubjects({ a, b }: Alignment, match: Match): boolean {
  const isSubject = (clause: Clause, term: Term): boolean =>
    term.role !== 'verb' && clause.verb !== undefined && term.from < clause.verb.from
  return isSubject(a, match.a) && isSubject(b, match.b)
}

/** "The premium depends", "the deductible is independent": each is said of a thing of its own. */
function haveOtherSubjects({ a, b, onlyA, onlyB }: Alignment): boolean {
  const isSubject = (term: Term, clause: Clause): boolean =>
    term.isHead && term.role !== 'verb' && isTelling(term) && clause.verb !== undefined && term.from < clause.verb.from
  return onlyA.some((term) => isSubject(term, a)) && onlyB.some((term) => isSubject(term, b))
}

const reflexives: ReadonlySet<string> = new Set(['themselves', 'himself', 'herself', 'itself', 'oneself', 'yourself'])

/** "Trade items", "not trade characters": the same deed on two things, one of which may be a part of the other ("not themselves"). */
function haveOtherObjects(alignment: Alignment): boolean {
  const objectOf = (terms: readonly Term[], least: number): boolean =>
    terms.some((term) => term.role === 'object' && term.isHead && term.preposition === undefined && term.weight >= least)
  const [a, b] = [alignment.onlyA, alignment.onlyB]
  const isReflexive = (terms: readonly Term[]): boolean => terms.some((term) => reflexives.has(term.lemma))
  return (objectOf(a, 0) && objectOf(b, leastObject)) || (objectOf(a, leastObject) && objectOf(b, 0)) || isReflexive(a) || isReflexive(b)
}

interface Turn {
  readonly pivots: readonly Match[]
  readonly denied: readonly Match[]
  readonly isNegatedOnce: boolean
}

function turnsOf(alignment: Alignment): Turn {
  const denied = deniedMatches(alignment)
  return {
    pivots: alignment.clashing.filter(isPivot),
    denied: denied.slice(0, 1),
    isNegatedOnce: alignment.a.isNegated !== alignment.b.isNegated,
  }
}

/** "Dormant accounts" are accounts under the condition that they are dormant. */
const isMeantBy = (clause: Clause, conditions: readonly Condition[]): boolean =>
  conditions.every((condition) => {
    const telling = condition.terms.filter(isTelling)
    return telling.length > 0 && telling.every((term) => clause.terms.some((other) => areAlike(term.lemma, other.lemma)))
  })

/** "Shall send", "shall not send when suspended": an exception to a rule that does not claim to be without one. */
function isException(negative: Clause, positive: Clause, situation: Situation): boolean {
  if (positive.isUniversal) return false
  return situation === 'nested' && negative.conditions.length > 0 && !isMeantBy(positive, negative.conditions)
}

/** The side that says no: its verb is negated, or its phrase denied; none when two words exclude each other. */
function negativeOf({ a, b }: Alignment, turn: Turn): Clause | undefined {
  if (turn.isNegatedOnce) return a.isNegated ? a : b
  const denied = turn.denied[0]
  if (denied === undefined) return undefined
  return denied.a.isAbsent ? a : b
}

function narrows(unmatched: readonly Term[], same: readonly Term[]): boolean {
  const phrases = new Set(same.filter((term) => term.role !== 'verb').map((term) => term.phrase))
  return unmatched.some((term) => phrases.has(term.phrase) && isTelling(term) && term.role !== 'manner')
}

/** "Shall be encrypted" against "stored unencrypted": to store only carries what is denied. */
function coverBesideCarrier(alignment: Alignment, side: 'a' | 'b', turn: Turn): number {
  const clause = alignment[side]
  const cover = side === 'a' ? alignment.coverA : alignment.coverB
  const other = side === 'a' ? 'b' : 'a'
  const carries = turn.pivots.some((match) => match[side].role !== 'verb' && match[other].role === 'verb')
  const verb = clause.verb
  if (!carries || verb === undefined || alignment.same.some((match) => match[side] === verb)) return cover
  const total = clause.terms.reduce((sum, term) => sum + term.weight, 0)
  return total === verb.weight ? cover : (cover * total) / (total - verb.weight)
}

/** Who does it is left out where the other statement names nobody, or somebody else who has it done. */
function coverBesideActors(alignment: Alignment, side: 'a' | 'b'): number {
  const said = new Set([...alignment.same, ...alignment.clashing].map((match) => match[side]))
  const terms = alignment[side].terms.filter((term) => said.has(term) || term.role !== 'actor')
  const total = terms.reduce((sum, term) => sum + term.weight, 0)
  return total === 0 ? 0 : terms.filter((term) => said.has(term)).reduce((sum, term) => sum + term.weight, 0) / total
}

function isOnOneThing(alignment: Alignment, turn: Turn): boolean {
  const { a, b } = alignment
  const negative = negativeOf(alignment, turn)
  const positive = negative === a ? b : a
  const coverNegative = negative === a ? alignment.coverA : alignment.coverB
  const coverPositive = negative === a ? alignment.coverB : alignment.coverA
  if (negative === undefined)
    return Math.min(coverBesideCarrier(alignment, 'a', turn), coverBesideCarrier(alignment, 'b', turn)) >= leastOfBoth
  if (turn.denied.length > 0) return Math.min(coverBesideActors(alignment, 'a'), coverBesideActors(alignment, 'b')) >= leastOfDenial
  if (negative.verb?.lemma === 'allow') return coverNegative >= leastOfNegative && coverPositive >= leastOfPermission
  if (coverNegative < (positive.isUniversal ? leastOfException : leastOfNegative) || coverPositive < leastOfPositive) return false
  const unmatched = negative === a ? alignment.onlyA : alignment.onlyB
  const matched = alignment.same.map((match) => (negative === a ? match.a : match.b))
  return positive.isUniversal || !narrows(unmatched, matched)
}

function explain(turn: Turn, alignment: Alignment): string {
  const thing = commonThings(alignment)[0]?.a.lemma ?? 'the same thing'
  const pivot = turn.pivots[0]
  if (turn.isNegatedOnce) return `One says that it shall be so, the other that it shall not, about “${thing}”.`
  if (pivot !== undefined) return `“${pivot.a.lemma}” and “${pivot.b.lemma}” exclude each other, about “${thing}”.`
  const denied = turn.denied[0]
  return `One wants “${denied?.a.lemma ?? thing}”, the other says that there is none.`
}

const retention: ReadonlySet<string> = new Set(['keep', 'retain', 'preserve', 'store', 'archive', 'save'])

/** Where and when something is done: with other numbers beside them they are two cases. */
function areTwoCases({ a, b }: Alignment, turn: Turn): boolean {
  const isCircumstance = (match: Match): boolean => [match.a, match.b].every((term) => term.role === 'manner' || term.role === 'place')
  if (turn.isNegatedOnce || turn.pivots.length !== 1) return false
  // "Larger than 25 MB" are rejected, "up to 25 MB" accepted.
  const areApart = a.quantities.some((one) => b.quantities.some((other) => one.dimension === other.dimension && areDisjoint(one, other)))
  // "Free within 5 minutes", "costs 4 EUR after 5 minutes".
  const isBefore = (one: Clause, other: Clause): boolean =>
    one.quantities.some(({ preposition }) => preposition === 'within') &&
    other.quantities.some(({ preposition }) => preposition === 'after')
  if (isBefore(a, b) || isBefore(b, a)) return true
  const isKept = turn.pivots.some((match) => retention.has(match.a.lemma) || retention.has(match.b.lemma))
  // "Kept for ten years", "deleted after two".
  if (isKept && a.quantities.length > 0 && b.quantities.length > 0) return !areApart
  if (areApart && turn.pivots.some((match) => match.a.role === 'verb' && match.b.role === 'verb')) return true
  return turn.pivots.every(isCircumstance) && a.quantities.length > 0 && b.quantities.length > 0
}

/** What is done to all of a kind alike, and not in turn. */
const states: ReadonlySet<string> = new Set([
  ...['show', 'hide', 'display', 'enable', 'disable', 'encrypt'],
  ...['accept', 'reject', 'refuse', 'decline', 'keep', 'retain', 'store', 'preserve'],
])

/** Deeds that are done in turn: permitted to someone, set off by something, or such as only follow upon each other. */
function isSuccession(alignment: Alignment, turn: Turn, situation: Situation): boolean {
  if (turn.isNegatedOnce) return false
  const pivot = turn.pivots[0]
  if (pivot === undefined) return false
  // "Pin", "unpin": whoever may do the one may do the other.
  const isOffered =
    alignment.a.force === 'may' && alignment.b.force === 'may' && pivot.a === alignment.a.verb && pivot.b === alignment.b.verb
  if (isOffered && (pivot.a.lemma.endsWith(pivot.b.lemma) || pivot.b.lemma.endsWith(pivot.a.lemma))) return true
  if (!isUndoing(pivot.a.lemma, pivot.b.lemma)) return false
  // "When power is lost" a lock opens or stays closed.
  const haveConditions = alignment.a.conditions.length > 0 && alignment.b.conditions.length > 0
  if (situation === 'same' && haveConditions && alignment.a.force !== 'may' && alignment.b.force !== 'may') return false
  const isState = alignment.a.terms.some((term) => term.lemma === 'default') || states.has(pivot.a.lemma)
  return !isState || situation !== 'same' || alignment.a.force === 'may' || alignment.b.force === 'may'
}

/** "Pets are not allowed" against "accepts pets". */
const admitting: ReadonlySet<string> = new Set(['accept', 'admit', 'welcome', 'allow', 'permit', 'support'])

const wanting: ReadonlySet<string> = new Set(['require', 'need', 'have', 'give', 'grant'])

/** Whether what the negated statement denies is done in the other one, and not only mentioned. */
function isDone(alignment: Alignment, negative: Clause): boolean {
  const side = negative === alignment.a ? 'a' : 'b'
  const other = side === 'a' ? 'b' : 'a'
  const { verb } = negative
  if (verb === undefined || !isTelling(verb)) {
    const isWanting = verb !== undefined && wanting.has(verb.lemma)
    return (
      alignment[other].verb === undefined ||
      !isTelling(alignment[other].verb) ||
      (isWanting &&
        alignment.same.some(
          (match) =>
            match[side].isHead && match[side].role === 'object' && match[other].role === 'verb' && match[other].weight >= leastVerb,
        ))
    )
  }
  return alignment.same.some((match) => match[side] === verb && match[other].role !== 'aside' && match[other].isHead)
}

function isOneDeed(alignment: Alignment, turn: Turn, negative: Clause): boolean {
  // "Instalments are not allowed": whatever may be done with them.
  if (turn.isNegatedOnce && negative.verb?.lemma === 'allow') {
    const positive = negative === alignment.a ? alignment.b : alignment.a
    return positive.force === 'may' || admitting.has(positive.verb?.lemma ?? '')
  }
  if (turn.isNegatedOnce ? isDone(alignment, negative) : turn.denied.length === 0 && haveCommonDeed(alignment)) return true
  const denied = turn.denied[0]
  if (denied !== undefined) {
    const positive = denied.a.isAbsent ? alignment.b : alignment.a
    const wanted = denied.a.isAbsent ? denied.b : denied.a
    return haveCommonDeed(alignment) || wanted.role === 'verb' || positive.verb === undefined || !isTelling(positive.verb)
  }
  return false
}

/** "Not more than 25" is at most 25: the negation is in the number, which is compared as such. */
function isBoundTurned({ a, b }: Alignment): boolean {
  const [negative, positive] = a.isNegated ? [a, b] : [b, a]
  return negative.quantities.some(
    (quantity) =>
      quantity.from > (negative.verb?.from ?? 0) &&
      (quantity.bound === 'most' || quantity.bound === 'below' || quantity.bound === 'least') &&
      positive.quantities.some(
        (other) => other.dimension === quantity.dimension && other.low >= quantity.low && other.high <= quantity.high,
      ),
  )
}

/** A clash when exactly one thing turns one statement into the contrary of the other. */
export function checkPolarity(alignment: Alignment): Clash | undefined {
  const turn = turnsOf(alignment)
  if (turn.isNegatedOnce && isBoundTurned(alignment)) return undefined
  const turns = turn.pivots.length + turn.denied.length + (turn.isNegatedOnce ? 1 : 0)
  if (turns % 2 === 0 || turn.pivots.some((match) => areOtherSubjects(alignment, match))) return undefined
  if (turn.pivots.length > 0 && haveOtherSubjects(alignment)) return undefined
  if ((turn.isNegatedOnce || turn.pivots.some(isOfOrder)) && haveOtherObjects(alignment)) return undefined
  const situation = situationOf(alignment.a, alignment.b)
  if (situation === 'apart' || situation === 'unrelated') return undefined
  const negative = alignment.a.isNegated ? alignment.a : alignment.b
  const positive = negative === alignment.a ? alignment.b : alignment.a
  // "would" and "might" tell what comes of something; they demand nothing.
  if (alignment.a.force === 'remark' || alignment.b.force === 'remark') return undefined
  if (turn.isNegatedOnce && isException(negative, positive, situation)) return undefined
  const pivotIsVerb = turn.pivots.some((match) => match.a.role === 'verb' || match.b.role === 'verb')
  if (isSuccession(alignment, turn, situation) || areTwoCases(alignment, turn)) return undefined
  if (!pivotIsVerb && !isOneDeed(alignment, turn, negative)) return undefined
  if (commonThings(alignment).length + turn.denied.length === 0 || describeDifferently(alignment)) return undefined
  if (turn.denied.length === 0 && !haveCommonActor(alignment)) return undefined
  if (!isOnOneThing(alignment, turn)) return undefined
  const clashing = [...turn.pivots, ...turn.denied]
  const verbs = turn.isNegatedOnce ? [alignment.a.verb, alignment.b.verb] : []
  const wordsA = [...clashing.map((match) => match.a), ...(verbs[0] === undefined ? [] : [verbs[0]])]
  const wordsB = [...clashing.map((match) => match.b), ...(verbs[1] === undefined ? [] : [verbs[1]])]
  return {
    rule: alignment.a.force === 'may' || alignment.b.force === 'may' ? 'permission' : 'polarity',
    kind: 'contradiction',
    domain: 'requirement',
    severity: 'high',
    wordsA: spansOf(wordsA),
    wordsB: spansOf(wordsB),
    why: explain(turn, alignment),
    slots: [...wordsA, ...wordsB].map((term) => term.lemma).toSorted(),
  }
}
