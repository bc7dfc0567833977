// Makes versions of the live text, each exactly once whoever else tries at the same time.

import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { VersionKind } from '../../shared/wire/versions.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import type { UpdateLog } from '../documents/update-log.ts'
import type { DocumentsStore } from '../store/documents-store.ts'
import type { LastVersion, VersionsStore } from '../store/versions-store.ts'
import { hashOf, pack } from './packed-text.ts'
import type { TextWorkers } from './text-workers.ts'

export interface VersionMakerOptions {
  store: Pick<VersionsStore, 'last' | 'insert' | 'rename'>
  documents: Pick<DocumentsStore, 'load'>
  workers: TextWorkers
  registry: DocumentRegistry
  updateLog: UpdateLog
  log: Log
  metrics: Metrics
}

export interface VersionRequest {
  projectId: ProjectId
  kind: VersionKind
  name?: string
  /** Null: whoever worked last. */
  authorId: UserId | null
  restoredFrom?: string
}

export interface MadeVersion {
  id: string
  /** The text that the version holds. */
  text: string
  /** False when the last version held this text already. */
  isNew: boolean
  /** Work until then is in it. */
  takenAt: Date
}

/** Others may have made one each time in between; nobody is that unlucky by chance. */
const maxAttempts = 10

export class VersionMaker {
  readonly #options: VersionMakerOptions

  constructor(options: VersionMakerOptions) {
    this.#options = options
  }

  /**
   * Keeps the live text, all of which is committed by then; an automatic one keeps what PostgreSQL holds. When the last version holds the same text, that one is given: named, if a name
   * is asked for and it had none, else as it is. Errors: not_found, store_unavailable, overloaded.
   */
  async make(request: VersionRequest): Promise<MadeVersion> {
    const { store, metrics, log } = this.#options
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const last = await store.last(request.projectId)
      if (!last) throw new AppError('not_found')
      const text = request.kind === 'automatic' ? await this.#storedText(request.projectId) : await this.#committedText(request.projectId)
      const textHash = hashOf(text)
      const kept = await this.#reuse(last, textHash, request)
      if (kept !== null) return { id: kept, text, isNew: false, takenAt: last.now }
      const id = await store.insert({
        projectId: request.projectId,
        after: last.number,
        kind: request.kind,
        name: request.name ?? null,
        authorId: request.authorId,
        restoredFrom: request.restoredFrom ?? null,
        textHash,
        content: await pack(text),
        sizeBytes: Buffer.byteLength(text),
        takenAt: last.now,
      })
      if (id === null) continue
      metrics.versionsMade.inc({ kind: request.kind })
      log.info({ projectId: request.projectId, kind: request.kind, version: id }, 'versions.made')
      return { id, text, isNew: true, takenAt: last.now }
    }
    throw new AppError('overloaded')
  }

  /** The last version's id, if it may stand for the one that is asked for. */
  async #reuse(last: LastVersion, textHash: Buffer, { projectId, name, authorId }: VersionRequest): Promise<string | null> {
    if (last.id === null || last.textHash === null || !textHash.equals(last.textHash)) return null
    if (name === undefined) return last.id
    if (last.name !== null || authorId === null) return null
    return (await this.#options.store.rename({ projectId, id: last.id, name, authorId })) ? last.id : null
  }

  /** Nobody looks at a screen for it, so it is no node's replica that counts, which may lag behind another's while Redis is away. */
  async #storedText(projectId: ProjectId): Promise<string> {
    const stored = await this.#options.documents.load(projectId)
    if (!stored) throw new AppError('not_found')
    return this.#options.workers.textOf(stored)
  }

  /** The live text once all of it is in PostgreSQL: a version never holds what a crash could still take back. */
  async #committedText(projectId: ProjectId): Promise<string> {
    const { registry, updateLog } = this.#options
    const document = await registry.acquire(projectId)
    try {
      const text = document.live.text.toString()
      await new Promise<void>((resolve, reject) => updateLog.afterPending(projectId, (refusal) => (refusal ? reject(refusal) : resolve())))
      return text
    } finally {
      registry.release(document)
    }
  }
}
