// The question after a vague or partial answer: by what the answer lacks, at most two after one question.

import { checkBias } from '../../shared/domain/bias.ts'
import { missingParts, type BankQuestion, type MissingPart } from './bank/bank-question.ts'
import { bankQuestion } from './bank/question-bank.ts'
import { isUnknowing, lacksOf, type Lack } from './answer-lacks.ts'
import type { ConversationLine, InterviewContext } from './interviewer.ts'
import { questionAbout, type PutQuestion } from './put-question.ts'

const maxFollowUps = 2
/** Whoever answers in so few words is asked after only once. */
const briefWords = 6
const prefix = 'follow:'

/** For a vague word, quoted. */
const quoting: Readonly<Record<MissingPart, readonly string[]>> = {
  number: [
    'Which number would say how much “%” is?',
    'If “%” had to be measured, what would the meter show?',
    'In figures, what is “%” here?',
  ],
  example: [
    'What would be a case of “%” that you could point at?',
    'By what would a stranger recognise “%”?',
    'Which one thing do you mean first by “%”?',
  ],
  actor: ['Whom exactly do you mean by “%”?', 'What is the job of “%”?', 'Which person or group is “%”?'],
  condition: ['In which case is it otherwise than “%”?', 'What decides where “%” ends?', 'When does “%” not hold?'],
  deadline: ['By when will “%” have become a decision?', 'What has to be known before “%” can go?', 'Who ends the “%”?'],
}
/** Where neither a word nor the bank says what to ask. */
const plain: Readonly<Record<MissingPart, readonly string[]>> = {
  number: ['What is the figure, as near as you can say?', 'Could you put a number to that?'],
  example: ['What is one case of that?', 'Could you describe one such case?'],
  actor: ['Who in your house could tell us?', 'Whom would you ask about that?'],
  condition: ['In which case does that not hold?', 'When is it otherwise?'],
  deadline: ['By when should that be known?', 'What is the date for that?'],
}
const whys: Readonly<Record<MissingPart, string>> = {
  number: 'Only a number can be built to and tested.',
  example: 'One case says more than an adjective.',
  actor: 'What nobody in particular does is not done.',
  condition: 'The exceptions are where the work is.',
  deadline: 'What is left open needs a date, or it stays open.',
}

/** The base question and the part that a follow-up asks for; null of any other question. */
export function readFollowUp(questionId: string | null): { baseId: string; part: MissingPart } | null {
  if (questionId === null || !questionId.startsWith(prefix)) return null
  const at = questionId.lastIndexOf(':')
  const part = missingParts.find((each) => each === questionId.slice(at + 1))
  return part === undefined ? null : { baseId: questionId.slice(prefix.length, at), part }
}

/** What to ask after the answer that was given last; undefined when it is whole, or was asked after already. */
export function followUpTo({ conversation, asked, person }: InterviewContext): PutQuestion | undefined {
  const answer = conversation.at(-1)
  if (answer?.role !== 'person' || answer.replyTo === null) return undefined
  const put = conversation.find(({ id }) => id === answer.replyTo)
  if (put === undefined || put.questionId === null) return undefined
  const baseId = readFollowUp(put.questionId)?.baseId ?? put.questionId
  const before = asked.flatMap(({ questionId }) => {
    const read = readFollowUp(questionId)
    return read?.baseId === baseId ? [read.part] : []
  })
  const isBrief = person.usualWords !== null && person.usualWords <= briefWords
  if (before.length >= (isBrief || isUnknowing(answer.text) ? 1 : maxFollowUps)) return undefined
  // What a follow-up was answered with has to hold what that asked for, and no vague word.
  const base = bankQuestion(baseId)
  const lacks = lacksOf(answer.text, put.questionId === baseId ? base : undefined).filter(({ part }) => !before.includes(part))
  const texts = new Set(asked.map(({ text }) => text))
  for (const lack of lacks) {
    const question = wordingsOf(lack, isUnknowing(answer.text) ? undefined : base).find(
      (text) => !texts.has(text) && !checkBias(text).isBiased,
    )
    if (question !== undefined) return questionAbout(facts(put, baseId, lack), question)
  }
  return undefined
}

function wordingsOf({ part, term }: Lack, base: BankQuestion | undefined): string[] {
  const own = base?.followUps[part]
  const quoted = term === null ? [] : quoting[part].map((frame) => frame.replace('%', term))
  return [...(term === null && own !== undefined ? [own] : []), ...quoted, ...(own === undefined ? [] : [own]), ...plain[part]]
}

const facts = ({ category }: ConversationLine, baseId: string, { part }: Lack) => ({
  category,
  askedAs: bankQuestion(baseId)?.askedAs ?? 'business analyst',
  why: whys[part],
  questionId: `${prefix}${baseId}:${part}`,
})
