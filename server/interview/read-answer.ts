// What somebody's free words state: sentences, list lines and short answers as items, and how sure it is that each is one.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { isVague } from '../../shared/domain/vague-terms.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'
import { readLead } from '../../shared/spec/grammar/statement-text.ts'
import { modalityOf } from '../../shared/spec/statement/modality.ts'
import { readStatement } from '../../shared/spec/statement/statement.ts'
import { limits } from '../../shared/limits.ts'
import { expectedPart, isUnknowing, lacksOf } from './answer-lacks.ts'
import type { BankQuestion, MissingPart } from './bank/bank-question.ts'
import { categoryOfStatement } from './category-cues.ts'
import { isAside, isLeaning, isSentence, isUnsure, withoutTalk, withSubject } from './plain-statement.ts'
import { topicOf } from './question-frame.ts'
import { SaidWords } from './said-words.ts'

export interface Stated {
  readonly category: CategoryKey
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
}

/** What was asked; all null of words that answer nothing. */
export interface AnsweredQuestion {
  readonly category: CategoryKey | null
  readonly text: string | null
  /** Where it, or what it follows up, comes from the bank. */
  readonly base: BankQuestion | undefined
  /** What a follow-up asked for. */
  readonly part: MissingPart | null
}

/** From here on an item goes into the document without being asked about. */
export const confidentFrom = 0.8

/** A statement that binds somebody, or has a figure, is what a spec is made of; anything else may be talk. */
const confidences = { binding: 0.9, offered: 0.9, direct: 0.85, toThePoint: 0.8, plain: 0.6, vague: 0.5 } as const
/** How sure a vague statement is. */
export const vagueConfidence = confidences.vague
const minWords = 3
/** Of one answer; who writes more writes a document. */
const maxStatements = 20
/** A question of more words is no lead-in. */
const leadWordsMax = 12

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const bullet = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/
const partNames: Readonly<Record<MissingPart, string>> = {
  number: 'figure',
  example: 'example',
  actor: 'who',
  condition: 'condition',
  deadline: 'date',
}

/** Statements in the order in which they were made; what asks, or says nothing, is none. */
export function readAnswer(answer: string, question: AnsweredQuestion): Stated[] {
  const found = new Map<string, Stated>()
  const take = (stated: Stated) => found.set(stated.text.toLowerCase(), stated)
  const fragments: string[] = []
  for (const [nth, words] of piecesOf(answer).entries()) {
    if (nth === 0 && needsLead(words, question)) fragments.push(words)
    else if (isSentence(words)) {
      const stated = sentenceAsItem(words, question)
      if (stated) take(stated)
    } else fragments.push(words)
  }
  const short = fragmentsAsItem(fragments, answer, question)
  const all = short ? [short, ...found.values()] : [...found.values()]
  return all.filter(({ text }) => text.length <= limits.itemTextChars).slice(0, maxStatements)
}

/** Sentences and lines without the talk around them; one that leans on the one before it stays with that. */
function piecesOf(answer: string): string[] {
  const pieces: string[] = []
  for (const line of cleanText(answer).split('\n')) {
    let isFirst = true
    for (const { segment } of sentences.segment(line.replace(bullet, ''))) {
      const raw = segment.replace(/\s+/g, ' ').trim()
      if (raw === '' || raw.endsWith('?') || isUnknowing(raw)) continue
      const words = withoutTalk(raw.replace(/[.;!]+$/, ''))
      const before = pieces.at(-1)
      if (!isFirst && before !== undefined && isLeaning(words) && isSentence(before)) {
        pieces[pieces.length - 1] = `${before}; ${words.slice(0, 1).toLowerCase()}${words.slice(1)}`
      } else pieces.push(isFirst && pieces.length === 0 ? withSubject(words) : words)
      isFirst = false
    }
  }
  return pieces
}

function sentenceAsItem(text: string, { category, text: asked, base }: AnsweredQuestion): Stated | null {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length < minWords) return null
  const isOnTopic =
    asked !== null && (sharesTopic(text, `${asked} ${base?.name ?? ''}`) || new SaidWords([text]).holdsAny(base?.known ?? []))
  const confidence = confidenceOf(text, isOnTopic)
  // Of what answers nothing only that is taken which states something.
  if (asked === null && confidence === confidences.plain && isAside(text)) return null
  return { category: isOnTopic && category !== null ? category : categoryOfStatement(text, category), text, confidence }
}

/** A sentence that demands nothing and does not say what it is about is understood only behind what was asked. */
function needsLead(words: string, { text, base }: AnsweredQuestion): boolean {
  if (base === undefined || text === null || isAside(words) || readLead(words) !== undefined) return false
  const isBinding = modalityOf(words) !== 'none' || readStatement(words).quantities.length > 0
  return isSentence(words) && !isBinding && !sharesTopic(words, base.name)
}

function sharesTopic(text: string, asked: string): boolean {
  const topic = topicOf(asked)
  return [...topicOf(text)].some((word) => topic.has(word))
}

function confidenceOf(text: string, isOnTopic: boolean): number {
  if (isVague(text)) return confidences.vague
  if (isUnsure(text)) return confidences.plain
  const isBinding = modalityOf(text) !== 'none' || readStatement(text).quantities.length > 0
  if (isBinding && !isAside(text)) return confidences.binding
  return isOnTopic && !isAside(text) ? confidences.toThePoint : confidences.plain
}

/** Short answers say something behind what was asked: `People at once: up to 400`. */
function fragmentsAsItem(fragments: readonly string[], answer: string, question: AnsweredQuestion): Stated | null {
  const { category, base, part } = question
  const lead = leadOf(question)
  if (category === null || lead === null || fragments.length === 0) return null
  const words = fragments.join('; ')
  const text = `${lead}: ${words}`
  if (isVague(words)) return { category, text, confidence: confidences.vague }
  const isOffered = base?.suggestions.some((offered) => offered.toLowerCase() === answer.trim().replace(/\.$/, '').toLowerCase()) === true
  const isWhole = base !== undefined && (part !== null || lacksOf(answer, base).length === 0)
  const confidence = isOffered ? confidences.offered : isWhole && !isUnsure(words) ? confidences.direct : confidences.plain
  return { category, text, confidence }
}

/** What stands in front of a short answer: what the question was about, or the question itself. */
function leadOf({ base, part, text }: AnsweredQuestion): string | null {
  if (base !== undefined) {
    // What a question asks for is its answer; anything else is a detail of it.
    const isDetail = part !== null && part !== expectedPart(base)
    return isDetail ? `${base.name}, ${partNames[part]}` : base.name
  }
  const question = text?.replace(/\?\s*$/, '').trim() ?? ''
  const isShort = question !== '' && question.split(/\s+/).length <= leadWordsMax && !/[:“”]/.test(question)
  return isShort ? question : null
}
