// Puts what an answer states for certain into the document, as edits of whoever answered.

import type { ProjectId } from '../../shared/ids.ts'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import type { Item } from '../../shared/wire/items.ts'
import { KeyedQueue } from '../base/keyed-queue.ts'
import type { Log } from '../base/log.ts'
import type { MessageRow } from '../store/interview-store.ts'
import { confidentFrom, readAnswer } from './read-answer.ts'

/** What of `SpecItems` it needs. */
export interface ItemsTarget {
  add(
    author: { userId: string },
    projectId: ProjectId,
    item: { category: CategoryKey; text: string; source: 'interview'; confidence: number; messageId: string },
  ): Promise<Item>
}

export class AnswerItems {
  readonly #items: ItemsTarget
  readonly #log: Log
  readonly #turns = new KeyedQueue()

  constructor({ items, log }: { items: ItemsTarget; log: Log }) {
    this.#items = items
    this.#log = log
  }

  /** Adds the confident statements of an answer to a question about `category`, each at the end of it; never fails. */
  take({ id, projectId, authorId, text }: MessageRow, category: CategoryKey): Promise<void> {
    const stated = readAnswer(text, category).filter(({ confidence }) => confidence >= confidentFrom)
    return this.#turns.run(projectId, async () => {
      for (const item of stated) {
        try {
          await this.#items.add({ userId: authorId }, projectId, { ...item, source: 'interview', messageId: id })
        } catch (error) {
          // The words themselves are kept in the conversation.
          if (!(error instanceof AppError)) this.#log.error({ err: error, messageId: id }, 'interview.item_failed')
          else this.#log.warn({ code: error.code, messageId: id }, 'interview.item_refused')
        }
      }
    })
  }
}
