// Whether a model's question may be asked: its form, its neutrality, and whether it was asked before.

import { z } from 'zod'
import { checkBias } from '../../../shared/domain/bias.ts'
import { cleanText } from '../../../shared/spec/plain-text.ts'
import { wordSimilarity } from '../../items/word-similarity.ts'
import { jsonIn } from '../../llm/json-answer.ts'
import type { AskedQuestion } from '../interviewer.ts'

const oneLine = (maxChars: number) =>
  z
    .string()
    .overwrite((text) => cleanText(text).replace(/\s+/g, ' '))
    .trim()
    .min(1)
    .max(maxChars)

const questionSchema = z.object({
  question: oneLine(400),
  why: oneLine(300),
  suggestions: z.array(oneLine(120)).max(4).default([]),
})
export type ModelQuestion = z.infer<typeof questionSchema>

export interface QuestionGround {
  readonly asked: readonly AskedQuestion[]
  /** What it has to start with. */
  readonly soFar: string
}

/** Questions this much alike are one. */
const sameFrom = 0.8

/** The question in a model's answer, or why it may not be asked, as sentences. */
export function readQuestion(answer: string, { asked, soFar }: QuestionGround): { question: ModelQuestion } | { says: string } {
  const parsed = questionSchema.safeParse(jsonIn(answer))
  if (!parsed.success) return { says: 'It is not one JSON object with question, why and suggestions in the lengths asked for.' }
  const { question } = parsed.data
  if (!question.startsWith(soFar)) return { says: 'It does not start with the words of "begun".' }
  if (!/^[^?]*\?$/.test(question)) return { says: 'It is not one sentence that ends in its only question mark.' }
  const bias = checkBias(question)
  if (bias.isBiased) return { says: bias.reasons.map(({ says }) => says).join(' ') }
  const isAsked = asked.some(({ text }) => wordSimilarity(text, question) >= sameFrom)
  if (isAsked) return { says: 'It was asked before.' }
  return { question: { ...parsed.data, suggestions: [...new Set(parsed.data.suggestions)] } }
}
