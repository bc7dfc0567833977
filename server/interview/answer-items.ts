// What becomes of the statements of an answer: confident ones of who may write go into the document, the rest wait as proposals.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import { KeyedQueue } from '../base/keyed-queue.ts'
import type { Log } from '../base/log.ts'
import type { MessageRow } from '../store/interview-store.ts'
import type { ItemsTarget, Proposals } from './proposals.ts'
import { confidentFrom, readAnswer, type Stated } from './read-answer.ts'

export interface AnswerItemsOptions {
  items: ItemsTarget
  proposals: Pick<Proposals, 'make'>
  log: Log
}

export class AnswerItems {
  readonly #options: AnswerItemsOptions
  readonly #turns = new KeyedQueue()

  constructor(options: AnswerItemsOptions) {
    this.#options = options
  }

  /** Deals with an answer to a question about `category`, as edits of whoever gave it; never fails. */
  take(message: MessageRow, category: CategoryKey, { mayWrite }: { mayWrite: boolean }): Promise<void> {
    return this.#turns.run(message.projectId, async () => {
      for (const stated of readAnswer(message.text, category)) {
        const isWritten = mayWrite && stated.confidence >= confidentFrom && (await this.#write(message, stated))
        if (!isWritten) await this.#propose(message, stated)
      }
    })
  }

  /** Whether it is in the document. */
  async #write({ id, projectId, authorId }: MessageRow, stated: Stated): Promise<boolean> {
    try {
      await this.#options.items.add({ userId: authorId }, projectId, { ...stated, source: 'interview', messageId: id })
      return true
    } catch (error) {
      this.#note(error, id)
      return false
    }
  }

  async #propose({ id, projectId, authorId }: MessageRow, stated: Stated): Promise<void> {
    try {
      await this.#options.proposals.make({ projectId, messageId: id, authorId, ...stated })
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
