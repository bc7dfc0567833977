// Two picks for one slot: a database, a framework, a colour, a place.

import type { Alignment, Match } from '../alignment.ts'
import type { Clash, FindingDomain } from '../finding.ts'
import { describeDifferently, haveCommonActor, isTelling, spansOf } from '../frame.ts'
import type { Clause, Term } from '../language/clause.ts'
import { theSystem } from '../lexicons/grammar-words.ts'
import { isGeneric, relationOf, slotsOf } from '../language/lexicon.ts'
import { situationOf } from '../situation.ts'

/** Slots that may hold several values at once, unless one of them is said to be the only one. */
const manyValued: ReadonlySet<string> = new Set([
  'a channel',
  'a payment method',
  'a login method',
  'a browser',
  'a mobile platform',
  'a weekday',
  'a month',
  'a medium',
  'a biometric',
  'a cache',
])
/** Verbs that add one more rather than choose one. */
const additive: ReadonlySet<string> = new Set([
  'support',
  'provide',
  'offer',
  'include',
  'integrate',
  'allow',
  'accept',
  'display',
  'show',
  'export',
  'import',
  'handle',
  'enable',
  'contain',
  'list',
  'send',
  'receive',
  'notify',
])
/** Slots of technology, where the rest of the sentences may be worded as it likes. */
const technology: ReadonlySet<string> = new Set([
  'a database',
  'a kind of database',
  'a frontend framework',
  'a mobile framework',
  'a backend framework',
  'a programming language',
  'a cloud provider',
  'an operating system',
  'a container platform',
  'a build service',
  'a message broker',
  'a licence',
  'an architecture',
  'an API style',
  'a place of hosting',
  'a mail protocol',
  'a payment provider',
  'a search engine',
  'a web server',
  'an object mapper',
  'a version control system',
  'a style framework',
  'a test framework',
  'a package manager',
  'a build tool',
  'a map provider',
  'a game engine',
  'an infrastructure tool',
  'an identity provider',
  'a monitoring tool',
  'a virtualisation',
])
const choosing: ReadonlySet<string> = new Set([
  'use',
  'write',
  'implement',
  'build',
  'run',
  'host',
  'deploy',
  'store',
  'develop',
  'base',
  'operate',
  'license',
  'release',
  'keep',
  'be',
  'have',
  'choose',
  'adopt',
  'persist',
  'save',
  'employ',
  'utilize',
  'code',
  'execute',
  'power',
  'serve',
  'manage',
  'orchestrate',
  'locate',
  'place',
  'situate',
  'process',
  'hold',
])

const leastCover = 0.6
/** Of which there may be several, where something is only handed out in them. */
const formats: ReadonlySet<string> = new Set(['a document format', 'an image format', 'an audio format'])
const leastOfOneWay = 0.7

const valuesOf = (clause: Clause, slot: string): string[] =>
  clause.terms.filter((term) => slotsOf(term.lemma).includes(slot) && term.role !== 'aside').map((term) => term.lemma)

function shareValue(alignment: Alignment, slot: string): boolean {
  const b = valuesOf(alignment.b, slot)
  return valuesOf(alignment.a, slot).some((value) => b.some((other) => ['same', 'synonym'].includes(relationOf(value, other)?.kind ?? '')))
}

const isAdditive = (clause: Clause): boolean => clause.verb !== undefined && additive.has(clause.verb.lemma)
const chooses = (clause: Clause): boolean => clause.verb !== undefined && choosing.has(clause.verb.lemma)

/** Cover of a statement without the words of the slot itself. */
function coverBeside(alignment: Alignment, side: 'a' | 'b', slot: string): number {
  const said = new Set([...alignment.same, ...alignment.clashing].map((match) => match[side]))
  let total = 0
  let covered = 0
  for (const term of alignment[side].terms) {
    if (slotsOf(term.lemma).some((other) => technology.has(other) || other === slot)) continue
    if (term.role === 'verb' && choosing.has(term.lemma)) continue
    total += term.weight
    if (said.has(term)) covered += term.weight
  }
  return total < 0.3 ? 1 : covered / total
}

const isValue = (term: Term): boolean => slotsOf(term.lemma).some((slot) => technology.has(slot))

/** Whether the statement is about a part of its own, which the other does not name: "analytics events are stored in …". */
function isQualified(alignment: Alignment, side: 'a' | 'b', slot: string): boolean {
  const said = new Set([...alignment.same, ...alignment.clashing].map((match) => match[side]))
  const { terms } = alignment[side]
  const valuePhrases = new Set(terms.filter((term) => isValue(term) || slotsOf(term.lemma).includes(slot)).map((term) => term.phrase))
  return terms.some((term) => {
    if (
      said.has(term) ||
      valuePhrases.has(term.phrase) ||
      !isTelling(term) ||
      term.role === 'verb' ||
      term.role === 'aside' ||
      term.role === 'manner' ||
      // "All data" is a part of nothing.
      term.lemma === 'data' ||
      // "As its database" names the slot.
      slot.endsWith(` ${term.lemma}`)
    )
      return false
    return term.role !== 'place' || term.preposition === 'for'
  })
}

/** Whether both speak of the same thing, or both of the system as a whole. */
function hasCommonBearer(alignment: Alignment): boolean {
  const bearers = (clause: Clause): Term[] =>
    clause.terms.filter(
      (term) => term.role !== 'verb' && term.isHead && (theSystem.has(term.lemma) || isGeneric(term.lemma) || term.lemma === 'data'),
    )
  const things = alignment.same.some((match) => match.a.role !== 'verb' && match.b.role !== 'verb' && isTelling(match.a))
  return things || (bearers(alignment.a).length > 0 && bearers(alignment.b).length > 0)
}

function isOneSlot(alignment: Alignment, slot: string): boolean {
  const coverA = coverBeside(alignment, 'a', slot)
  const coverB = coverBeside(alignment, 'b', slot)
  if (technology.has(slot) && chooses(alignment.a) && chooses(alignment.b)) {
    return !isQualified(alignment, 'a', slot) && !isQualified(alignment, 'b', slot) && hasCommonBearer(alignment)
  }
  return Math.min(coverA, coverB) >= leastCover
}

/** The slot that both words are values of; two opposites that describe one noun are a slot of their own. */
function slotBetween(match: Match): string | undefined {
  if (match.relation.kind === 'exclusive') return match.relation.slot
  const slots = slotsOf(match.a.lemma)
  return slotsOf(match.b.lemma).find((slot) => slots.includes(slot))
}

function clashOf(match: Match, slot: string): Clash {
  const domain: FindingDomain = technology.has(slot) ? 'technology' : 'requirement'
  return {
    rule: 'exclusive-choice',
    kind: 'contradiction',
    domain,
    severity: domain === 'technology' ? 'high' : 'medium',
    wordsA: spansOf([match.a]),
    wordsB: spansOf([match.b]),
    why: `“${match.a.lemma}” and “${match.b.lemma}” are two picks for one slot: ${slot}.`,
    slots: [match.a.lemma, match.b.lemma].toSorted(),
  }
}

/** "Sent in plain text", "sent as HTML": all else alike, and not one of several things that are handled. */
function isOneWay(alignment: Alignment, match: Match): boolean {
  return (
    match.a.isHead &&
    match.b.isHead &&
    alignment.a.force !== 'may' &&
    alignment.b.force !== 'may' &&
    !formats.has(match.relation.kind === 'exclusive' ? match.relation.slot : '') &&
    match.a.preposition !== undefined &&
    match.b.preposition !== undefined &&
    Math.min(alignment.coverA, alignment.coverB) >= leastOfOneWay
  )
}

/** A clash when the two choose different values of a slot for the same thing. */
export function checkExclusiveChoice(alignment: Alignment): Clash | undefined {
  if (alignment.a.isNegated || alignment.b.isNegated) return undefined
  const situation = situationOf(alignment.a, alignment.b)
  if (situation === 'apart' || situation === 'unrelated') return undefined
  for (const match of alignment.clashing) {
    if (!isTelling(match.a) || !isTelling(match.b)) continue
    const slot = slotBetween(match)
    if (slot === undefined) continue
    const isOnly = match.a.isOnly || match.b.isOnly
    if ((manyValued.has(slot) && !isOnly) || shareValue(alignment, slot)) continue
    if ((isAdditive(alignment.a) || isAdditive(alignment.b)) && !isOnly && !isOneWay(alignment, match)) continue
    if (!haveCommonActor(alignment) || describeDifferently(alignment)) continue
    // "The stop button", "the start button": not one thing.
    if (alignment.clashing.some((other) => other !== match && other.relation.kind === 'opposite' && slotBetween(other) === undefined))
      continue
    if (
      alignment.clashing.some(
        (other) =>
          other !== match && other.relation.kind === 'exclusive' && other.relation.slot !== slot && !technology.has(other.relation.slot),
      )
    )
      continue
    // "At a red light", "at a green light": two circumstances, not two values.
    if (!technology.has(slot) && !match.a.isHead && !match.b.isHead && match.a.role === 'place' && match.b.role === 'place') continue
    if (isOneSlot(alignment, slot)) return clashOf(match, slot)
  }
  return undefined
}
