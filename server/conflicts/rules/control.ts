// One leaves it to the system, the other to a person.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, spansOf } from '../frame.ts'
import type { Clause, Term } from '../language/clause.ts'
import { relationOf } from '../language/lexicon.ts'
import { theSystem } from '../lexicons/grammar-words.ts'
import { situationOf } from '../situation.ts'

const bySystem: ReadonlySet<string> = new Set([
  'automatic',
  'automatically',
  'automated',
  'autonomous',
  'autonomously',
  'unattended',
  'system-generated',
])
const byPerson: ReadonlySet<string> = new Set([
  'manual',
  'manually',
  'user-specified',
  'user-defined',
  'custom',
  'customize',
  'customise',
  'by-hand',
  'choose',
  'handwritten',
  'hand-operated',
])

/** "Manual queries" are a kind of query, beside which there may be others. */
const isKind = (term: Term): boolean => term.lemma === 'manual' && !term.isHead && term.role !== 'manner'

const find = (clause: Clause, list: ReadonlySet<string>): Term | undefined =>
  clause.terms.find((term) => list.has(term.lemma) && term.role !== 'aside' && !isKind(term))

const consenting: ReadonlySet<string> = new Set([
  'approve',
  'approval',
  'confirm',
  'confirmation',
  'consent',
  'agree',
  'authorize',
  'authorise',
  'accept',
  'request',
  'ask',
])

/** "Only after the owner has approved": a person decides. */
const consentOf = (clause: Clause): Term | undefined =>
  clause.conditions
    .filter((condition) => condition.isOnly)
    .flatMap((condition) => condition.terms)
    .find((term) => consenting.has(term.lemma)) ?? absentConsentOf(clause)

/** "Are assigned by the dispatcher": somebody does it. */
const handOf = (clause: Clause): Term | undefined =>
  clause.isNegated
    ? undefined
    : clause.terms.find((term) => term.role === 'actor' && term.preposition === 'by' && term.isHead && !theSystem.has(term.lemma))

/** "Must not be done without the consent of the owner". */
const absentConsentOf = (clause: Clause): Term | undefined =>
  clause.isNegated
    ? (clause.terms.find((term) => term.isAbsent && consenting.has(term.lemma)) ??
      clause.conditions
        .filter((condition) => condition.marker === 'unless' || condition.marker === 'without')
        .flatMap((condition) => condition.terms)
        .find((term) => consenting.has(term.lemma)))
    : undefined

const controlling: ReadonlySet<string> = new Set([
  'control',
  'adjust',
  'set',
  'regulate',
  'operate',
  'run',
  'manage',
  'start',
  'configure',
  'assign',
])
const areBothControlled = (a: Clause, b: Clause): boolean => controlling.has(a.verb?.lemma ?? '') && controlling.has(b.verb?.lemma ?? '')

const hasSameVerb = (alignment: Alignment): boolean => alignment.same.some((match) => match.a.role === 'verb' && match.b.role === 'verb')

/** A clash when the same thing is set by the system in `a` and by a person in `b`; ask both ways round. */
export function checkControl(alignment: Alignment): Clash | undefined {
  const { a, b } = alignment
  const automatic = find(a, bySystem)
  const manual = find(b, byPerson) ?? consentOf(b) ?? (hasSameVerb(alignment) ? handOf(b) : undefined)
  if (
    automatic === undefined ||
    manual === undefined ||
    a.isNegated ||
    (b.isNegated && !consenting.has(manual.lemma)) ||
    find(b, bySystem) !== undefined ||
    find(a, byPerson) !== undefined
  )
    return undefined
  if (situationOf(a, b) === 'apart') return undefined
  const things = alignment.same.filter(
    (match) =>
      match.a.role !== 'verb' &&
      match.b.role !== 'verb' &&
      match.a.role !== 'purpose' &&
      (match.a.role !== 'actor' || match.b.role === 'object'),
  )
  const isSpecific =
    things.length >= 2 ||
    (commonThings(alignment).some((match) => match.a.isHead && match.b.isHead) &&
      (alignment.same.some((match) => match.a.role === 'verb') || areBothControlled(a, b)))
  const isOneObject = things.some(
    (match) =>
      (match.a.role === 'object' || match.a.role === 'actor') &&
      match.b.role === 'object' &&
      (manual.role !== 'object' || match.b.phrase === manual.phrase),
  )
  if (
    !isSpecific ||
    !isOneObject ||
    !(consenting.has(manual.lemma) || manual.role === 'actor' || relationOf(automatic.lemma, manual.lemma)?.kind === 'opposite')
  )
    return undefined
  return {
    rule: 'control',
    kind: 'contradiction',
    domain: 'requirement',
    severity: 'medium',
    wordsA: spansOf([automatic]),
    wordsB: spansOf([manual]),
    why: `One leaves “${things[0]?.a.lemma ?? 'it'}” to the system (“${automatic.lemma}”), the other to a person (“${manual.lemma}”).`,
    slots: [automatic.lemma, manual.lemma].toSorted(),
  }
}
