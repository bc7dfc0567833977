// What waits for somebody to decide whether it becomes an item, and what comes of the decision.

import type { CategoryKey } from '../../shared/domain/categories.ts'
import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import type { Author } from '../documents/edit-for.ts'
import type { AppEvents } from '../projects/app-events.ts'
import { vagueConfidence } from './read-answer.ts'
import type { NewProposal, ProposalRow, ProposalsStore } from '../store/proposals-store.ts'

/** What of `SpecItems` the interview needs. */
export interface ItemsTarget {
  add(
    author: Author,
    projectId: ProjectId,
    item: { category: CategoryKey; text: string; source: 'interview'; confidence: number; messageId: string },
  ): Promise<Item>
  current(projectId: ProjectId): Promise<readonly Item[]>
  change(author: Author, projectId: ProjectId, itemId: string, patch: { text: string; category?: CategoryKey | undefined }): Promise<Item>
  keepOne(author: Author, projectId: ProjectId, kept: { keepId: string; removeIds: readonly string[] }): Promise<Item>
}

export interface ProposalsOptions {
  store: ProposalsStore
  items: ItemsTarget
  appEvents: AppEvents
}

/** Accepted at once by `acceptAll`; who has more asks again. */
const maxAtOnce = 200

/** Callers have checked the right. Errors of all: store_unavailable, overloaded. */
export class Proposals {
  readonly #options: ProposalsOptions

  constructor(options: ProposalsOptions) {
    this.#options = options
  }

  /** Keeps one and tells everyone. */
  async make(proposal: NewProposal): Promise<void> {
    const row = await this.#options.store.make(proposal)
    if (row) await this.#tell(proposal.projectId, row)
  }

  /** Rejects what a person proposed under a key before they said something else about it, and tells everyone. */
  async withdraw(earlier: Parameters<ProposalsStore['withdraw']>[0]): Promise<void> {
    for (const row of await this.#options.store.withdraw(earlier)) await this.#tell(earlier.projectId, row)
  }

  /** Rejects the vague ones of an answer whose author has now said it clearly, and tells everyone. */
  async withdrawVague(earlier: Omit<Parameters<ProposalsStore['withdrawUnsure']>[0], 'confidence'>): Promise<void> {
    const rows = await this.#options.store.withdrawUnsure({ ...earlier, confidence: vagueConfidence })
    for (const row of rows) await this.#tell(earlier.projectId, row)
  }

  /** Open ones, oldest first. */
  async list(projectId: ProjectId, after: number, limit: number): Promise<{ items: Proposal[]; nextCursor: string | null }> {
    const rows = await this.#options.store.listOpen(projectId, after, limit + 1)
    const page = rows.slice(0, limit)
    return { items: page.map(present), nextCursor: rows.length > limit ? (page.at(-1)?.number ?? null) : null }
  }

  /** Writes it into the document, in other words or elsewhere if wanted. Errors: proposal_decided, item_not_writable, document_full, stale_epoch. */
  async accept(
    projectId: ProjectId,
    id: string,
    { userId, text, category }: { userId: UserId; text?: string | undefined; category?: CategoryKey | undefined },
  ): Promise<Proposal> {
    const { store } = this.#options
    // First: of two who accept it at once, one writes it.
    const row = await this.#move(projectId, id, { from: 'open', to: 'accepted', byId: userId })
    try {
      await this.#write({ projectId, userId, category }, { ...row, text: text ?? row.text })
    } catch (error) {
      await store.move(projectId, id, { from: 'accepted', to: 'open', byId: userId })
      throw error
    }
    return this.#tell(projectId, row)
  }

  /** In place of the item that it replaces while that is there; of two items that say it then, the other stays. */
  async #write(
    { projectId, userId, category }: { projectId: ProjectId; userId: UserId; category: CategoryKey | undefined },
    { text, messageId, replaces, ...row }: ProposalRow,
  ): Promise<void> {
    const { items } = this.#options
    const author = { userId }
    const current = replaces === null ? [] : await items.current(projectId)
    const replaced = current.find(({ id }) => id === replaces)
    if (replaced === undefined) {
      // Somebody stands for it.
      await items.add(author, projectId, { category: category ?? row.category, text, source: 'interview', confidence: 1, messageId })
      return
    }
    const same = current.find((item) => item.id !== replaced.id && item.text === text)
    if (same) await items.keepOne(author, projectId, { keepId: same.id, removeIds: [replaced.id] })
    else await items.change(author, projectId, replaced.id, { text, category })
  }

  /** Errors: proposal_decided. */
  async reject(projectId: ProjectId, id: string, userId: UserId): Promise<Proposal> {
    return this.#tell(projectId, await this.#move(projectId, id, { from: 'open', to: 'rejected', byId: userId }))
  }

  /** Accepts all that are open; those that cannot be written stay open. */
  async acceptAll(projectId: ProjectId, userId: UserId): Promise<{ accepted: number; refused: number }> {
    const rows = await this.#options.store.listOpen(projectId, 0, maxAtOnce)
    let accepted = 0
    for (const { id } of rows) {
      try {
        await this.accept(projectId, id, { userId })
        accepted += 1
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error
      }
    }
    return { accepted, refused: rows.length - accepted }
  }

  async #move(projectId: ProjectId, id: string, change: Parameters<ProposalsStore['move']>[2]): Promise<ProposalRow> {
    const row = await this.#options.store.move(projectId, id, change)
    if (row === null) throw new AppError('proposal_decided')
    return row
  }

  async #tell(projectId: ProjectId, row: ProposalRow): Promise<Proposal> {
    const proposal = present(row)
    await this.#options.appEvents.emit(projectId, 'proposal', { proposal })
    return proposal
  }
}

function present({ id, category, key, text, confidence, replaces, messageId, state }: ProposalRow): Proposal {
  // A `real` has six digits, and nobody wants to see more.
  const shown = Math.round(confidence * 100) / 100
  return { id, category, key, text, source: 'interview', confidence: shown, replaces, messageId, state }
}
