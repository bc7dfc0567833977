// Who does what to what, in the main clause of a statement. A shallow reading: it serves keys and notices, not reasoning.

import { orderVerbs } from '../grammar/words.ts'
import type { Span } from '../span.ts'
import { modalWords } from './modality.ts'

/** Words and where they stand. */
export interface Phrase extends Span {
  readonly text: string
}

/** The parts of a main clause; a part that is not found is null. */
export interface Clause {
  readonly actor: Phrase | null
  /** The verb, with `isNegated` when the clause forbids or denies it. */
  readonly action: (Phrase & { readonly isNegated: boolean; readonly isPassive: boolean }) | null
  readonly object: Phrase | null
}

const phrase = (text: string, from: number, to: number): Phrase | null => {
  const start = from + (/^[\s,;:]*/.exec(text.slice(from, to))?.[0].length ?? 0)
  const words = text.slice(start, to).trimEnd()
  return words === '' ? null : { text: words, from: start, to: start + words.length }
}

const verbPattern =
  /^\s*(?:(?:also|only|always|automatically|immediately|not|never|be\s+able\s+to|be\s+allowed\s+to|at\s+least)\s+)*(be\s+(?:\p{L}+ly\s+)?)?([\p{L}-]+)/iu
const objectEnd =
  /[.;:,\n]|\s(?:when|while|where|if|unless|until|within|after|before|by|using|via|so that|in order to|and|or|for|from|to|in|on|at|with|without|into|during)\s/i

/** Reads the clause that starts at `mainFrom`. */
export function readClause(text: string, mainFrom: number): Clause {
  const modal = modalWords(text).find((word) => word.from >= mainFrom)
  const firstStop = text.slice(mainFrom).search(/[.;\n](?:\s|$)/)
  if (modal !== undefined && (firstStop < 0 || modal.from <= mainFrom + firstStop)) {
    return { actor: phrase(text, mainFrom, modal.from), ...readAction(text, modal.to, modal.modality === 'must_not') }
  }
  const order = /^\s*([\p{L}-]+)/u.exec(text.slice(mainFrom))
  if (order !== null && orderVerbs.has((order[1] ?? '').toLowerCase())) return { actor: null, ...readAction(text, mainFrom, false) }
  const third = /^((?:the|a|an|all|each|every|any)?\s*(?:[\p{L}\d-]+\s+){1,4}?)([\p{L}]{2,}s)\s/iu.exec(text.slice(mainFrom))
  if (third !== null && orderVerbs.has(baseForm(third[2] ?? ''))) {
    const verbFrom = mainFrom + (third[1] ?? '').length
    return { actor: phrase(text, mainFrom, verbFrom), ...readAction(text, verbFrom, false) }
  }
  return { actor: null, action: null, object: null }
}

function baseForm(verb: string): string {
  const word = verb.toLowerCase()
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  const short = word.slice(0, -1)
  return orderVerbs.has(short) ? short : word.slice(0, -2)
}

function readAction(text: string, from: number, isNegated: boolean): Pick<Clause, 'action' | 'object'> {
  const match = verbPattern.exec(text.slice(from, from + 200))
  if (match === null) return { action: null, object: null }
  const verb = match[2] ?? ''
  const verbTo = from + match[0].length
  const action = {
    text: verb.toLowerCase(),
    from: verbTo - verb.length,
    to: verbTo,
    isNegated: isNegated || /\b(?:not|never)\b/i.test(match[0]),
    isPassive: match[1] !== undefined,
  }
  const rest = text.slice(verbTo)
  const stop = rest.search(objectEnd)
  return { action, object: phrase(text, verbTo, stop < 0 ? text.length : verbTo + stop) }
}
