// One forbids that something is there at all, the other says what happens to it when it is.

import type { Alignment } from '../alignment.ts'
import type { Clash } from '../finding.ts'
import { commonThings, isTelling, spansOf } from '../frame.ts'
import type { Clause, Term } from '../language/clause.ts'
import { situationOf } from '../situation.ts'

/** Verbs by which something comes to be there. */
const arising: ReadonlySet<string> = new Set([
  'have',
  'create',
  'exist',
  'contain',
  'add',
  'register',
  'allow',
  'hold',
  'own',
  'possess',
  'include',
  'occur',
  'establish',
  'generate',
  'install',
  'be',
])
/** Verbs that take it for granted that something is there. */
const presupposing: ReadonlySet<string> = new Set([
  'stop',
  'deactivate',
  'disable',
  'suspend',
  'close',
  'terminate',
  'delete',
  'remove',
  'renew',
  'edit',
  'modify',
  'update',
  'lock',
  'archive',
  'migrate',
  'bill',
  'extend',
  'cancel',
  'end',
  'expire',
  'block',
  'freeze',
  'charge',
  'transfer',
  'reactivate',
  'restrict',
  'purge',
  'discontinue',
  'cease',
  'disconnect',
  'revoke',
  'limit',
  'upgrade',
  'inspect',
])

const leastOfBan = 0.5
const leastCommon = 2

/** Whether all that the ban is about, described by two words at least, is what the other deals with. */
function isWholeBan(ban: Clause, alignment: Alignment): boolean {
  const said = new Set(alignment.same.map((match) => match.a))
  const about = ban.terms.filter((term) => term.role !== 'verb' && isTelling(term))
  return about.length >= leastCommon && about.every((term) => said.has(term)) && ban.conditions.length === 0
}

/** A clash when `a` bans the existence of what `b` deals with; ask both ways round. */
export function checkExistence(alignment: Alignment): Clash | undefined {
  const { a: ban, b: deed } = alignment
  // What is told of a state of things ("no tokens are generated") is no ban.
  if (
    ban.force === 'state' ||
    ban.force === 'remark' ||
    !ban.isNegated ||
    deed.isNegated ||
    ban.verb === undefined ||
    deed.verb === undefined
  )
    return undefined
  const isUnsupported = ban.verb.lemma === 'support' || ban.verb.lemma === 'exist'
  if (!arising.has(ban.verb.lemma) && !isUnsupported) return undefined
  if (!presupposing.has(deed.verb.lemma) && !(isUnsupported && isWholeBan(ban, alignment))) return undefined
  const situation = situationOf(ban, deed)
  if (situation === 'apart' || situation === 'unrelated') return undefined
  const things = commonThings(alignment)
  if (things.length < leastCommon || !things.some((match) => match.a.isHead && match.b.isHead)) return undefined
  const about = ban.terms.filter((term) => term.role !== 'verb' && isTelling(term))
  const said = new Set(things.map((match) => match.a))
  const weight = (terms: readonly Term[]): number => terms.reduce((total, term) => total + term.weight, 0)
  if (weight(about.filter((term) => said.has(term))) < leastOfBan * weight(about)) return undefined
  return {
    rule: 'existence',
    kind: 'contradiction',
    domain: 'requirement',
    severity: 'medium',
    wordsA: spansOf([ban.verb, ...said]),
    wordsB: spansOf([deed.verb]),
    why: `One forbids that there is such a “${things[0]?.a.lemma ?? 'thing'}”, the other says what is done with one (“${deed.verb.lemma}”).`,
    slots: [ban.verb.lemma, deed.verb.lemma].toSorted(),
  }
}
