// What somebody's free words state: each sentence or list line as an item, and how sure it is that it is one.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { isVague } from '../../shared/domain/vague-terms.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'
import { modalityOf } from '../../shared/spec/statement/modality.ts'
import { readStatement } from '../../shared/spec/statement/statement.ts'
import { limits } from '../../shared/limits.ts'

export interface Stated {
  readonly category: CategoryKey
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
}

/** From here on an item goes into the document without being asked about. */
export const confidentFrom = 0.8

/** A statement that binds somebody, or has a figure, is what a spec is made of; anything else may be talk. */
const confidences = { binding: 0.9, plain: 0.6, vague: 0.5 } as const
const minWords = 3
/** Of one answer; who writes more writes a document. */
const maxStatements = 20

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const bullet = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/
const notStating = /^(?:(?:yes|no|ok|okay|maybe|perhaps|thanks|hello|hi)\b[\s,.!]*)*(?:i (?:do not|don't) know|not sure|no idea|none of)/i

/** Statements in the order in which they were made; what asks, or says nothing, is none. */
export function readAnswer(answer: string, category: CategoryKey): Stated[] {
  const found = new Map<string, Stated>()
  for (const line of cleanText(answer).split('\n')) {
    const words = line.replace(bullet, '')
    for (const { segment } of sentences.segment(words)) {
      const text = segment.replace(/\s+/g, ' ').trim().replace(/[.;]$/, '')
      if (isStatement(text)) found.set(text.toLowerCase(), { category, text, confidence: confidenceOf(text) })
    }
  }
  return [...found.values()].slice(0, maxStatements)
}

function isStatement(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length >= minWords && text.length <= limits.itemTextChars && !text.endsWith('?') && !notStating.test(text)
}

function confidenceOf(text: string): number {
  if (isVague(text)) return confidences.vague
  const isBinding = modalityOf(text) !== 'none' || readStatement(text).quantities.length > 0
  return isBinding ? confidences.binding : confidences.plain
}
