// The copy for the next visit, as the provider uses it: bounded in time, and never a reason to stop working.

import type * as Y from 'yjs'
import type { CopyStorage } from './storage.ts'

export interface LocalCopyOptions {
  storage: CopyStorage | undefined
  loadTimeoutMs: number
  onFault: (fault: unknown) => void
}

/** A storage that fails or hangs is let go, told of once, and gone without. */
export class LocalCopy {
  readonly #options: LocalCopyOptions
  #storage: CopyStorage | null
  #isKept = false
  #isStarting = false

  constructor(options: LocalCopyOptions) {
    this.#options = options
    this.#storage = options.storage ?? null
  }

  /** Whether changes are being kept. */
  get isKept(): boolean {
    return this.#isKept
  }

  /** Fills the document with the copy, if there is one; gives its epoch. Never rejects. */
  async load(doc: Y.Doc): Promise<number | null> {
    const copy = await this.#attempt((storage) => storage.load(doc))
    this.#isKept = copy !== undefined && copy !== null && this.#storage !== null
    return copy?.epoch ?? null
  }

  /** Keeps the document as of `epoch`, unless it is kept already. Never rejects. */
  async keep(doc: Y.Doc, epoch: number): Promise<void> {
    if (!this.#isKept && !this.#isStarting) {
      this.#isStarting = true
      const isDone = await this.#attempt(async (storage) => {
        await storage.keep(doc, epoch)
        return true
      })
      this.#isStarting = false
      this.#isKept = isDone === true && this.#storage !== null
    }
  }

  /** Deletes the copy: nothing of the project may stay here, or its history is another one now. */
  clear(): void {
    this.#letGo((storage) => storage.clear())
  }

  /** Stops keeping; the copy stays. */
  destroy(): void {
    this.#letGo((storage) => storage.destroy())
  }

  async #attempt<T>(use: (storage: CopyStorage) => Promise<T>): Promise<T | undefined> {
    const storage = this.#storage
    if (storage === null) return undefined
    const deadline = Promise.withResolvers<never>()
    const timer = setTimeout(() => deadline.reject(new Error('the local copy did not answer in time')), this.#options.loadTimeoutMs)
    try {
      return await Promise.race([use(storage), deadline.promise])
    } catch (fault) {
      this.#options.onFault(fault)
      this.destroy()
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  #letGo(how: (storage: CopyStorage) => Promise<void>): void {
    const storage = this.#storage
    this.#storage = null
    this.#isKept = false
    if (storage !== null) how(storage).catch((fault: unknown) => this.#options.onFault(fault))
  }
}
