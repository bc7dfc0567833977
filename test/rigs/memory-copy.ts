// A copy storage in memory, that puts updates into a document the way y-indexeddb does.

import * as Y from 'yjs'
import type { CopyStorage } from '../../client/collab/storage.ts'

/** Keeps updates as y-indexeddb does: applied without being local, by an origin of its own. */
export class MemoryCopy implements CopyStorage {
  copy: { epoch: number; updates: Uint8Array[] } | null = null
  isKeeping = false
  loadMs = 5
  #stop: () => void = () => undefined

  async load(doc: Y.Doc): Promise<{ epoch: number } | null> {
    await new Promise((resolve) => setTimeout(resolve, this.loadMs))
    if (this.copy === null) return null
    const { epoch, updates } = this.copy
    Y.transact(doc, () => updates.forEach((update) => Y.applyUpdate(doc, update)), this, false)
    this.#listen(doc, epoch)
    return { epoch }
  }

  async keep(doc: Y.Doc, epoch: number): Promise<void> {
    this.copy = { epoch, updates: [Y.encodeStateAsUpdate(doc)] }
    this.#listen(doc, epoch)
  }

  async clear(): Promise<void> {
    await this.destroy()
    this.copy = null
  }

  async destroy(): Promise<void> {
    this.#stop()
    this.isKeeping = false
  }

  #listen(doc: Y.Doc, epoch: number): void {
    const onUpdate = (update: Uint8Array) => (this.copy ??= { epoch, updates: [] }).updates.push(update)
    doc.on('update', onUpdate)
    this.#stop = () => doc.off('update', onUpdate)
    this.isKeeping = true
  }
}
