// Reads the words behind (and before) a verb into phrases and their terms.

import { deniers, everybody, limiters, partials, theSystem, universals } from '../lexicons/grammar-words.ts'
import type { Role, Term } from './clause.ts'
import { isCommon, isGeneric } from './lexicon.ts'
import type { Quantity } from './quantities.ts'
import type { Token } from './tagger.ts'

const functionWords = new Set(
  'the a an of and or be have do also then there here it its his her their they them he she we you i me my our your this that these those which who whom whose what so as such too very just both either each every all any some no not only than more most less least per etc else again already always never ever however therefore thus same own other another will shall must should would can could may might if when while at-all up'.split(
    ' ',
  ),
)
const asides: ReadonlySet<string> = new Set([
  'excluding',
  'including',
  'such',
  'e.g.',
  'eg',
  'i.e.',
  'like',
  'namely',
  'which',
  'who',
  'that',
  'whose',
  'because',
  'since',
  'so',
])

const absences: ReadonlySet<string> = new Set(['free', 'lack', 'absence', 'devoid', 'void', 'exempt'])

/** "Free of charge", "lack of consent": what follows is not there. */
export const isAbsence = (word: Token, next: Token | undefined): boolean =>
  absences.has(word.text) && (next?.text === 'of' || next?.text === 'from')

/** How much a word says by where it stands. */
const roleWeight: Readonly<Record<Role, number>> = { actor: 0.7, verb: 1, object: 1, place: 0.8, manner: 0.7, purpose: 0.3, aside: 0.3 }
const modifierShare = 0.6
const genericShare = 0.2
const commonShare = 0.6

/** The weight of a word in its role. */
export function weightOf(lemma: string, role: Role, isHead: boolean): number {
  if (role === 'actor' && theSystem.has(lemma)) return 0.1
  const share = isHead || role === 'verb' || role === 'manner' ? 1 : modifierShare
  return roleWeight[role] * share * (isGeneric(lemma) || theSystem.has(lemma) ? genericShare : isCommon(lemma) ? commonShare : 1)
}

interface Open {
  role: Role
  preposition: string | undefined
  words: Token[]
  /** How many of the words stand before an `of`: the head is among them. */
  ownWords: number | undefined
  isAbsent: boolean
  isOnly: boolean
  quantifier: 'all' | 'some' | undefined
}

/** "Anyone who may open it" is not everyone. */
const isDescribed = (token: Token, next: Token | undefined): boolean =>
  token.pos === 'PRON' && ['who', 'that', 'whose', 'with'].includes(next?.text ?? '')

/** The terms of a run of words. */
export interface PhraseReading {
  readonly tokens: readonly Token[]
  readonly role: Role
  readonly preposition?: string | undefined
  readonly isOnly?: boolean
  /** Places that belong to a number or a frequency, and stand for themselves. */
  readonly taken: ReadonlySet<Token>
  /** Numbers the phrases on from here. */
  readonly firstPhrase: number
}

function headOf(words: readonly Token[]): Token | undefined {
  return (
    words.findLast((word) => word.pos === 'NOUN') ??
    words.findLast((word) => word.pos === 'ADJ' || word.pos === 'VERB' || word.pos === 'ADV') ??
    words.at(-1)
  )
}

class PhraseReader {
  readonly terms: Term[] = []
  private phrase: number
  private open: Open
  private readonly reading: PhraseReading
  private rest: Role | undefined
  private isOnlyNext = false

  constructor(reading: PhraseReading) {
    this.reading = reading
    this.phrase = reading.firstPhrase
    this.open = this.fresh(reading.role, reading.preposition)
    this.open.isOnly = reading.isOnly === true
  }

  private fresh(role: Role, preposition: string | undefined): Open {
    return {
      role: this.rest ?? role,
      preposition,
      words: [],
      ownWords: undefined,
      isAbsent: preposition === 'without' || preposition === 'except',
      isOnly: this.reading.isOnly === true,
      quantifier: undefined,
    }
  }

  private flush(role: Role, preposition: string | undefined): void {
    const { words, ownWords, ...phrase } = this.open
    const head = headOf(words.slice(0, ownWords))
    for (const word of words) {
      const isHead = word === head
      const role_ = word.pos === 'ADV' && phrase.role !== 'aside' && phrase.role !== 'purpose' ? 'manner' : phrase.role
      this.terms.push({
        lemma: word.lemma,
        role: role_,
        preposition: phrase.preposition,
        isHead,
        phrase: this.phrase,
        weight: weightOf(word.lemma, role_, isHead),
        isAbsent: phrase.isAbsent,
        isOnly: phrase.isOnly,
        quantifier: phrase.quantifier,
        from: word.from,
        to: word.to,
      })
    }
    if (words.length > 0) this.phrase += 1
    this.open = this.fresh(role, preposition)
    if (this.isOnlyNext) this.open.isOnly = true
    this.isOnlyNext = false
  }

  private mark(token: Token, previous: Token | undefined, next: Token | undefined): boolean {
    // "No more than 15 sites": the word is the bound's.
    if (this.reading.taken.has(token)) return false
    // "No longer" denies the verb, not a noun.
    if (token.text === 'no' && next?.text === 'longer') return true
    if (limiters.has(token.text)) {
      // "only through a client" limits what follows, "through a client only" what went before.
      if (this.open.words.length === 0) this.isOnlyNext = true
      this.open.isOnly = true
      return true
    }
    const isContrast = token.text === 'not' && previous?.pos === 'CCONJ'
    if (token.text === 'no' || token.text === 'nor' || isContrast) this.open.isAbsent = true
    if (deniers.has(token.text) && token.pos === 'DET') this.open.isAbsent = true
    if (isAbsence(token, next)) {
      this.flush(this.open.role, this.open.preposition)
      this.open.isAbsent = true
      return true
    }
    if (universals.has(token.text)) this.open.quantifier = 'all'
    if (partials.has(token.text)) this.open.quantifier = 'some'
    return false
  }

  /** "After 15 minutes without a payment": what has not come by then is what is waited for, not what is ruled out. */
  private isIdleTime(tokens: readonly Token[], at: number): boolean {
    const waited = tokens.slice(0, at)
    const first = waited.findLastIndex((token) => !this.reading.taken.has(token)) + 1
    return first < at && (waited[first]?.text === 'after' || waited[first - 1]?.text === 'after')
  }

  private isContent(token: Token, previous: Token | undefined): boolean {
    if (/^(them|him|her|it|one|your)sel(f|ves)$/.test(token.text)) return previous?.text !== 'by'
    if (token.text === 'may' && token.pos === 'NOUN') return true
    if (token.pos === 'PRON' && everybody.has(token.text) && token.text !== 'it') return true
    if (functionWords.has(token.lemma) || functionWords.has(token.text) || this.reading.taken.has(token)) return false
    return token.pos === 'NOUN' || token.pos === 'VERB' || token.pos === 'ADJ' || token.pos === 'ADV' || token.pos === 'NUM'
  }

  /** An `only` at the very end, behind brackets: it is about the phrases of the last preposition. */
  private limitLast(): void {
    const last = this.terms.findLast((term) => term.role !== 'aside')
    if (last === undefined) return
    for (const [at, term] of this.terms.entries()) {
      if (term.role === last.role && term.preposition === last.preposition) this.terms[at] = { ...term, isOnly: true }
    }
  }

  read(): { terms: Term[]; nextPhrase: number } {
    const { tokens } = this.reading
    let depth = 0
    let outside: { role: Role; preposition: string | undefined } = { role: this.reading.role, preposition: undefined }
    for (const [at, token] of tokens.entries()) {
      if (token.text === '(') {
        if (depth === 0) outside = { role: this.open.role, preposition: this.open.preposition }
        depth += 1
        this.flush('aside', undefined)
        continue
      }
      if (token.text === ')') {
        depth = Math.max(0, depth - 1)
        this.flush(outside.role, outside.preposition)
        continue
      }
      if (this.mark(token, tokens[at - 1], tokens[at + 1])) continue
      if (asides.has(token.text) && at > 0) {
        this.flush('aside', undefined)
        this.rest = 'aside'
        this.open.role = 'aside'
        this.open.isAbsent = token.text === 'excluding'
        continue
      }
      if (token.text === 'to' && token.pos === 'PART') {
        this.flush('purpose', undefined)
        this.rest ??= 'purpose'
        this.open.role = this.rest
        continue
      }
      // "At most 20 pallets": the preposition is the bound's, the pallets are no place.
      if (token.pos === 'ADP' && this.reading.taken.has(token)) {
        if (this.open.words.length > 0) this.flush(this.reading.role, undefined)
        continue
      }
      if (token.pos === 'ADP' || token.text === 'using') {
        if (token.text === 'of' || (this.open.isAbsent && this.open.words.length === 0 && absences.has(tokens[at - 1]?.text ?? ''))) {
          if (this.open.words.length > 0) this.open.ownWords ??= this.open.words.length
          continue
        }
        this.flush(depth > 0 ? 'aside' : 'place', token.text)
        if (this.isIdleTime(tokens, at)) this.open.isAbsent = false
        continue
      }
      if (token.pos === 'PUNCT' || token.pos === 'CCONJ') {
        if (token.text === ',' || token.pos === 'CCONJ') this.flush(this.open.role, this.open.preposition)
        continue
      }
      if (this.isContent(token, tokens[at - 1]))
        this.open.words.push(isDescribed(token, tokens[at + 1]) ? { ...token, lemma: 'whoever' } : token)
    }
    this.flush(this.reading.role, undefined)
    if (this.open.isOnly) this.limitLast()
    return { terms: this.terms, nextPhrase: this.phrase }
  }
}

/** The terms of the words, phrase by phrase. */
export const readPhrases = (reading: PhraseReading): { terms: Term[]; nextPhrase: number } => new PhraseReader(reading).read()

/** The words that belong to numbers or a frequency: not terms of their own, but what they count still is. */
export function wordsTaken(
  tokens: readonly Token[],
  quantities: readonly Quantity[],
  frequency: { start: number; end: number } | undefined,
): Set<Token> {
  const taken = new Set<Token>()
  for (const span of frequency === undefined ? quantities : [...quantities, frequency]) {
    for (const token of tokens.slice(Math.max(0, span.start), span.end)) taken.add(token)
  }
  return taken
}
