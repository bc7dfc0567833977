// A live document without a database: on a log in memory whose COMMIT comes when the test says so.

import * as Y from 'yjs'
import type { AppError } from '../../shared/errors.ts'
import type { Origin } from '../../server/documents/inbound-update.ts'
import { LiveDocument } from '../../server/documents/live-document.ts'
import { stateOfText } from '../../server/documents/seed.ts'
import type { Settle, UpdateLog } from '../../server/documents/update-log.ts'
import type { LogRow } from '../../server/store/documents-store.ts'

/** What a row takes beside its payload, as in the real log. */
const rowBytes = 300

/** A log whose COMMIT comes when the test says so. */
export class HeldLog {
  readonly rows: { row: LogRow; settlers: Settle[] }[] = []
  roomBytes = Infinity
  #done = 0

  hasRoomFor(bytes: number): boolean {
    return this.rows.slice(this.#done).reduce((sum, { row }) => sum + rowBytes + row.payload.byteLength, bytes) <= this.roomBytes
  }

  hasPending(): boolean {
    return this.rows.length > this.#done
  }

  append(row: LogRow, settle: Settle): void {
    this.rows.push({ row, settlers: [settle] })
  }

  afterPending(_projectId: string, settle: Settle): void {
    const last = this.rows.slice(this.#done).at(-1)
    if (last) last.settlers.push(settle)
    else settle(null)
  }

  commit(refusal: AppError | null = null): void {
    // What is refused is not in the log.
    const waiting = refusal ? this.rows.splice(this.#done) : this.rows.slice(this.#done)
    if (!refusal) this.#done = this.rows.length
    for (const { settlers } of waiting) for (const settle of settlers) settle(refusal)
  }

  /** What a reload would have. */
  get reloaded(): Y.Doc {
    const doc = new Y.Doc()
    for (const { row } of this.rows) Y.applyUpdate(doc, row.payload)
    return doc
  }
}

/** Who writes in these tests. */
export const ann: Origin = { userId: 'ann', source: {} }

/** Opens one that says `text`; `heard` is what became of what was sent, `copy` a client's copy of the beginning. */
export function openLive(text = '', { maxBytes = 1_000_000, retired = [] as Uint8Array[] } = {}) {
  const log = new HeldLog()
  const stored = { epoch: 1, revision: 1, snapshot: stateOfText(text), updates: [], retired }
  // The part of the log that a document uses.
  const live = new LiveDocument({ projectId: 'p', stored, log: log as unknown as UpdateLog, maxBytes, onBadRow: () => undefined })
  const heard: (string | null)[] = []
  const send = (update: Uint8Array, onGap?: () => void): void => {
    live.apply({ update, origin: ann, settle: (refusal) => void heard.push(refusal?.code ?? null), ...(onGap ? { onGap } : {}) })
  }
  const copy = new Y.Doc()
  Y.applyUpdate(copy, live.encodedState())
  return { log, live, heard, send, copy, snapshot: stored.snapshot }
}
