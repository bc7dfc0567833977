// The built-in interviewer: asks what the spec lacks most out of a bank of questions, and answers from its items. It streams as a model does.

import { setTimeout as wait } from 'node:timers/promises'
import { bankQuestion } from './bank/question-bank.ts'
import type { InterviewChunk, InterviewContext, Interviewer, QuestionFacts } from './interviewer.ts'
import { pickQuestion } from './pick-question.ts'

const tokenMs = 12
/** The most items an answer names. */
const maxNamed = 5
const nothingLeft = 'Every question that I have was asked: what is there that this spec does not say yet?'

export class BankInterviewer implements Interviewer {
  async *ask(context: InterviewContext, signal: AbortSignal): AsyncGenerator<InterviewChunk> {
    const { text, about } = context.kind === 'answer' ? { text: answerFrom(context), about: null } : questionFor(context)
    if (about) yield { about }
    // Continued after another text, for instance when the bank has changed, it begins a new line.
    const rest = text.startsWith(context.soFar) ? text.slice(context.soFar.length) : `\n\n${text}`
    for (const token of rest.match(/\s*\S+/g) ?? []) {
      yield { text: token }
      await wait(tokenMs, undefined, { signal })
    }
  }
}

function questionFor(context: InterviewContext): { text: string; about: QuestionFacts } {
  const next = bankQuestion(context.about.questionId) ?? pickQuestion(context)
  if (!next) return { text: nothingLeft, about: { category: null, askedAs: null, why: null, questionId: null, suggestions: [] } }
  const { id, category, askedAs, question, why, suggestions } = next
  return { text: question, about: { category, askedAs, why, questionId: id, suggestions } }
}

/** What the spec says about the words that were written last. */
function answerFrom({ items, conversation }: InterviewContext): string {
  const said = conversation.findLast(({ role }) => role === 'person')?.text ?? ''
  const wanted = contentWords(said)
  const found = items
    .map((item) => ({ item, shared: [...contentWords(item.text)].filter((word) => wanted.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((one, other) => other.shared - one.shared)
    .slice(0, maxNamed)
  if (found.length === 0) return 'The spec says nothing about this yet.'
  return `The spec says about this:\n\n${found.map(({ item }) => `- ${item.ref}: ${item.text}`).join('\n')}`
}

/** Words that carry meaning, by their length. */
const contentWords = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [])
