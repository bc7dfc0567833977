// Reads the text of an item into statements.

import { enablers, everybody, forbiddenPredicates, instruments, modals, negations, universals } from '../lexicons/grammar-words.ts'
import type { Clause, Condition, Role, Term } from './clause.ts'
import { splitConditions, type ConditionWords } from './conditions.ts'
import { isLight, isVerb, operationOf, rootOf } from './lexicon.ts'
import { isAbsence, readPhrases, weightOf, wordsTaken } from './phrases.ts'
import { readFrequency, readQuantities } from './quantities.ts'
import { tagText, type Token } from './tagger.ts'
import { findVerbStart, readVerbGroup, type VerbGroup } from './verb-group.ts'

const sentenceEnds: ReadonlySet<string> = new Set(['.', ';', '!', '?'])
const lightVerbWeight = 0.12
const maxClauses = 24

function splitSentences(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [[]]
  for (const [at, token] of tokens.entries()) {
    // The full stop of "v.10.0" ends nothing.
    const isLabel = token.text === ':' && !sentences.at(-1)?.some((word) => modals.has(word.text))
    if (isLabel || (sentenceEnds.has(token.text) && tokens[at + 1]?.from !== token.to)) sentences.push([])
    else sentences.at(-1)?.push(token)
  }
  return sentences.filter((sentence) => sentence.some((token) => token.pos !== 'PUNCT'))
}

/** Cuts at a conjunction between two modals: "shall do this, and it must not do that". */
function splitAtModals(tokens: readonly Token[]): Token[][] {
  const places = tokens.flatMap((token, at) =>
    modals.has(token.text) && token.pos !== 'NOUN' && !['who', 'that', 'which'].includes(tokens[at - 1]?.text ?? '') ? [at] : [],
  )
  const cuts: number[] = []
  for (const [index, place] of places.entries()) {
    const previous = places[index - 1]
    if (previous === undefined) continue
    for (let at = place - 1; at > previous + 1; at -= 1) {
      if (tokens[at]?.pos === 'CCONJ') {
        cuts.push(at)
        break
      }
    }
  }
  const parts: Token[][] = []
  let from = 0
  for (const cut of cuts) {
    parts.push(tokens.slice(from, cut))
    from = cut + 1
  }
  parts.push(tokens.slice(from))
  return parts
}

/** Where a second verb begins that shares subject and modal: "shall detect a loss and reconnect". */
function secondVerb(tokens: readonly Token[], from: number, isPassive: boolean): number | undefined {
  for (let at = from; at < tokens.length - 1; at += 1) {
    if (tokens[at]?.pos !== 'CCONJ') continue
    let next = at + 1
    while (tokens[next]?.pos === 'ADV') next += 1
    const word = tokens[next]
    if (word === undefined || word.pos !== 'VERB' || !isVerb(word.lemma)) continue
    const fits = isPassive ? /(ed|en|t)$/.test(word.text) : word.text === word.lemma
    const follows = tokens[next + 1]
    if (fits && (follows === undefined || follows.pos !== 'NOUN' || !isPassive)) return at
  }
  return undefined
}

interface Statement {
  readonly tokens: readonly Token[]
  readonly group: VerbGroup
  readonly isSecond: boolean
}

function statementsOf(tokens: readonly Token[]): Statement[] {
  const start = findVerbStart(tokens)
  if (start === -1)
    return [
      {
        tokens,
        group: {
          verb: undefined,
          subject: [],
          actor: undefined,
          isPassive: false,
          isNegated: tokens.some((token) => negations.has(token.text)),
          force: 'state',
          hasOnly: false,
          adverbs: [],
          next: 0,
        },
        isSecond: false,
      },
    ]
  const group = readVerbGroup(tokens, start)
  const cut = secondVerb(tokens, group.next, group.isPassive)
  if (cut === undefined) return [{ tokens, group, isSecond: false }]
  let at = cut + 1
  const adverbs: Token[] = []
  for (let token = tokens[at]; token !== undefined && token.pos === 'ADV'; token = tokens[at]) {
    adverbs.push(token)
    at += 1
  }
  const verb = tokens[at]
  const isShared = cut === group.next
  const first = isShared ? tokens.filter((_, index) => index < cut || index > at) : tokens.slice(0, cut)
  const second: VerbGroup = { ...group, verb, adverbs: [...group.adverbs, ...adverbs], next: at + 1 }
  return [
    { tokens: first, group, isSecond: false },
    { tokens, group: second, isSecond: true },
  ]
}

function termOf(token: Token, role: Role, weight: number, phrase: number): Term {
  return {
    lemma: token.lemma,
    role,
    preposition: undefined,
    isHead: true,
    phrase,
    weight,
    isAbsent: false,
    isOnly: false,
    quantifier: undefined,
    from: token.from,
    to: token.to,
  }
}

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

const actorPrepositions: ReadonlySet<string> = new Set(['by', 'for', 'to'])

/** Verbs that forbid whatever their object is; to block or to stop something is a deed of its own. */
const plainBans: ReadonlySet<string> = new Set(['forbid', 'prohibit', 'ban', 'disallow', 'prevent'])

/** Verbs whose subject does nothing: it is what the statement is about. */
const stative: ReadonlySet<string> = new Set(['require', 'need', 'cost', 'last', 'take', 'exceed', 'contain'])

interface Predicate {
  readonly verb: Token | undefined
  readonly next: number
  /** The subject is what it is about, not who does it. */
  readonly isAboutSubject: boolean
  readonly isNegated: boolean
  readonly isPermission: boolean
}

/** What the verb comes to, past "be" and words of permission. */
function predicateOf({ tokens, group }: Statement): Predicate {
  const plain = { verb: group.verb, next: group.next, isAboutSubject: group.isPassive, isNegated: group.isNegated, isPermission: false }
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
    if (word !== undefined && (forbiddenPredicates.has(word.text) || plainBans.has(word.lemma)))
      return { ...plain, verb: word, next: at + 1, isAboutSubject: true, isNegated: !group.isNegated, isPermission: true }
    if (word?.lemma === 'possible' || word?.lemma === 'permissible')
      return { ...plain, verb: word, next: at + 1, isAboutSubject: true, isPermission: true }
    if (state || isAdjective)
      return { ...plain, verb: { ...word, lemma: adjectiveVerbs.get(word.lemma) ?? word.lemma }, next: at + 1, isAboutSubject: true }
    return { ...plain, isAboutSubject: true }
  }
  if (plainBans.has(verb.lemma)) return { ...plain, isNegated: !group.isNegated, isPermission: true }
  if (enablers.has(verb.lemma) && verb.lemma !== 'enable' && verb.lemma !== 'help') return { ...plain, isPermission: true }
  return stative.has(verb.lemma) ? { ...plain, isAboutSubject: true } : plain
}

/** The operation that is permitted or forbidden: the first noun of a deed among the words. */
function operationAmong(tokens: readonly Token[]): number {
  return tokens.findIndex(
    (token, at) =>
      (token.pos === 'VERB' && token.text.endsWith('ing')) ||
      (token.pos === 'NOUN' &&
        (operationOf(token.lemma) !== undefined || (token.text.endsWith('ing') && isVerb(rootOf(token.lemma)))) &&
        ['of', 'between', 'by', 'from', 'to', 'for'].includes(tokens[at + 1]?.text ?? '')),
  )
}

interface Draft {
  terms: Term[]
  verb: Term | undefined
  phrase: number
}

function addPhrases(
  draft: Draft,
  tokens: readonly Token[],
  role: Role,
  options: { preposition?: string; isOnly?: boolean; taken: ReadonlySet<Token> },
): void {
  const { terms, nextPhrase } = readPhrases({
    tokens,
    role,
    preposition: options.preposition,
    isOnly: options.isOnly === true,
    taken: options.taken,
    firstPhrase: draft.phrase,
  })
  draft.terms.push(...terms)
  draft.phrase = nextPhrase
}

const verbWeight = (lemma: string): number => (isLight(lemma) ? lightVerbWeight : 1)

function addVerb(draft: Draft, token: Token): void {
  draft.verb = { ...termOf(token, 'verb', verbWeight(token.lemma), draft.phrase), isHead: true }
  draft.terms.push(draft.verb)
  draft.phrase += 1
}

const particles: ReadonlySet<string> = new Set(['on', 'off', 'out', 'up', 'down', 'in', 'away', 'back'])

function toActors(terms: Term[], isPassive: boolean): Term[] {
  const heads = new Set(
    terms
      .filter(
        (term) =>
          term.isHead &&
          term.preposition !== undefined &&
          ((term.preposition === 'by' && isPassive && !instruments.has(term.lemma) && !/\d/.test(term.lemma)) ||
            (actorPrepositions.has(term.preposition) && everybody.has(term.lemma))),
      )
      .map((term) => term.phrase),
  )
  return terms.map((term) =>
    heads.has(term.phrase) && term.role === 'place'
      ? { ...term, role: 'actor' as const, weight: weightOf(term.lemma, 'actor', term.isHead) }
      : term,
  )
}

function readStatement(statement: Statement, conditions: readonly Condition[]): Clause {
  const { tokens, group } = statement
  const predicate = predicateOf(statement)
  const quantities = readQuantities(tokens, predicate.isNegated)
  const frequency = readFrequency(tokens)
  const taken = wordsTaken(tokens, quantities, frequency)
  const draft: Draft = { terms: [], verb: undefined, phrase: 0 }
  const subjectOnly = group.subject.some((token) => token.text === 'only')
  const rest = tokens.slice(predicate.next)
  let verb = predicate.verb
  let force = group.force
  if (predicate.isPermission && verb !== undefined) {
    force = 'may'
    const inSubject = predicate.isAboutSubject
    const words = inSubject ? group.subject : rest
    const at = operationAmong(words)
    const operation = at === -1 ? undefined : words[at]
    if (operation !== undefined) {
      verb = { ...operation, lemma: rootOf(operation.lemma) }
      addVerb(draft, verb)
      addPhrases(draft, [...words.slice(0, at), ...words.slice(at + 1)], 'object', { taken })
      addPhrases(draft, inSubject ? rest : group.subject, inSubject ? 'place' : 'actor', { taken })
    } else {
      addVerb(draft, { ...verb, lemma: 'allow' })
      addPhrases(draft, group.subject, inSubject ? 'object' : 'actor', { taken, isOnly: subjectOnly })
      addPhrases(draft, rest, inSubject ? 'place' : 'object', { taken })
    }
  } else {
    addPhrases(draft, group.subject, predicate.isAboutSubject ? 'object' : 'actor', { isOnly: subjectOnly, taken })
    if (group.actor !== undefined) addPhrases(draft, group.actor, 'actor', { taken })
    const following = rest[0]
    const hasParticle =
      verb !== undefined &&
      following?.pos === 'ADP' &&
      !taken.has(following) &&
      particles.has(following.text) &&
      (rest[1] === undefined || ['ADP', 'PUNCT', 'SCONJ', 'CCONJ', 'ADV'].includes(rest[1].pos))
    if (verb !== undefined) addVerb(draft, verb)
    if (hasParticle && following !== undefined) {
      draft.terms.push(termOf({ ...following, lemma: following.text }, 'manner', 0.7, draft.phrase))
      draft.phrase += 1
    }
    for (const adverb of group.adverbs) addPhrases(draft, [{ ...adverb, pos: 'ADV' }], 'manner', { taken })
    addPhrases(draft, hasParticle ? rest.slice(1) : rest, 'object', { isOnly: group.hasOnly, taken })
  }
  const terms = toActors(draft.terms, predicate.isAboutSubject)
  return {
    terms,
    verb: draft.verb,
    actors: terms.filter((term) => term.role === 'actor'),
    isNegated: predicate.isNegated,
    force,
    hasOnly: group.hasOnly,
    isUniversal: tokens.some((token) => universals.has(token.text)),
    conditions,
    quantities,
    frequency,
  }
}

function readCondition(condition: ConditionWords): Condition {
  const words = [...condition.tokens]
  const quantities = readQuantities(words, false)
  const { terms } = readPhrases({ tokens: words, role: 'object', taken: wordsTaken(words, quantities, undefined), firstPhrase: 0 })
  const isNegated = words.filter((token) => negations.has(token.text) || token.text === 'no' || token.text === 'nobody').length % 2 === 1
  return { marker: condition.marker, terms, quantities, isNegated, isOnly: condition.isOnly }
}

/** The statements of a text, in order; at most 24. */
export function readClauses(text: string): Clause[] {
  const clauses: Clause[] = []
  for (const sentence of splitSentences(tagText(text))) {
    const { main, conditions } = splitConditions(sentence)
    const read = conditions.map(readCondition)
    for (const part of splitAtModals(main)) {
      if (!part.some((token) => token.pos !== 'PUNCT')) continue
      for (const statement of statementsOf(part)) clauses.push(readStatement(statement, read))
    }
    if (clauses.length >= maxClauses) break
  }
  return clauses.slice(0, maxClauses)
}
