// Whether a question gives away the answer it wants: a score, with the words that cost it and why.

import {
  adoptionVerbs,
  attributions,
  builtInFrames,
  jargonTerms,
  leadingPhrases,
  loadedWords,
  questionWordsMax,
  suggestionFrames,
  tagQuestion,
  technologies,
  technologiesAsWritten,
  technologyPhrases,
} from './bias-words.ts'

/** Issues cost much, warnings little. */
export type BiasKind = 'solution' | 'technology' | 'leading' | 'jargon' | 'length'

/** What is wrong with some words of a question. Offsets count in the question. */
export interface BiasReason {
  readonly kind: BiasKind
  readonly isIssue: boolean
  readonly from: number
  readonly to: number
  /** What the words do, as a sentence. */
  readonly says: string
}

/** How neutral a question is. */
export interface Bias {
  /** 1 for a neutral question; less for each issue and each warning, however long the question is; 0 at least. */
  readonly score: number
  readonly isBiased: boolean
  /** In the order of the words. */
  readonly reasons: readonly BiasReason[]
}

/** What each kind costs, and from which score on a question is neutral. */
export const biasTable = { perIssue: 0.4, perWarning: 0.1, neutralFrom: 0.7 } as const

const edges = (pattern: string): string => String.raw`(?<![\p{L}\p{N}_-])(?:${pattern})(?![\p{L}\p{N}_])`
const anyOf = (patterns: readonly string[], flags = 'giu'): RegExp => new RegExp(edges(patterns.join('|')), flags)

const leading = anyOf(leadingPhrases)
const loaded = anyOf(loadedWords)
const tag = new RegExp(tagQuestion, 'giu')
const negated = String.raw`(?:is|are|was|were|do|does|did|wo|would|should|ca|could|have|has|must)n't`
/** A question that opens with its answer: "Isn't the …", "Aren't people …". */
const negativeStart = new RegExp(String.raw`(?:^|[.?!]\s+)${negated}\s+\p{L}+`, 'giu')
/** The same behind a clause: "When it is late, shouldn't we …"; "Why doesn't it …" is none. */
const negativeClause = new RegExp(
  String.raw`(?:[,;:–—]\s*|(?<!what|which|who|whom|why|where|when|how|that|if)\s(?:and|but|so|then)\s+)${negated}\s+(?:you|we|it|they|the|this|that|these|those|your|our|their|users?|customers?|people|everyone|all|every|each|most|no|a|an|there)\b`,
  'giu',
)
/** The same with the `not` behind: "Would it not …"; "What would it not …" is none. */
const negativeInversion =
  /(?<!\b(?:what|which|who|whom|why|where|when|how)\b[^.,?!;:]*)(?<![\p{L}\p{N}_-])(?:is|are|was|were|do|does|did|will|would|can|could|shall|should|have|has|must)\s+(?:you|we|i|it|they|that|this|there|users?|people|everyone)\s+not\b/giu
const technology = anyOf(technologyPhrases)
const suggestion = anyOf([String.raw`(?:${suggestionFrames.join('|')})\s+(?:${adoptionVerbs.join('|')})`, ...builtInFrames])
/** "How about Kubernetes?", "Is PostgreSQL fine?": what is put forward needs no verb. */
const named = anyOf(technologies)
const namedAsWritten = anyOf(technologiesAsWritten, 'gu')
const attributed = anyOf(attributions, 'iu')
const jargon = anyOf(jargonTerms)
/** A question word that leaves the answer open, in the clause before a frame: "which database should we use". */
const openQuestion = /\b(?:what|which|who|whom|whose|where|when|how|why)\b(?!\s+(?:about|not|if|don't|wouldn't|can't))[^.,?!;:]*$/i
/** Behind a term that is explained. */
const explanation = /^["”’']?\s*(?:\(|[,–—-]\s*(?:that is|i\.e\.|meaning|in other words|or|which|the)\b|means\b|, meaning)/i

const says: Readonly<Record<BiasKind, string>> = {
  solution: 'puts a solution forward instead of asking what is needed.',
  technology: 'recommends a technology by its reputation.',
  leading: 'asks for agreement instead of an answer.',
  jargon: 'is not known to everyone: say it in plain words, or explain it.',
  length: `has more than ${questionWordsMax} words: ask one thing, shorter.`,
}

/** What lies behind is not read: such a question is too long for anybody, and one made to hurt would take long. */
const readUnits = 2_000

/** Checks a question before anyone sees it. */
export function checkBias(question: string): Bias {
  const text = question.slice(0, readUnits).replaceAll('’', "'")
  const issues = disjoint([
    ...reasons(text, 'technology', technology),
    ...reasons(text, 'leading', tag, leading, negativeStart, negativeClause, negativeInversion, loaded),
    ...suggestions(text),
  ])
  const warnings = disjoint([...jargonIn(text, issues), ...lengthOf(question)])
  const cost = issues.length * biasTable.perIssue + warnings.length * biasTable.perWarning
  const score = Math.max(0, Math.round((1 - cost) * 100) / 100)
  return { score, isBiased: score < biasTable.neutralFrom, reasons: [...issues, ...warnings].toSorted((a, b) => a.from - b.from) }
}

function reasons(text: string, kind: BiasKind, ...patterns: readonly RegExp[]): BiasReason[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: words }) => reason(text, kind, index, index + words.length)),
  )
}

function reason(text: string, kind: BiasKind, from: number, to: number): BiasReason {
  const words = text.slice(from, to).replace(/^[\s.,;:?–—-]+|[\s.,;:?–—-]+$/g, '')
  const about = kind === 'length' ? 'The question' : `“${words}”`
  return { kind, isIssue: kind !== 'jargon' && kind !== 'length', from, to, says: `${about} ${says[kind]}` }
}

/** Solutions put forward: by a frame, or by the bare name of a product that nobody has brought up. */
function suggestions(text: string): BiasReason[] {
  const framed = reasons(text, 'solution', suggestion).filter(({ from }) => !openQuestion.test(text.slice(0, from)))
  // One that is put forward has been counted with its frame; several names are one offer.
  if (framed.length > 0 || attributed.test(text)) return framed
  return reasons(text, 'solution', named, namedAsWritten).slice(0, 1)
}

function jargonIn(text: string, issues: readonly BiasReason[]): BiasReason[] {
  const seen = new Set<string>()
  return reasons(text, 'jargon', jargon).filter(({ from, to }) => {
    const term = text.slice(from, to).toLowerCase()
    const isNew = !seen.has(term)
    seen.add(term)
    return isNew && !explanation.test(text.slice(to)) && !issues.some((issue) => from < issue.to && issue.from < to)
  })
}

function lengthOf(text: string): BiasReason[] {
  const count = text.match(/\S+/g)?.length ?? 0
  return count > questionWordsMax ? [reason(text, 'length', 0, text.length)] : []
}

/** Words that are wrong for two reasons are wrong once: the longer stretch stays, of equal ones the first. */
function disjoint(found: readonly BiasReason[]): BiasReason[] {
  const kept: BiasReason[] = []
  for (const candidate of found.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    if (!kept.some((other) => candidate.from < other.to && other.from < candidate.to)) kept.push(candidate)
  }
  return kept
}
