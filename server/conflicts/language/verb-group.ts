// Finds the verb of a statement behind its wrappers: "shall be allowed to", "has the option to", "shall prevent X from".

import {
  ablePredicates,
  deniers,
  enablers,
  forbiddenPredicates,
  modals,
  negations,
  permissiveModals,
  preventers,
  refusers,
  requiredPredicates,
  rights,
} from '../lexicons/grammar-words.ts'
import type { Force } from './clause.ts'
import { isLight, isVerb } from './lexicon.ts'
import type { Token } from './tagger.ts'

/** The verb of a statement, and what its wrappers said about it. */
export interface VerbGroup {
  readonly verb: Token | undefined
  readonly subject: readonly Token[]
  /** Whoever the wrapper names: "allow users to", "forbidden for users to". */
  readonly actor: readonly Token[] | undefined
  readonly isPassive: boolean
  readonly isNegated: boolean
  readonly force: Force
  readonly hasOnly: boolean
  readonly adverbs: readonly Token[]
  /** Where what follows the verb begins. */
  readonly next: number
}

interface Cursor {
  readonly tokens: readonly Token[]
  at: number
  negations: number
  force: Force
  hasOnly: boolean
  isPassive: boolean
  actor: readonly Token[] | undefined
  subject: readonly Token[]
  adverbs: Token[]
}

const peek = (cursor: Cursor, ahead = 0): Token | undefined => cursor.tokens[cursor.at + ahead]

function skipSmallWords(cursor: Cursor): void {
  for (let token = peek(cursor); token !== undefined; token = peek(cursor)) {
    if (negations.has(token.text)) cursor.negations += 1
    else if (token.text === 'no' && ['longer', 'one'].includes(peek(cursor, 1)?.text ?? '')) {
      cursor.negations += 1
      cursor.at += 1
    } else if (['only', 'solely', 'exclusively'].includes(token.text)) cursor.hasOnly = true
    else if (token.pos === 'ADV') {
      // "close/ADV automatically": a verb that is also an adverb, right behind the modal.
      const previous = cursor.tokens[cursor.at - 1]
      if (
        isVerb(token.lemma) &&
        !token.text.endsWith('ly') &&
        previous !== undefined &&
        (modals.has(previous.text) || previous.text === 'not' || previous.text === 'to')
      )
        return
      cursor.adverbs.push(token)
    } else return
    cursor.at += 1
  }
}

function modalForce(text: string): Force {
  if (text === 'would' || text === 'might') return 'remark'
  if (permissiveModals.has(text)) return 'may'
  return text === 'should' ? 'should' : 'must'
}

/** "… X from doing", "… X to do": the words of X. */
function takeNamed(cursor: Cursor, stops: ReadonlySet<string>): readonly Token[] | undefined {
  for (let end = cursor.at; end < Math.min(cursor.tokens.length, cursor.at + 10); end += 1) {
    const token = cursor.tokens[end]
    if (token === undefined || token.pos === 'PUNCT') return undefined
    if (!stops.has(token.text)) continue
    const named = cursor.tokens.slice(cursor.at, end)
    cursor.at = end + 1
    return named
  }
  return undefined
}

const isToVerb = (cursor: Cursor): boolean => peek(cursor)?.text === 'to' || peek(cursor)?.text === 'from' || peek(cursor)?.text === 'of'

const toStops: ReadonlySet<string> = new Set(['to'])
const fromStops: ReadonlySet<string> = new Set(['from'])

/** `be able to`, `be forbidden`, `be required to`; true when it was one. */
function takePredicate(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (token === undefined) return false
  const isForbidden = forbiddenPredicates.has(token.text) || forbiddenPredicates.has(token.lemma)
  const isAble = ablePredicates.has(token.lemma)
  const isRequired = requiredPredicates.has(token.lemma)
  if (!isForbidden && !isAble && !isRequired) return false
  // "Free of errors" permits nothing.
  if (token.text === 'free' && peek(cursor, 1)?.text !== 'to') return false
  const mark = cursor.at
  cursor.at += 1
  if (peek(cursor)?.text === 'for') {
    cursor.at += 1
    const named = takeNamed(cursor, toStops)
    if (named !== undefined) cursor.actor = named
    else cursor.at -= 1
  }
  if (cursor.actor !== undefined || isToVerb(cursor)) {
    if (cursor.tokens[cursor.at]?.text === 'to' || cursor.tokens[cursor.at]?.text === 'from' || cursor.tokens[cursor.at]?.text === 'of')
      cursor.at += 1
    if (isForbidden) cursor.negations += 1
    else cursor.force = isAble ? 'may' : 'must'
    return true
  }
  cursor.at = mark
  return false
}

/** `have the option to`, `allow X to`, `prevent X from`, `refuse to`; true when it was one. */
function takeWrapper(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (token === undefined) return false
  const mark = cursor.at
  if (token.lemma === 'have' || token.lemma === 'give' || token.lemma === 'grant' || token.lemma === 'provide' || token.lemma === 'offer') {
    const right = cursor.tokens.findIndex((word, at) => at > mark && at <= mark + 8 && rights.has(word.lemma))
    const link = right === -1 ? undefined : cursor.tokens[right + 1]?.text
    if (right !== -1 && (link === 'to' || link === 'of' || link === 'for')) {
      if (link === 'for') {
        cursor.at = right + 2
        cursor.actor = takeNamed(cursor, toStops)
        if (cursor.actor === undefined) cursor.at = right + 2
      } else cursor.at = right + 2
      if (cursor.tokens.slice(mark, right).some((word) => word.text === 'no')) cursor.negations += 1
      cursor.force = 'may'
      return true
    }
    if (token.lemma === 'have' && peek(cursor, 1)?.text === 'to') {
      cursor.at += 2
      cursor.force = 'must'
      return true
    }
    return false
  }
  if (enablers.has(token.lemma)) {
    cursor.at += 1
    const named = takeNamed(cursor, toStops)
    if (named !== undefined && named.length > 0) {
      cursor.actor = named
      cursor.force = 'may'
      return true
    }
    cursor.at = mark
    return false
  }
  if (preventers.has(token.lemma) && !cursor.isPassive) {
    cursor.at += 1
    const named = takeNamed(cursor, fromStops)
    const following = peek(cursor)
    if (named !== undefined && named.length > 0 && following !== undefined && following.text.endsWith('ing')) {
      cursor.actor = named
      cursor.negations += 1
      return true
    }
    cursor.at = mark
    return false
  }
  if ((refusers.has(token.lemma) || token.lemma === 'need' || token.lemma === 'have') && peek(cursor, 1)?.text === 'to') {
    cursor.at += 2
    if (refusers.has(token.lemma)) cursor.negations += 1
    return true
  }
  return false
}

function takeVerb(cursor: Cursor): Token | undefined {
  for (let guard = 0; guard < 12; guard += 1) {
    skipSmallWords(cursor)
    const token = peek(cursor)
    if (token === undefined) return undefined
    if (modals.has(token.text) && token.pos !== 'NOUN') {
      cursor.force = modalForce(token.text)
      cursor.at += 1
      continue
    }
    if (token.lemma === 'be') {
      cursor.at += 1
      skipSmallWords(cursor)
      if (takePredicate(cursor)) continue
      const following = peek(cursor)
      if (following !== undefined && following.pos === 'VERB' && !following.text.endsWith('ing')) {
        cursor.isPassive = true
        cursor.at += 1
        return following
      }
      // A participle that is taken for an adjective is a passive, too.
      if (following !== undefined && following.pos === 'ADJ' && following.text.endsWith('ed') && peek(cursor, 1)?.pos !== 'NOUN') {
        cursor.isPassive = true
        cursor.at += 1
        return following
      }
      if (following !== undefined && following.pos === 'AUX' && following.lemma === 'be') continue
      return token
    }
    if (
      token.lemma === 'have' &&
      (peek(cursor, 1)?.pos === 'AUX' ||
        (peek(cursor, 1)?.pos === 'VERB' && peek(cursor, 1)?.text !== 'access' && /(ed|en)$/.test(peek(cursor, 1)?.text ?? '')))
    ) {
      cursor.at += 1
      continue
    }
    if (token.lemma === 'do' && negations.has(peek(cursor, 1)?.text ?? '')) {
      cursor.at += 1
      continue
    }
    // "Keep running", "go on recording": it does not stop.
    const doing = peek(cursor, token.text === 'go' && peek(cursor, 1)?.text === 'on' ? 2 : 1)
    if (['keep', 'go', 'continue'].includes(token.lemma) && doing !== undefined && doing.pos === 'VERB' && doing.text.endsWith('ing')) {
      cursor.at = cursor.tokens.indexOf(doing) + 1
      return isLight(doing.lemma) ? { ...token, lemma: 'continue' } : doing
    }
    if (takeWrapper(cursor)) continue
    cursor.at += 1
    return token
  }
  return undefined
}

/** The verb group that begins at `start`, with its wrappers taken off. */
export function readVerbGroup(tokens: readonly Token[], start: number): VerbGroup {
  const cursor: Cursor = {
    tokens,
    at: start,
    negations: 0,
    force: 'state',
    hasOnly: false,
    isPassive: false,
    actor: undefined,
    subject: tokens.slice(0, start),
    adverbs: [],
  }
  // "No user may …" denies the sentence, "a user with no entry …" only describes who is meant.
  if (deniers.has(cursor.subject[0]?.text ?? '') && cursor.subject[0]?.text !== 'free') cursor.negations += 1
  const verb = takeVerb(cursor)
  return {
    verb,
    subject: cursor.subject,
    actor: cursor.actor,
    isPassive: cursor.isPassive,
    isNegated: cursor.negations % 2 === 1,
    force: cursor.force,
    hasOnly: cursor.hasOnly,
    adverbs: cursor.adverbs,
    next: cursor.at,
  }
}
