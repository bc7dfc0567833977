// What comes first: at once against later, before against after, and what must have been done before against doing without it.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, describeDifferently, haveCommonActor, haveCommonDeed, isTelling, spansOf } from '../frame.ts'
import type { Clause, Condition, Term } from '../language/clause.ts'
import { areAlike } from '../language/lexicon.ts'

const finishing: ReadonlySet<string> = new Set([
  'do',
  'complete',
  'finish',
  'perform',
  'carry',
  'conclude',
  'make',
  'take',
  'happen',
  'occur',
  'start',
  'begin',
])
const leastCover = 0.6
const leastOfOrder = 0.8

const atOnce: ReadonlySet<string> = new Set([
  'immediately',
  'immediate',
  'instantly',
  'instant',
  'instantaneously',
  'promptly',
  'at-once',
  'straight-away',
  'right-away',
  'without-delay',
])

const isSaidBy = (terms: readonly Term[], others: readonly Term[]): boolean => {
  const telling = terms.filter((term) => isTelling(term))
  return telling.length > 0 && telling.every((term) => others.some((other) => areAlike(term.lemma, other.lemma)))
}

/** How much of a statement, some terms left out, the other one says. */
function coverWithout(alignment: Alignment, side: 'a' | 'b', left: readonly Term[]): number {
  const said = new Set(alignment.same.map((match) => match[side]))
  const rest = alignment[side].terms.filter((term) => !left.includes(term))
  const total = rest.reduce((sum, term) => sum + term.weight, 0)
  return total === 0 ? 0 : rest.filter((term) => said.has(term)).reduce((sum, term) => sum + term.weight, 0) / total
}

const areDone = ({ a, b }: Alignment): boolean =>
  [a, b].every((clause) => !clause.isNegated && clause.force !== 'remark' && clause.verb !== undefined)

const isOneDeed = (alignment: Alignment): boolean =>
  haveCommonDeed(alignment) && haveCommonActor(alignment) && !describeDifferently(alignment) && commonThings(alignment).length > 0

function clashOf(wordsA: readonly Term[], wordsB: readonly Term[], why: string): Clash {
  return {
    rule: 'schedule',
    kind: 'contradiction',
    domain: 'timeline',
    severity: 'medium',
    wordsA: spansOf(wordsA),
    wordsB: spansOf(wordsB),
    why,
    slots: [...wordsA, ...wordsB].map((term) => term.lemma).toSorted(),
  }
}

const isAfter = (condition: Condition): boolean => condition.marker === 'after' || condition.marker === 'once'

/** "Immediately" against "after a restart", "after 48 hours". */
function atOnceAndLater(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  const now = a.terms.filter((term) => atOnce.has(term.lemma))
  if (now.length === 0 || a.conditions.length > 0 || !areDone(alignment) || !isOneDeed(alignment)) return undefined
  const later = b.conditions.filter(isAfter).flatMap((condition) => condition.terms)
  const delay = b.quantities.find((quantity) => quantity.dimension === 'time' && quantity.preposition === 'after')
  if ((later.length === 0 && delay === undefined) || alignment.clashing.length > 0) return undefined
  if (Math.min(coverWithout(alignment, 'a', now), coverWithout(alignment, 'b', [])) < leastCover) return undefined
  const clash = clashOf(now, later, `One wants it at once (“${now[0]?.lemma ?? ''}”), the other only after something else.`)
  return delay === undefined ? clash : { ...clash, wordsB: [{ from: delay.from, to: delay.to }] }
}

/** The same before and after one and the same event. */
function beforeAndAfter(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  if (!areDone(alignment) || a.force === 'may' || b.force === 'may' || alignment.clashing.length > 0) return undefined
  const before = a.conditions.find((condition) => condition.marker === 'before')
  const after = b.conditions.find(isAfter)
  if (before === undefined || after === undefined || a.conditions.length + b.conditions.length > 2) return undefined
  if (!isSaidBy(before.terms, after.terms) || !isSaidBy(after.terms, before.terms)) return undefined
  if (!isOneDeed(alignment) || Math.min(alignment.coverA, alignment.coverB) < leastOfOrder) return undefined
  return clashOf(before.terms, after.terms, `The same before and after “${before.terms.find((term) => term.isHead)?.lemma ?? ''}”.`)
}

/** What is done, without the verb that only says that it is: "testing" of "testing shall be completed". */
const deedOf = (clause: Clause): Term[] =>
  clause.terms.filter((term) => isTelling(term) && term.role !== 'manner' && (term.role !== 'verb' || !finishing.has(term.lemma)))

/** A clash when each is to be done before the other, whatever else the two share: "A before B", "B before A". */
export function checkCircle({ a, b }: Alignment): Clash | undefined {
  const [first, second] = [a, b].map((clause) => clause.conditions.find(({ marker }) => marker === 'before' || marker === 'after'))
  if (first === undefined || second === undefined || first.marker !== second.marker || a.conditions.length + b.conditions.length > 2)
    return undefined
  if (a.isNegated || b.isNegated || a.force === 'may' || b.force === 'may') return undefined
  const [deedA, deedB] = [deedOf(a), deedOf(b)]
  const isTurned =
    isSaidBy(first.terms, deedB) && isSaidBy(deedB, first.terms) && isSaidBy(second.terms, deedA) && isSaidBy(deedA, second.terms)
  if (!isTurned) return undefined
  return clashOf(first.terms, second.terms, `Each is to be done ${first.marker} the other.`)
}

/** What a statement asks to have been done before. */
function demandedFirst(clause: Clause): readonly Term[] {
  const markers = clause.isNegated ? ['unless', 'until', 'before'] : ['after', 'once']
  return clause.conditions
    .filter((condition) => markers.includes(condition.marker) || (condition.isOnly && !clause.isNegated))
    .flatMap((condition) => condition.terms)
}

/** "Appear after approval" against "appear without approval". */
function firstAndWithout(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  const absent = b.terms.filter((term) => term.isAbsent && term.isHead && isTelling(term))
  const demanded = demandedFirst(a).filter((term) => absent.some((other) => areAlike(term.lemma, other.lemma)))
  if (demanded.length === 0 || b.isNegated || b.force === 'remark' || b.conditions.length > 0 || !isOneDeed(alignment)) return undefined
  const phrase = b.terms.filter((term) => absent.some((other) => other.phrase === term.phrase))
  if (Math.min(coverWithout(alignment, 'a', []), coverWithout(alignment, 'b', phrase)) < leastCover) return undefined
  return clashOf(demanded, absent, `One asks for “${demanded[0]?.lemma ?? ''}” first, the other does without it.`)
}

/** "Must register before entering" against "may enter without registering". */
function dutyAndWithout(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  if (a.isNegated || b.isNegated || a.verb === undefined || !haveCommonActor(alignment) || (a.force !== 'must' && a.force !== 'state'))
    return undefined
  const duty = a.verb
  const absent = b.terms.filter((term) => term.isAbsent && areAlike(term.lemma, duty.lemma))
  const before = a.conditions.filter((condition) => condition.marker === 'before').flatMap((condition) => condition.terms)
  const done = b.terms.filter((term) => !term.isAbsent && term.role !== 'actor')
  if (absent.length === 0 || !isSaidBy(done, before)) return undefined
  return clashOf([duty], absent, `One asks to “${duty.lemma}” first, the other does without it.`)
}

/** A clash when `a` says what comes first and `b` has it otherwise; ask both ways round. */
export const checkOrder = (alignment: Alignment): Clash | undefined =>
  atOnceAndLater(alignment) ?? beforeAndAfter(alignment) ?? firstAndWithout(alignment) ?? dutyAndWithout(alignment)
