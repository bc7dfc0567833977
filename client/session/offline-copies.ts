// The copy of a document in this browser's IndexedDB, one a person, project and epoch, as the provider's storage.

import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'
import type { CopyStorage } from '../collab/storage.ts'
import { copyNames, copyStart, deleteCopies, rememberName, type CopyKey } from './copy-names.ts'

/** The copy of one person's document of one project; `load` finds the newest epoch kept. */
export function offlineCopy(key: CopyKey): CopyStorage {
  let kept: IndexeddbPersistence | null = null
  let isDestroyed = false

  const open = async (doc: Y.Doc, epoch: number) => {
    const name = copyStart(key) + epoch
    await assertUsable(name)
    if (isDestroyed) return
    rememberName(name)
    kept = new IndexeddbPersistence(name, doc)
    await kept.whenSynced
  }
  const letGo = async () => {
    isDestroyed = true
    await kept?.destroy()
  }
  return {
    async load(doc) {
      const start = copyStart(key)
      const epochs = (await copyNames()).filter((name) => name.startsWith(start)).map((name) => Number(name.slice(start.length)))
      const epoch = Math.max(...epochs.filter(Number.isInteger))
      if (epoch < 1) return null
      await open(doc, epoch)
      return { epoch }
    },
    keep: open,
    async clear() {
      await letGo()
      await deleteCopies(copyStart(key))
    },
    destroy: letGo,
  }
}

/** y-indexeddb never settles where IndexedDB is blocked or full: opening it once ourselves rejects instead. */
function assertUsable(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onupgradeneeded = () => {
      // The stores y-indexeddb would make, since it makes them only in a database it opens first.
      opening.result.createObjectStore('updates', { autoIncrement: true })
      opening.result.createObjectStore('custom')
    }
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
    opening.onerror = () => reject(opening.error ?? new Error('IndexedDB cannot be used'))
  })
}
