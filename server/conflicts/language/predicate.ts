// What the verb of a statement comes to, past "be" and words of permission.

import { enablers, forbiddenPredicates } from '../lexicons/grammar-words.ts'
import { isAbsence } from './phrases.ts'
import { operationOf } from './lexicon.ts'
import type { Statement } from './statements.ts'
import type { Token } from './tagger.ts'

const adjectiveVerbs: ReadonlyMap<string, string> = new Map([
  ['accessible', 'access'],
  ['payable', 'pay'],
  ['editable', 'edit'],
  ['readable', 'read'],
  ['configurable', 'configure'],
  ['reachable', 'reach'],
  ['removable', 'remove'],
  ['searchable', 'search'],
  ['downloadable', 'download'],
  ['printable', 'print'],
  ['executable', 'execute'],
])

/** Verbs that forbid whatever their object is; to block or to stop something is a deed of its own. */
const plainBans: ReadonlySet<string> = new Set(['forbid', 'prohibit', 'ban', 'disallow', 'prevent'])

/** Verbs whose subject does nothing: it is what the statement is about. */
const stative: ReadonlySet<string> = new Set(['require', 'need', 'cost', 'last', 'take', 'exceed', 'contain'])

/** What has to be done, and what need not: "encryption is optional". */
const duties: ReadonlyMap<string, boolean> = new Map([
  ['mandatory', true],
  ['compulsory', true],
  ['obligatory', true],
  ['optional', false],
  ['voluntary', false],
])

const isOperation = (token: Token): boolean =>
  token.text.endsWith('ing') || (token.pos === 'NOUN' && operationOf(token.lemma) !== undefined)

/** "Cheaters are banned": what is done to them; "smoking is banned" forbids a deed. */
const isPunishment = (word: Token, { group }: Statement): boolean => word.lemma === 'ban' && !group.subject.some(isOperation)

/** What a statement says of its subject. */
export interface Predicate {
  readonly verb: Token | undefined
  readonly next: number
  /** The subject is what it is about, not who does it. */
  readonly isAboutSubject: boolean
  readonly isNegated: boolean
  readonly isPermission: boolean
  /** What it says of its subject is whether that has to be done. */
  readonly isDuty: boolean
}

/** What the verb comes to, past "be" and words of permission. */
export function predicateOf(statement: Statement): Predicate {
  const { tokens, group } = statement
  const plain = {
    verb: group.verb,
    next: group.next,
    isAboutSubject: group.isPassive,
    isNegated: group.isNegated,
    isPermission: false,
    isDuty: false,
  }
  const { verb } = group
  if (verb === undefined) return plain
  if (verb.lemma === 'be') {
    let at = group.next
    while (tokens[at]?.pos === 'ADV' && tokens[at + 1]?.pos === 'ADJ') at += 1
    const word = tokens[at]
    const state =
      word?.pos === 'ADP' && ['on', 'off'].includes(word.text) && tokens[at + 1]?.pos !== 'DET' && tokens[at + 1]?.pos !== 'NOUN'
    const isAdjective =
      word !== undefined &&
      !isAbsence(word, tokens[at + 1]) &&
      (word.pos === 'ADJ' || (word.pos === 'VERB' && !word.text.endsWith('ing'))) &&
      tokens[at + 1]?.pos !== 'NOUN'
    if (word !== undefined && (forbiddenPredicates.has(word.text) || plainBans.has(word.lemma)) && !isPunishment(word, statement))
      return { ...plain, verb: word, next: at + 1, isAboutSubject: true, isNegated: !group.isNegated, isPermission: true }
    if (word?.lemma === 'possible' || word?.lemma === 'permissible')
      return { ...plain, verb: word, next: at + 1, isAboutSubject: true, isPermission: true }
    if (word !== undefined && duties.has(word.lemma) && group.subject.some(isOperation) && tokens[at + 1]?.pos !== 'NOUN')
      return {
        ...plain,
        verb: word,
        next: at + 1,
        isAboutSubject: true,
        isNegated: group.isNegated !== (duties.get(word.lemma) === false),
        isPermission: true,
        isDuty: true,
      }
    if (state || isAdjective)
      return { ...plain, verb: { ...word, lemma: adjectiveVerbs.get(word.lemma) ?? word.lemma }, next: at + 1, isAboutSubject: true }
    return { ...plain, isAboutSubject: true }
  }
  if (plainBans.has(verb.lemma) && !(group.isPassive && isPunishment(verb, statement)))
    return { ...plain, isNegated: !group.isNegated, isPermission: true }
  if (enablers.has(verb.lemma) && verb.lemma !== 'enable' && verb.lemma !== 'help') return { ...plain, isPermission: true }
  return stative.has(verb.lemma) ? { ...plain, isAboutSubject: true } : plain
}
