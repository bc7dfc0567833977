// The built-in interviewer: asks what the spec lacks most out of a bank of questions, and answers from its items. It streams as a model does.

import { setTimeout as wait } from 'node:timers/promises'
import type { BankQuestion } from './bank/bank-question.ts'
import { bankQuestion } from './bank/question-bank.ts'
import { directAnswer } from './direct-answer.ts'
import { followUpTo } from './follow-up.ts'
import type { InterviewChunk, InterviewContext, Interviewer } from './interviewer.ts'
import { conflictQuestion, gapQuestion } from './open-points.ts'
import { pickOpenQuestion, pickQuestion } from './pick-question.ts'
import { questionAbout, type PutQuestion } from './put-question.ts'

const tokenMs = 12
const nothingLeft = 'Every question that I have was asked: what is there that this spec does not say yet?'

export class BankInterviewer implements Interviewer {
  async *ask(context: InterviewContext, signal: AbortSignal): AsyncGenerator<InterviewChunk> {
    const { text, about } = context.kind === 'answer' ? { text: directAnswer(context), about: null } : questionFor(context)
    if (about) yield { about }
    // Continued after another text, for instance when the bank has changed, it begins a new line.
    const rest = text.startsWith(context.soFar) ? text.slice(context.soFar.length) : `\n\n${text}`
    for (const token of rest.match(/\s*\S+/g) ?? []) {
      yield { text: token }
      await wait(tokenMs, undefined, { signal })
    }
  }
}

/** What is unclear comes before what is new: the last answer, then marks and conflicts in the spec, then the bank. */
function questionFor(context: InterviewContext): PutQuestion {
  return (
    begunQuestion(context) ??
    followUpTo(context) ??
    gapQuestion(context) ??
    conflictQuestion(context) ??
    ofBank(pickQuestion(context)) ??
    pickOpenQuestion(context) ??
    questionAbout({ category: null, askedAs: null, why: null, questionId: null }, nothingLeft)
  )
}

const ofBank = (picked: BankQuestion | undefined): PutQuestion | undefined =>
  picked && questionAbout({ ...picked, questionId: picked.id }, picked.question, picked.suggestions)

/** The one whose words have begun to come, when it is continued. */
const begunQuestion = ({ about }: InterviewContext): PutQuestion | undefined => ofBank(bankQuestion(about.questionId))
