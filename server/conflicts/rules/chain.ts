// Items that clash though no two of them do: what holds leads to what follows, and that is forbidden.

import { relationOf } from '../language/lexicon.ts'
import { linkedPlaces } from '../language/term-links.ts'
import type { Clause, Term } from '../language/clause.ts'
import type { Subject } from '../subject.ts'

/** A statement as a step: what it starts from, and what it leads to. */
export interface Step {
  readonly subject: Subject
  readonly clause: Clause
  /** Under what it holds: its conditions, and what the noun it is about is said to be. */
  readonly premise: readonly Term[]
  /** What then is. */
  readonly outcome: readonly Term[]
  /** Both. */
  readonly all: readonly Term[]
  /** The words of the outcome that make the next step begin: the verb, and what it is done to. */
  readonly results: readonly Term[]
  /** What sets the premise apart from any other of its kind. */
  readonly needs: readonly Term[]
  /** What sets the outcome apart. */
  readonly told: readonly Term[]
}

const requiring: ReadonlySet<string> = new Set(['require', 'need', 'depend', 'use', 'include'])
/** What makes a thing one of a kind. */
const classing: ReadonlySet<string> = new Set([
  'class',
  'classify',
  'mark',
  'flag',
  'label',
  'treat',
  'regard',
  'consider',
  'count',
  'rate',
  'deem',
  'become',
  'tag',
  'set',
])
const leastLink = 0.6
const leastFarLink = 0.8
const leastStart = 0.6
const leastOfResult = 0.12
const leastTelling = 0.15
const leastOfName = 0.25

const telling = (terms: readonly Term[]): Term[] => terms.filter((term) => term.weight >= leastTelling)

const alike = (a: Term, b: Term): boolean => ['same', 'synonym'].includes(relationOf(a.lemma, b.lemma)?.kind ?? '')
const said = (term: Term, terms: readonly Term[]): boolean =>
  linkedPlaces(term.lemma, terms).some((at) => {
    const other = terms[at]
    return other !== undefined && alike(term, other)
  })
const weigh = (terms: readonly Term[]): number => terms.reduce((sum, term) => sum + Math.max(term.weight, 0.1), 0)
const shareSaid = (terms: readonly Term[], by: readonly Term[]): number =>
  terms.length === 0 ? 0 : weigh(terms.filter((term) => said(term, by))) / weigh(terms)

/** Where the verb stands: the noun a statement is about comes before it. */
function isBefore(term: Term, verb: Term | undefined): boolean {
  return verb !== undefined && term.from < verb.from
}

/** The statements of an item as steps. */
export function stepsOf(subject: Subject): Step[] {
  return subject.clauses
    .filter((clause) => clause.verb !== undefined)
    .map((clause) => {
      const about = clause.terms.filter((term) => term.role !== 'verb' && isBefore(term, clause.verb))
      const conditional = clause.conditions.flatMap((condition) => condition.terms)
      const premise = [...about, ...conditional]
      const outcome = clause.terms.filter((term) => !about.includes(term))
      return {
        subject,
        clause,
        premise,
        outcome,
        all: [...outcome, ...premise],
        results: outcome.filter((term) => term.weight >= leastOfResult),
        needs: telling(premise),
        told: telling(outcome),
      }
    })
}

/** "The archive", which keeps things, is no deed of archiving. */
const isActing = (term: Term): boolean => term.role === 'actor' && term.isHead

/** "The ledger module": where the noun itself says nothing, what describes it is what is named. */
const isNaming = (term: Term, { outcome }: Step): boolean =>
  term.isHead || outcome.some((other) => other.isHead && other.phrase === term.phrase && other.weight < leastOfName)

/** Whether the second step begins where the first one ends; `isFar` asks for all of it, as it is one of several such links. */
export function leadsTo(first: Step, second: Step, isFar: boolean): boolean {
  if (first.clause.isNegated) return false
  const { needs } = second
  const arrives = needs.filter((term) => said(term, first.results))
  if (arrives.length === 0) return false
  const verb = first.clause.verb
  // It must be the deed itself that sets the next step off, or what is required; a noun that both name is no link.
  const isDeed = verb !== undefined && verb.weight >= 0.3 && arrives.some((term) => !isActing(term) && alike(term, verb))
  const isState = arrives.some(
    (term) =>
      first.outcome.some((other) => isNaming(other, first) && other.role !== 'actor' && !isBefore(other, verb) && alike(term, other)) &&
      (verb === undefined || verb.weight < 0.3 || classing.has(verb.lemma)),
  )
  if (!isDeed && !isState) return false
  return shareSaid(needs, first.all) >= (isFar || requiring.has(verb?.lemma ?? '') ? leastFarLink : leastLink)
}

/** Whether the step does what the ban forbids. */
export function isForbidden(ban: Step, last: Step): boolean {
  if (!ban.clause.isNegated || last.clause.isNegated) return false
  const forbidden = ban.told.filter((term) => term.role !== 'manner')
  const verb = ban.clause.verb
  const requires = requiring.has(last.clause.verb?.lemma ?? '')
  if (verb !== undefined && verb.weight >= 0.3 && !requires && !said(verb, last.outcome)) return false
  const things = requires ? forbidden.filter((term) => term.role !== 'verb') : forbidden
  if (things.length === 0 || shareSaid(things, last.all) < leastLink) return false
  const objects = things.filter((term) => term.role === 'object' && term.isHead)
  if (objects.length > 0 && !objects.some((term) => said(term, last.all))) return false
  return !requires || things.some((term) => said(term, last.outcome))
}

/** Whether the chain starts where the ban holds, and not only at its second step: that would be a clash of two. */
export function startsUnder(ban: Step, first: Step): boolean {
  const start = ban.needs
  if (start.length === 0 || shareSaid(start, first.all) < leastStart) return false
  return start.some((term) => said(term, first.premise))
}

/** A sentence on what clashes. */
export const chainReason = (ban: Step, second: Step): string =>
  `Together the others lead to “${second.clause.verb?.lemma ?? 'something'}”, which one forbids (“${ban.clause.verb?.lemma ?? ''}”).`
