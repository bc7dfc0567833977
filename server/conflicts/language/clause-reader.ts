// Reads the text of an item into statements.

import { everybody, instruments, negations, universals } from '../lexicons/grammar-words.ts'
import type { Clause, Condition, Role, Term } from './clause.ts'
import { splitConditions, type ConditionWords } from './conditions.ts'
import { inPlainOrder } from './plain-order.ts'
import { isLight, isVerb, operationOf, rootOf } from './lexicon.ts'
import { readPhrases, weightOf, wordsTaken } from './phrases.ts'
import { readFrequency } from './frequency.ts'
import { predicateOf } from './predicate.ts'
import { readQuantities } from './quantities.ts'
import { splitAtModals, splitSentences, statementsOf, type Statement } from './statements.ts'
import { tagText, type Token } from './tagger.ts'
import type { VerbGroup } from './verb-group.ts'

const lightVerbWeight = 0.12
const maxClauses = 24

const actorPrepositions: ReadonlySet<string> = new Set(['by', 'for', 'to'])

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

/** "No version shall be removed": the word denies the verb, and there are versions. */
const withoutDenier = (group: VerbGroup): VerbGroup =>
  ['no', 'neither'].includes(group.subject[0]?.text ?? '') ? { ...group, subject: group.subject.slice(1) } : group

function readStatement(text: string, statement: Statement, conditions: readonly Condition[]): Clause {
  const { tokens } = statement
  const group = withoutDenier(statement.group)
  const predicate = predicateOf(statement)
  const quantities = readQuantities(tokens, predicate.isNegated ? statement.group.subject.length : undefined)
  const frequency = readFrequency(tokens)
  const taken = wordsTaken(tokens, quantities, frequency)
  const draft: Draft = { terms: [], verb: undefined, phrase: 0 }
  const subjectOnly = group.subject.some((token) => token.text === 'only')
  const rest = tokens.slice(predicate.next)
  let verb = predicate.verb
  let force = group.force
  if (predicate.isPermission && verb !== undefined) {
    force = predicate.isDuty ? 'must' : 'may'
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
    text,
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
  const quantities = readQuantities(words)
  const { terms } = readPhrases({ tokens: words, role: 'object', taken: wordsTaken(words, quantities, undefined), firstPhrase: 0 })
  const isNegated = words.filter((token) => negations.has(token.text) || token.text === 'no' || token.text === 'nobody').length % 2 === 1
  return { marker: condition.marker, terms, quantities, isNegated, isOnly: condition.isOnly }
}

/** The statements of a text, in order; at most 24. */
export function readClauses(text: string): Clause[] {
  const clauses: Clause[] = []
  for (const sentence of splitSentences(tagText(text))) {
    const { main, conditions } = splitConditions(inPlainOrder(sentence))
    const read = conditions.map(readCondition)
    for (const part of splitAtModals(main)) {
      if (!part.some((token) => token.pos !== 'PUNCT')) continue
      for (const statement of statementsOf(part)) clauses.push(readStatement(text, statement, read))
    }
    if (clauses.length >= maxClauses) break
  }
  return clauses.slice(0, maxClauses)
}
