// Who wrote which line of the live text.

import * as Y from 'yjs'
import { personColor } from '../../shared/domain/person-colors.ts'
import type { ProjectId } from '../../shared/ids.ts'
import type { Blame } from '../../shared/wire/versions.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import type { UpdateLog } from '../documents/update-log.ts'
import type { AuthorshipStore } from '../store/authorship-store.ts'
import type { TextRun } from './blame-lines.ts'
import type { TextWorkers } from './text-workers.ts'

export interface BlamesOptions {
  store: AuthorshipStore
  registry: DocumentRegistry
  updateLog: UpdateLog
  workers: TextWorkers
}

export class Blames {
  readonly #options: BlamesOptions

  constructor(options: BlamesOptions) {
    this.#options = options
  }

  /** The lines of the live text as it is now. Errors: not_found, store_unavailable, overloaded. */
  async read(projectId: ProjectId): Promise<Blame> {
    const { epoch, runs } = await this.#committedRuns(projectId)
    const { store, workers } = this.#options
    const lines = await workers.blame({ runs, stored: await store.read(projectId, epoch) })
    const names = await store.names([...new Set(lines.flatMap(({ authorId }) => authorId ?? []))])
    return {
      epoch,
      markdown: runs.map(({ text }) => text).join(''),
      items: lines.map(({ fromLine, toLine, authorId, atMs }) => ({
        fromLine,
        toLine,
        userId: authorId,
        name: (authorId !== null && names.get(authorId)) || null,
        color: authorId === null ? null : personColor(authorId),
        at: atMs === null ? null : new Date(atMs).toISOString(),
      })),
    }
  }

  /** The text in pieces, all of which are in the log, or were, by the time they are given. */
  async #committedRuns(projectId: ProjectId): Promise<{ epoch: number; runs: TextRun[] }> {
    const { registry, updateLog } = this.#options
    const document = await registry.acquire(projectId)
    try {
      const runs = runsOf(document.live.text)
      await new Promise<void>((resolve, reject) => updateLog.afterPending(projectId, (refusal) => (refusal ? reject(refusal) : resolve())))
      return { epoch: document.live.epoch, runs }
    } finally {
      registry.release(document)
    }
  }
}

/** What a text consists of, in its order. */
function runsOf(text: Y.Text): TextRun[] {
  const runs: TextRun[] = []
  // Yjs has no other way to the items of a text than from its first one on.
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    runs.push({ clientId: item.id.client, clock: item.id.clock, text: item.content.str })
  }
  return runs
}
