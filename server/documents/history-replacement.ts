// New epochs: the history of a document replaced by a fresh one, and every copy of the old one told so.

import { AppError } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import type { DocumentsStore } from '../store/documents-store.ts'
import type { DocumentRegistry } from './document-registry.ts'
import { stateOfText } from './seed.ts'
import type { LiveDocument } from './live-document.ts'
import type { UpdateLog } from './update-log.ts'

export interface HistoryReplacementOptions {
  registry: DocumentRegistry
  store: Pick<DocumentsStore, 'replaceHistory' | 'heading' | 'load'>
  updateLog: UpdateLog
  log: Log
}

/** Tries to replace a history that other nodes are writing to, a few ms each. */
const maxTries = 100

export class HistoryReplacement {
  readonly #options: HistoryReplacementOptions

  constructor(options: HistoryReplacementOptions) {
    this.#options = options
  }

  /**
   * Makes the live text the whole history, in a new epoch: deleted words are gone for good and the document is as small as its text.
   * Gives the new epoch. Errors: not_found, stale_epoch when somebody else did the same just now, store_unavailable.
   */
  async replace(projectId: string): Promise<number> {
    const { registry, updateLog } = this.#options
    const document = await registry.acquire(projectId)
    const { live } = document
    try {
      // An update that was committed and acked behind the text that is read below would be deleted with the old log.
      live.holdWrites()
      // What is on its way into the old log belongs in the new text, and its writers are to be acked first.
      await new Promise<void>((resolve, reject) => updateLog.afterPending(projectId, (refusal) => (refusal ? reject(refusal) : resolve())))
      const epoch = await this.#swap(live)
      this.#tell(projectId, live.epoch, epoch)
      return epoch
    } finally {
      live.takeWrites()
      registry.release(document)
    }
  }

  /** Other nodes may be writing: what they committed is read into the text, until nothing came between reading and replacing. */
  async #swap(live: LiveDocument): Promise<number> {
    const { projectId } = live
    for (let tries = 0; tries < maxTries; tries++) {
      const stored = await this.#options.store.load(projectId)
      if (stored?.epoch !== live.epoch) throw new AppError('stale_epoch')
      live.absorb(stored)
      const epoch = await this.#options.store.replaceHistory({
        projectId,
        epoch: live.epoch,
        revision: stored.revision,
        ids: stored.updates.map(({ id }) => id),
        state: stateOfText(live.text.toString()),
        stateVector: live.stateVector(),
      })
      if (epoch !== null) return epoch
    }
    throw new AppError('overloaded')
  }

  /** Drops a replica of which PostgreSQL said that its epoch is over: another node has replaced the history. */
  retire(projectId: string, epoch: number): void {
    const { store, log } = this.#options
    store.heading(projectId).then(
      (heading) => this.#tell(projectId, epoch, heading?.epoch ?? epoch + 1),
      (error: unknown) => {
        log.warn({ err: error, projectId }, 'history.epoch_unknown')
        this.#tell(projectId, epoch, epoch + 1)
      },
    )
  }

  #tell(projectId: string, oldEpoch: number, epoch: number): void {
    const { registry } = this.#options
    const document = registry.peek(projectId)
    if (document?.live.epoch !== oldEpoch) return
    // First, so that what is still in its inbox hears the true reason.
    document.live.retire()
    registry.drop(projectId)
    for (const { transport } of [...document.connections]) {
      transport.sendEvent('epoch', { projectId, epoch })
      transport.close('stale_epoch')
    }
  }
}
