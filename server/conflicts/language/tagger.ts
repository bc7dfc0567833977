// Words of a text with their base form, part of speech and place.

import winkNLP, { type ItsFunction } from 'wink-nlp'
import model from 'wink-eng-lite-web-model'
import { isCompound, isListed, isVerb, slotsOf } from './lexicon.ts'

/** The parts of speech that are told apart (Universal Dependencies, the ones that matter here). */
export type PartOfSpeech = 'NOUN' | 'VERB' | 'ADJ' | 'ADV' | 'AUX' | 'ADP' | 'DET' | 'PRON' | 'NUM' | 'PART' | 'SCONJ' | 'CCONJ' | 'PUNCT'

/** One word; `from` and `to` are offsets in the text, in UTF-16 code units. */
export interface Token {
  readonly text: string
  readonly lemma: string
  readonly pos: PartOfSpeech
  readonly from: number
  readonly to: number
}

const nlp = winkNLP(model, ['sbd', 'pos'])
// Read as values, not as methods: the library never uses `this` in them.
const its = nlp.its as unknown as Readonly<Record<'lemma' | 'pos' | 'precedingSpaces', ItsFunction<string>>>

/** Longer items are read up to here: no sentence that a person wrote as one requirement is longer. */
const maxChars = 4_000

const lemmaFixes: Readonly<Record<string, string>> = {
  datum: 'data',
  thru: 'through',
  "n't": 'not',
  cannot: 'can',
  app: 'application',
  https: 'https',
}

// ASCII only: other letters may change their length when lowered, and offsets would be off.
const lowered = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase())

function partOf(raw: string): PartOfSpeech {
  if (raw === 'PROPN' || raw === 'X' || raw === 'INTJ') return 'NOUN'
  if (raw === 'SYM' || raw === 'SPACE') return 'PUNCT'
  return raw as PartOfSpeech
}

const singular = (word: string): string =>
  word.length > 3 && /[^su]s$/.test(word) ? (word.endsWith('ies') && word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1)) : word

/** Participles that the tagger knows as no verbs. */
const compoundParticiples: ReadonlyMap<string, string> = new Map([
  ['overridden', 'override'],
  ['overwritten', 'overwrite'],
  ['rewritten', 'rewrite'],
  ['withdrawn', 'withdraw'],
  ['undone', 'undo'],
  ['redone', 'redo'],
  ['resent', 'resend'],
  ['rebuilt', 'rebuild'],
  ['resold', 'resell'],
  ['withheld', 'withhold'],
  ['overtaken', 'overtake'],
  ['rerun', 'rerun'],
])

const irregularParticiples: ReadonlyMap<string, string> = new Map([
  ['paid', 'pay'],
  ['sent', 'send'],
  ['kept', 'keep'],
  ['sold', 'sell'],
  ['lost', 'lose'],
  ['held', 'hold'],
])

/** The verb of a participle that is taken for an adjective: "disabled", "edited", "stopped". */
function verbOfParticiple(word: string): string | undefined {
  const stem = word.slice(0, -2)
  const forms = [
    word.slice(0, -1),
    stem,
    stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem,
    stem.endsWith('i') ? `${stem.slice(0, -1)}y` : stem,
  ]
  // Of verbs that nobody listed: "refreshed", "disinfected".
  return forms.find(isVerb) ?? (/(sh|ch|ss|x|ct|pt|rt|nt|nd|ck|er|ow)$/.test(stem) ? stem : undefined)
}

/** A value of a slot is a name: Windows are no windows, which a capital tells apart. */
function nameOf(written: string, lower: string, lemma: string): string | undefined {
  return slotsOf(lower).length > 0 && (lemma === lower || written !== lower) ? lower : undefined
}

function baseForm(lower: string, lemma: string, pos: PartOfSpeech): string {
  const participle = compoundParticiples.get(lower)
  if (participle !== undefined) return participle
  const fixed = lemmaFixes[lower] ?? lemmaFixes[lemma]
  if (fixed !== undefined) return fixed
  if (lower.endsWith('est') && isListed(lower)) return lower
  if (pos === 'NOUN' && lemma === lower) return isListed(lower) ? lower : singular(lower)
  if (pos === 'ADJ' && irregularParticiples.has(lower)) return irregularParticiples.get(lower) ?? lemma
  if (pos === 'ADJ' && lower.endsWith('ed')) return verbOfParticiple(lower) ?? lemma
  return lemma
}

/** "US" is no "us". */
const isName = (written: string, pos: PartOfSpeech): boolean =>
  pos === 'PRON' && /^[A-Z]{2,}$/.test(written) && slotsOf(written.toLowerCase()).length > 0

/** "In May" is no "may". */
const isMonth = (written: string, previous: string | undefined, next: string | undefined): boolean =>
  written === 'May' &&
  (/^(\d{1,2}(st|nd|rd|th)?|in|on|by|for|until|of|since|before|after)$/.test(previous ?? '') || /^\d+$/.test(next ?? ''))

function rawTokens(text: string): Token[] {
  const document = nlp.readDoc(lowered(text))
  const tokens = document.tokens()
  const forms = tokens.out() as string[]
  const lemmas = tokens.out(its.lemma) as string[]
  const parts = tokens.out(its.pos) as string[]
  const spaces = tokens.out(its.precedingSpaces) as string[]
  const found: Token[] = []
  let at = 0
  for (const [index, form] of forms.entries()) {
    const from = at + (spaces[index] ?? '').length
    at = from + form.length
    const pos = compoundParticiples.has(form) ? 'VERB' : partOf(parts[index] ?? 'NOUN')
    found.push({
      text: form,
      lemma: nameOf(text.slice(from, at), form, lemmas[index] ?? form) ?? baseForm(form, lemmas[index] ?? form, pos),
      pos: isName(text.slice(from, at), pos) || isMonth(text.slice(from, at), forms[index - 1], forms[index + 1]) ? 'NOUN' : pos,
      from,
      to: at,
    })
  }
  return found
}

const abbreviations: ReadonlySet<string> = new Set(['etc.', 'vs.', 'no.', 'approx.', 'e.g.', 'i.e.', 'incl.', 'max.', 'min.', 'resp.'])
const particles: ReadonlySet<string> = new Set(['in', 'on', 'out', 'off', 'up', 'down', 'away', 'back'])

/** The full stop that was taken for a part of the last word: "log in." */
function splitStops(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token, at) => {
    const isLast = at === tokens.length - 1
    if (!(isLast ? /^[a-z]+\.$/ : /^[a-z]{2,}\.$/).test(token.text) || abbreviations.has(token.text)) return [token]
    const text = token.text.slice(0, -1)
    const lemma = token.lemma.endsWith('.') ? token.lemma.slice(0, -1) : token.lemma
    const word: Token = { ...token, text, lemma, pos: particles.has(text) ? 'ADP' : token.pos, to: token.to - 1 }
    return [word, { text: '.', lemma: '.', pos: 'PUNCT', from: token.to - 1, to: token.to }]
  })
}

/** A name that goes on with signs: C++, C#. */
function signedName(tokens: readonly Token[], at: number): { token: Token; next: number } | undefined {
  const first = tokens[at]
  if (first === undefined || !/^[a-z]$/.test(first.text)) return undefined
  let text = first.text
  let next = at + 1
  for (let sign = tokens[next]; sign?.from === (tokens[next - 1]?.to ?? -1) && /^[+#]{1,2}$/.test(sign.text); sign = tokens[next]) {
    text += sign.text
    next += 1
  }
  const last = tokens[next - 1]
  return last === undefined || slotsOf(text).length === 0 || next === at + 1
    ? undefined
    : { token: { text, lemma: text, pos: 'NOUN', from: first.from, to: last.to }, next }
}

const isHyphen = (token: Token | undefined): boolean => token !== undefined && /^[-‐‑–]$/.test(token.text)

/** The longest compound that starts at `start`: its words and where it ends. */
function compoundAt(tokens: readonly Token[], start: number): { token: Token; next: number } | undefined {
  const first = tokens[start]
  if (first === undefined || first.pos === 'PUNCT') return undefined
  const parts = [first.text]
  let next = start + 1
  let best: { token: Token; next: number } | undefined
  while (parts.length < 4 && next < tokens.length) {
    const hyphenated = isHyphen(tokens[next])
    const following = tokens[hyphenated ? next + 1 : next]
    if (following === undefined || following.pos === 'PUNCT') break
    parts.push(following.text)
    next += hyphenated ? 2 : 1
    const name = parts.join('-')
    const based = [...parts.slice(0, -1), following.lemma].join('-')
    const inflected = [first.lemma, ...parts.slice(1)].join('-')
    const glued = hyphenated && parts.length === 2 && first.to === following.from - 1
    const isNegated = glued && first.text === 'non'
    const lemma = isCompound(name) ? name : isCompound(based) ? based : isCompound(inflected) ? inflected : isNegated ? based : undefined
    if (lemma !== undefined)
      best = {
        token: { text: name, lemma, pos: following.pos === 'ADP' ? first.pos : following.pos, from: first.from, to: following.to },
        next,
      }
  }
  return best
}

function joinCompounds(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  let at = 0
  while (at < tokens.length) {
    const compound = signedName(tokens, at) ?? compoundAt(tokens, at)
    if (compound !== undefined) {
      joined.push(compound.token)
      at = compound.next
      continue
    }
    const token = tokens[at]
    at += 1
    if (token === undefined) break
    // A hyphen between two words that make no word of the lexicons: they are two words.
    if (isHyphen(token) && tokens[at - 2]?.to === token.from && tokens[at]?.from === token.to) continue
    joined.push(token)
  }
  return joined
}

/** The words of `text`, in order; text past 4,000 characters is not read. */
export const tagText = (text: string): Token[] => joinCompounds(splitStops(rawTokens(text.slice(0, maxChars))))
