// A node's documents with the versions of them, put together as the server does, on a database that several may share.

import { createLog } from '../../server/base/log.ts'
import { createVersionsStore, type VersionsStore } from '../../server/store/versions-store.ts'
import { createVersionWorkStore, type VersionWorkStore } from '../../server/store/version-work-store.ts'
import { AutomaticVersions } from '../../server/versions/automatic-versions.ts'
import { Restorer } from '../../server/versions/restore.ts'
import { TextWorkers } from '../../server/versions/text-workers.ts'
import { VersionMaker } from '../../server/versions/version-maker.ts'
import { DocumentWorld, type WorldOptions } from './document-world.ts'

export class VersionWorld extends DocumentWorld {
  readonly versions: VersionsStore
  readonly work: VersionWorkStore
  readonly maker: VersionMaker
  readonly automatic: AutomaticVersions
  readonly restorer: Restorer
  readonly workers = new TextWorkers()

  constructor(options: WorldOptions) {
    super(options)
    const { registry, updateLog, metrics, config } = this
    const log = createLog('silent')
    this.versions = createVersionsStore(this.database)
    this.work = createVersionWorkStore(this.database)
    this.maker = new VersionMaker({
      store: this.versions,
      documents: this.store,
      workers: this.workers,
      registry,
      updateLog,
      log,
      metrics,
    })
    this.automatic = new AutomaticVersions({ work: this.work, maker: this.maker, log, metrics, config })
    this.restorer = new Restorer({ store: this.versions, maker: this.maker, registry, workers: this.workers, log })
  }

  /** The versions of a project, newest first. */
  list(projectId: string, limit = 1_000) {
    return this.versions.list({ projectId, isNamedOnly: false, before: null, limit })
  }

  /** Moves what has happened so far so many minutes into the past. */
  async passMinutes(minutes: number): Promise<void> {
    await this.database.query(
      'test.pass',
      (sql) => sql`
        with versions as (
          update versions set created_at = created_at - ${minutes} * interval '1 minute', taken_at = taken_at - ${minutes} * interval '1 minute',
            thin_after = thin_after - ${minutes} * interval '1 minute'
        ), work as (
          update version_work set first_at = first_at - ${minutes} * interval '1 minute', last_at = last_at - ${minutes} * interval '1 minute',
            claimed_until = claimed_until - ${minutes} * interval '1 minute'
        ), editors as (
          update document_editors set last_at = last_at - ${minutes} * interval '1 minute'
        )
        update document_updates set created_at = created_at - ${minutes} * interval '1 minute'`,
    )
  }

  override async close(): Promise<void> {
    await this.automatic.stop()
    await this.workers.stop()
    await super.close()
  }
}
