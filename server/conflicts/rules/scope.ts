// One says that only this may be, the other wants something else.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { actorHeads, isEverybody, isTelling, spansOf } from '../frame.ts'
import type { Clause, Term } from '../language/clause.ts'
import { relationOf } from '../language/lexicon.ts'
import { situationOf } from '../situation.ts'
import { theSystem } from '../lexicons/grammar-words.ts'
import { recurringTimes } from '../lexicons/units.ts'

const leastOfLimited = 0.7
const leastOfOther = 0.4

/** Verbs that need access to what they are done to. */
const accessVerbs: ReadonlySet<string> = new Set([
  'view',
  'see',
  'read',
  'print',
  'download',
  'export',
  'edit',
  'modify',
  'change',
  'update',
  'browse',
  'search',
  'query',
  'open',
  'consult',
  'copy',
  'display',
  'inspect',
  'review',
])

/** Words that say that somebody can get at it: "visible to the owner", where "access to" names the thing. */
const accessStates: ReadonlySet<string> = new Set(['visible', 'available', 'accessible', 'reachable'])

const words = (clause: Clause, head: Term): Term[] => clause.terms.filter((term) => term.phrase === head.phrase && term.role === head.role)

const areAlike = (a: string, b: string): boolean => ['same', 'synonym'].includes(relationOf(a, b)?.kind ?? '')

/** Whether what `other` names is within what `limit` allows: the same noun, described at least as closely. */
function isWithin(other: readonly Term[], limit: readonly Term[]): boolean {
  return limit
    .filter((term) => isTelling(term) || limit.length === 1)
    .every((term) => other.some((candidate) => areAlike(candidate.lemma, term.lemma)))
}

/** How much of a statement, the phrase left out, is said by the other. */
function coverWithout(alignment: Alignment, side: 'a' | 'b', phrases: ReadonlySet<number>): number {
  const clause = alignment[side]
  const said = new Set(alignment.same.map((match) => match[side]))
  let total = 0
  let covered = 0
  for (const term of clause.terms) {
    if (phrases.has(term.phrase) && term.role !== 'verb') continue
    total += term.weight
    if (said.has(term)) covered += term.weight
    else if (accessStates.has(term.lemma) && givesAccess(alignment[side === 'a' ? 'b' : 'a'])) covered += term.weight
    else if (accessVerbs.has(term.lemma) && term.role === 'verb' && isAccessState(alignment[side === 'a' ? 'b' : 'a']))
      covered += term.weight
    else if (term.lemma === 'access' && accessVerbs.has(alignment[side === 'a' ? 'b' : 'a'].verb?.lemma ?? '')) covered += term.weight
    else if (
      term.role === 'verb' &&
      accessVerbs.has(term.lemma) &&
      alignment.same.some((match) => match[side === 'a' ? 'b' : 'a'].lemma === 'access')
    )
      covered += term.weight
  }
  return total === 0 ? 0 : covered / total
}

const givesAccess = (clause: Clause): boolean => isAccessState(clause) || accessVerbs.has(clause.verb?.lemma ?? '')

function hasAccess(clause: Clause): boolean {
  return clause.terms.some((term) => term.lemma === 'access')
}

const isAccessState = (clause: Clause): boolean => clause.terms.some((term) => accessStates.has(term.lemma))

function sharesDeed(limited: Clause, other: Clause, alignment: Alignment): boolean {
  if (
    alignment.same.some((match) => (match.a.role === 'verb' || match.b.role === 'verb') && Math.max(match.a.weight, match.b.weight) >= 0.3)
  )
    return true
  if (isAccessState(limited) && isAccessState(other)) return true
  if ((hasAccess(limited) || isAccessState(limited)) && other.verb !== undefined && accessVerbs.has(other.verb.lemma)) return true
  return limited.verb !== undefined && other.verb !== undefined && !isTelling(limited.verb) && !isTelling(other.verb)
}

function limitedActor(alignment: Alignment): Clash | undefined {
  const { a: limited, b: other } = alignment
  const isAccess = isAccessState(limited) || hasAccess(limited)
  const granted = isAccess ? limited.terms.filter((term) => term.isHead && term.isOnly && term.preposition === 'to') : []
  const limit = [...actorHeads(limited).filter((term) => term.isOnly), ...granted]
  if (limit.length === 0 || other.isNegated) return undefined
  const others = actorHeads(other).filter((term) => !theSystem.has(term.lemma))
  const outside = others.filter((term) => !limit.some((allowed) => isWithin(words(other, term), words(limited, allowed))))
  if (outside.length === 0) return undefined
  return judge(alignment, limit, outside)
}

function judge(alignment: Alignment, limit: readonly Term[], outside: readonly Term[]): Clash | undefined {
  const { a: limited, b: other } = alignment
  if (!sharesDeed(limited, other, alignment)) return undefined
  const a = new Set(limit.map((term) => term.phrase))
  const b = new Set(outside.map((term) => term.phrase))
  const coverLimited = coverWithout(alignment, 'a', a)
  const coverOther = coverWithout(alignment, 'b', b)
  if (coverLimited < leastOfLimited && !(hasAccess(limited) && coverLimited >= 0.55)) return undefined
  if (coverOther < leastOfOther) return undefined
  return {
    rule: 'scope',
    kind: 'contradiction',
    domain: 'requirement',
    severity: 'high',
    wordsA: spansOf(limit),
    wordsB: spansOf(outside),
    why: `One allows it only for “${limit[0]?.lemma ?? ''}”, the other for “${outside[0]?.lemma ?? ''}”.`,
    slots: [...limit, ...outside].map((term) => term.lemma).toSorted(),
  }
}

const isSameVerb = (alignment: Alignment): boolean =>
  alignment.same.some((match) => match.a.role === 'verb' && match.b.role === 'verb' && isTelling(match.a))

/** Prepositions that ask one question: where, or by which way. */
const kinds: ReadonlyMap<string, string> = new Map([
  ...['in', 'on', 'at', 'inside', 'within'].map((word) => [word, 'where'] as const),
  ...['by', 'via', 'through', 'over', 'using', 'with'].map((word) => [word, 'how'] as const),
])
const kindOf = (preposition: string | undefined): string | undefined =>
  preposition === undefined ? undefined : (kinds.get(preposition) ?? preposition)

/** "through a Mac client only" against "through a browser": the same preposition, something else. */
function limitedPlace(alignment: Alignment): Clash | undefined {
  const { a: limited, b: other } = alignment
  if (other.isNegated || limited.isNegated) return undefined
  const limit = limited.terms.filter(
    (term) => term.isHead && term.isOnly && term.role !== 'actor' && term.role !== 'verb' && term.role !== 'manner' && isTelling(term),
  )
  const places = limit.filter((term) => term.preposition !== undefined)
  const chosen = places.length > 0 ? places : limit
  if (chosen.length === 0) return undefined
  const prepositions = new Set(chosen.map((term) => kindOf(term.preposition)))
  const others = other.terms.filter(
    (term) =>
      term.isHead &&
      term.role !== 'verb' &&
      (term.role !== 'actor' || term.preposition !== undefined) &&
      term.role !== 'manner' &&
      term.role !== 'aside' &&
      prepositions.has(kindOf(term.preposition)) &&
      (isTelling(term) || isEverybody(term)),
  )
  const outside = others.filter(
    (term) =>
      !chosen.some(
        (allowed) => isWithin(words(other, term), words(limited, allowed)) || relationOf(term.lemma, allowed.lemma)?.kind === 'synonym',
      ),
  )
  if (outside.length === 0) return undefined
  // Without a preposition many things may be the object of one verb: it must be one noun, described in two ways.
  const isOneNoun = outside.some((term) => chosen.some((allowed) => areAlike(term.lemma, allowed.lemma)))
  if (places.length === 0 && !isOneNoun && !isSameVerb(alignment)) return undefined
  return judge(alignment, chosen, outside)
}

/** "all parcels" against "only parcels worth more than 100". */
function limitedKind(alignment: Alignment): Clash | undefined {
  const { a: limited, b: other } = alignment
  if (other.isNegated || limited.isNegated) return undefined
  for (const { a, b } of alignment.same) {
    if (
      !a.isHead ||
      !b.isHead ||
      !a.isOnly ||
      b.isOnly ||
      a.role === 'verb' ||
      (a.role === 'place' && limited.quantities.length <= other.quantities.length)
    )
      continue
    const described = limited.quantities.length > other.quantities.length || words(limited, a).length > words(other, b).length
    if (b.quantifier === 'all' && described) return judge(alignment, [a], [b])
  }
  return undefined
}

function quantified(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  if (a.isNegated !== b.isNegated) return undefined
  for (const match of alignment.same) {
    if (
      match.a.quantifier === 'some' &&
      match.b.quantifier === 'all' &&
      match.a.isHead &&
      match.b.isHead &&
      Math.min(alignment.coverA, alignment.coverB) >= 0.85
    )
      return judge(alignment, [match.a], [match.b])
  }
  return undefined
}

const always: ReadonlySet<string> = new Set([
  'continuously',
  'continuous',
  'permanently',
  'constantly',
  'uninterruptedly',
  'always',
  'nonstop',
  '24/7',
  'around-the-clock',
  'round-the-clock',
  'day-and-night',
  'at-any-time',
  'at-all-times',
])
const dayTimes: ReadonlySet<string> = new Set([
  'daytime',
  'weekday',
  'workday',
  'business-day',
  'working-day',
  'business-hour',
  'office-hour',
  'opening-hour',
])

/** "Only when motion is detected" against "continuously". */
function limitedTime(alignment: Alignment): Clash | undefined {
  const { a: limited, b: other } = alignment
  const limit = [
    ...limited.conditions.filter((condition) => condition.isOnly).flatMap((condition) => condition.terms),
    ...limited.terms.filter((term) => term.isOnly && term.isHead && (recurringTimes.has(term.lemma) || dayTimes.has(term.lemma))),
  ]
  const wide = other.terms.filter((term) => always.has(term.lemma))
  if (other.frequency !== undefined && limit.length > 0 && other.conditions.length === 0) {
    const judged = limited.isNegated || other.isNegated ? undefined : judge(alignment, limit, [])
    if (judged !== undefined)
      return {
        ...judged,
        wordsB: [{ from: other.frequency.from, to: other.frequency.to }],
        why: 'One does it only under a condition, the other at an interval.',
      }
  }
  if (limit.length === 0 || wide.length === 0 || limited.isNegated || other.isNegated) return undefined
  return judge(alignment, limit, wide)
}

const stopping: ReadonlySet<string> = new Set([
  'stop',
  'pause',
  'halt',
  'interrupt',
  'suspend',
  'close',
  'off',
  'shut-down',
  'switch-off',
  'turn-off',
  'deactivate',
])

/** "Continuously" against "stops between 2 and 4". */
function interrupted(alignment: Alignment): Clash | undefined {
  const { a: stopped, b: other } = alignment
  const wide = other.terms.filter((term) => always.has(term.lemma))
  const { verb } = stopped
  if (wide.length === 0 || verb === undefined || !stopping.has(verb.lemma) || stopped.isNegated || other.isNegated) return undefined
  const subjects = alignment.same.filter((match) => match.a.isHead && match.b.isHead && isTelling(match.a) && match.a.from < verb.from)
  if (subjects.length === 0 || stopped.conditions.length > 0) return undefined
  return {
    rule: 'scope',
    kind: 'contradiction',
    domain: 'timeline',
    severity: 'medium',
    wordsA: spansOf([verb]),
    wordsB: spansOf(wide),
    why: `One has it go on “${wide[0]?.lemma ?? ''}”, the other has it “${verb.lemma}”.`,
    slots: [verb.lemma, ...wide.map((term) => term.lemma)].toSorted(),
  }
}

/** A clash when `a` limits and `b` goes past the limit; ask both ways round. */
export function checkScope(alignment: Alignment): Clash | undefined {
  const situation = situationOf(alignment.a, alignment.b)
  if (situation === 'apart' || situation === 'unrelated') return undefined
  // "If it is web-based, …" says nothing about what is not.
  if (
    situation === 'nested' &&
    [...alignment.a.conditions, ...alignment.b.conditions].some((condition) => condition.marker === 'if' || condition.marker === 'where')
  )
    return undefined
  // "Public messages", "private messages": each has a rule of its own.
  if (alignment.clashing.some(({ a, b, relation }) => relation.kind === 'opposite' && !a.isHead && !b.isHead && a.role !== 'manner'))
    return undefined
  return (
    limitedActor(alignment) ??
    limitedPlace(alignment) ??
    limitedKind(alignment) ??
    limitedTime(alignment) ??
    interrupted(alignment) ??
    quantified(alignment)
  )
}
