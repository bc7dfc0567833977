// Bringing a version's text back: an edit of the live document like any other, with the state before it kept.

import { AppError } from '../../shared/errors.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Log } from '../base/log.ts'
import type { DocumentRegistry } from '../documents/document-registry.ts'
import { editFor } from '../documents/edit-for.ts'
import type { Participant } from '../documents/participant.ts'
import { editsBetween, rebaseEdits } from '../../shared/spec/text-edits.ts'
import type { VersionsStore } from '../store/versions-store.ts'
import { unpack } from './packed-text.ts'
import type { TextWorkers } from './text-workers.ts'
import type { VersionMaker } from './version-maker.ts'

export interface RestorerOptions {
  store: Pick<VersionsStore, 'find'>
  maker: VersionMaker
  registry: DocumentRegistry
  workers: TextWorkers
  log: Log
}

export interface RestoreRequest {
  projectId: ProjectId
  userId: UserId
  versionId: string
  /** The conversation it was asked for from, if any: there it becomes one step of undo. */
  screen?: Participant | undefined
}

export interface Restored {
  /** The version that holds the text as it was before. */
  beforeId: string
  epoch: number
  /** The edit; null when there was nothing to change. */
  update: Uint8Array | null
}

export class Restorer {
  readonly #options: RestorerOptions

  constructor(options: RestorerOptions) {
    this.#options = options
  }

  /**
   * Edits the live text into the version's and resolves after COMMIT. What is typed between the keeping of the present state and
   * the edit stays, where it is not in words that go. Errors: not_found, document_full, overloaded, store_unavailable.
   */
  async restore({ projectId, userId, versionId, screen }: RestoreRequest): Promise<Restored> {
    const { store, maker, registry, workers } = this.#options
    const version = await store.find(projectId, versionId)
    if (!version) throw new AppError('not_found')
    const target = await unpack(version.content)
    const document = await registry.acquire(projectId)
    try {
      const before = await maker.make({ projectId, kind: 'before_restore', authorId: userId })
      const edits = await workers.edits(before.text, target)
      // From here to the edit nothing is waited for: what was typed until now is in `current`, and what comes later meets the edit as an update.
      const current = document.live.text.toString()
      const update = await editFor(document, { userId, screen }, rebaseEdits(edits, editsBetween(before.text, current)))
      if (update !== null) await this.#keep({ projectId, userId, versionId })
      return { beforeId: before.id, epoch: document.live.epoch, update }
    } finally {
      registry.release(document)
    }
  }

  /** The restore is done and committed: that it could not be kept as a version is made good by the next automatic one. */
  async #keep({ projectId, userId, versionId }: RestoreRequest): Promise<void> {
    try {
      await this.#options.maker.make({ projectId, kind: 'restore', authorId: userId, restoredFrom: versionId })
    } catch (error) {
      this.#options.log.warn({ err: error, projectId }, 'versions.restore_not_kept')
    }
  }
}
