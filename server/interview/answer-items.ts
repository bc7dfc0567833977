// What becomes of the statements of an answer: confident ones of who may write go into the document, the rest wait as proposals.

import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../shared/errors.ts'
import { KeyedQueue } from '../base/keyed-queue.ts'
import type { Log } from '../base/log.ts'
import type { Finding } from '../conflicts/finding.ts'
import type { ConflictItem } from '../conflicts/subject.ts'
import type { Author } from '../documents/edit-for.ts'
import type { MessageRow } from '../store/interview-store.ts'
import { isUnknowing } from './answer-lacks.ts'
import { bankQuestion } from './bank/question-bank.ts'
import { readFollowUp } from './follow-up.ts'
import { decisionIn, type Decided } from './open-answer.ts'
import type { ItemsTarget, Proposals } from './proposals.ts'
import { confidentFrom, readAnswer, vagueConfidence, type AnsweredQuestion, type Stated } from './read-answer.ts'
import { relationOf, type ClashFinder, type StatedRelation } from './stated-relation.ts'

export interface AnswerItemsOptions {
  items: Pick<ItemsTarget, 'add' | 'current'> & {
    statements(projectId: string): Promise<{ readonly statements: readonly ConflictItem[] }>
    clarify(author: Author, projectId: string, clarification: { question: string; answer: string }): Promise<void>
  }
  rules: { tryOut: ClashFinder } & Parameters<typeof decisionIn>[2]
  proposals: Pick<Proposals, 'make' | 'withdraw' | 'withdrawVague'>
  log: Log
}

/** Whose words they are, and what they may do with them. */
export interface AnswerAuthor extends Pick<Author, 'screen'> {
  readonly mayWrite: boolean
}

/** Nobody waits longer for the rules, which take so long only right after a start. */
const patienceMs = 2_000
const unrelated: StatedRelation = { key: null, isKnown: false, replaces: null }

export class AnswerItems {
  readonly #options: AnswerItemsOptions
  readonly #turns = new KeyedQueue()

  constructor(options: AnswerItemsOptions) {
    this.#options = options
  }

  /** Deals with somebody's words and the question that they answer, if they do, as edits of theirs; never fails. */
  take(message: MessageRow, question: MessageRow | null, author: AnswerAuthor): Promise<void> {
    return this.#turns.run(message.projectId, async () => {
      if (question && author.mayWrite && !isUnknowing(message.text)) await this.#clarify(message, question, author)
      const decided = question && (await this.#decided(message, question))
      if (decided) {
        await this.#propose(message, decided, { ...unrelated, replaces: decided.replaces })
        return
      }
      const all = readAnswer(message.text, answeredQuestion(question))
      if (all.some(({ confidence }) => confidence > vagueConfidence)) await this.#withdrawVague(message, question)
      for (const stated of all) await this.#takeOne(message, stated, author)
    })
  }

  /** Keeps what was asked and answered under the text's `Clarifications`. */
  async #clarify({ id, projectId, authorId, text }: MessageRow, question: MessageRow, { screen }: AnswerAuthor): Promise<void> {
    try {
      await this.#options.items.clarify({ userId: authorId, screen }, projectId, { question: question.text, answer: text })
    } catch (error) {
      this.#note(error, id)
    }
  }

  /** What an answer decides about a gap or a conflict in the spec. */
  async #decided({ projectId, text, id }: MessageRow, question: MessageRow): Promise<Decided | null> {
    const { items, rules } = this.#options
    try {
      return await decisionIn(text, question, rules, () => items.current(projectId))
    } catch (error) {
      this.#note(error, id)
      return null
    }
  }

  async #takeOne(message: MessageRow, stated: Stated, author: AnswerAuthor): Promise<void> {
    const relation = await this.#relationOf(message, stated)
    if (relation.isKnown) return
    // What cannot hold beside an item is never written beside it.
    const isSure = author.mayWrite && stated.confidence >= confidentFrom && relation.replaces === null
    if (isSure && (await this.#write(message, stated, author))) await this.#withdraw(message, stated, relation)
    else await this.#propose(message, stated, relation)
  }

  async #relationOf({ projectId, id }: MessageRow, stated: Stated): Promise<StatedRelation> {
    try {
      const { statements } = await this.#options.items.statements(projectId)
      return await relationOf(stated, statements, (item, others) => this.#clashesOf(id, item, others))
    } catch (error) {
      this.#note(error, id)
      return unrelated
    }
  }

  /** None when the rules do not answer in time: what clashes is then found once it is written, and asked about. */
  async #clashesOf(messageId: string, item: ConflictItem, others: readonly ConflictItem[]): Promise<readonly Finding[]> {
    try {
      return await Promise.race([this.#options.rules.tryOut(item, others), wait(patienceMs, [], { ref: false })])
    } catch (error) {
      this.#note(error, messageId)
      return []
    }
  }

  /** Whether it is in the document. */
  async #write({ id, projectId, authorId }: MessageRow, stated: Stated, { screen }: AnswerAuthor): Promise<boolean> {
    try {
      await this.#options.items.add({ userId: authorId, screen }, projectId, { ...stated, source: 'interview', messageId: id })
      return true
    } catch (error) {
      this.#note(error, id)
      return false
    }
  }

  async #propose(message: MessageRow, stated: Stated, relation: StatedRelation): Promise<void> {
    const { id, projectId, authorId } = message
    const { key, replaces } = relation
    await this.#withdraw(message, stated, relation)
    try {
      await this.#options.proposals.make({ projectId, messageId: id, authorId, ...stated, key, replaces })
    } catch (error) {
      this.#note(error, id)
    }
  }

  /** Of short answers about one thing the last one counts. */
  async #withdraw({ id, projectId, authorId }: MessageRow, { text }: Stated, { key }: StatedRelation): Promise<void> {
    if (key === null || !text.includes(': ')) return
    try {
      await this.#options.proposals.withdraw({ projectId, authorId, key })
    } catch (error) {
      this.#note(error, id)
    }
  }

  /** What a follow-up was asked about said too little, and now says enough. */
  async #withdrawVague({ id, projectId, authorId }: MessageRow, question: MessageRow | null): Promise<void> {
    if (!question?.replyTo || readFollowUp(question.questionId) === null) return
    try {
      await this.#options.proposals.withdrawVague({ projectId, authorId, messageId: question.replyTo })
    } catch (error) {
      this.#note(error, id)
    }
  }

  /** The words themselves are kept in the conversation. */
  #note(error: unknown, messageId: string): void {
    if (error instanceof AppError) this.#options.log.warn({ code: error.code, messageId }, 'interview.statement_refused')
    else this.#options.log.error({ err: error, messageId }, 'interview.statement_failed')
  }
}

function answeredQuestion(question: MessageRow | null): AnsweredQuestion {
  const followed = readFollowUp(question?.questionId ?? null)
  return {
    category: question?.category ?? null,
    text: question?.text ?? null,
    base: bankQuestion(followed?.baseId ?? question?.questionId ?? null),
    part: followed?.part ?? null,
  }
}
