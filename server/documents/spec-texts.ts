// A spec as text: read with a tag of its state, and replaced by text as an edit of the live document.

import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { cleanText } from '../../shared/spec/plain-text.ts'
import type { ItemSource } from '../../shared/wire/items.ts'
import type { DocumentRegistry } from './document-registry.ts'
import { editFor } from './edit-for.ts'
import type { OpenDocument } from './open-document.ts'
import { editsBetween, rebaseEdits, type TextEdit } from '../../shared/spec/text-edits.ts'

/** A spec at one moment; `tag` names that text in that epoch. */
export interface SpecText {
  markdown: string
  epoch: number
  tag: string
}

export interface ReplaceRequest {
  projectId: string
  userId: string
  markdown: string
  /** What new items in it come from, where that is not somebody's keyboard. */
  itemSource?: ItemSource
  /** Tags of the text the change was made from; null replaces whatever is there now. */
  baseTags: readonly string[] | null
}

export interface SpecTextsOptions {
  registry: DocumentRegistry
  /** UTF-8 bytes of a text at most. */
  maxBytes: number
  /** UTF-16 units of base texts held for merges. */
  heldChars?: number
}

/** Reads and replaces specs. Errors of all: not_found, store_unavailable. */
export class SpecTexts {
  readonly #registry: DocumentRegistry
  readonly #maxBytes: number
  readonly #heldChars: number
  /** The texts handed out last, by project and tag: what a change may be merged against. */
  readonly #held = new Map<string, string>()
  #heldTotal = 0

  constructor({ registry, maxBytes, heldChars = 32 * 1024 * 1024 }: SpecTextsOptions) {
    this.#registry = registry
    this.#maxBytes = maxBytes
    this.#heldChars = heldChars
  }

  /** The live text now. */
  read(projectId: string): Promise<SpecText> {
    return this.#with(projectId, async (document) => this.#present(document))
  }

  /**
   * Changes the live text by edits, and resolves after COMMIT with the text as it is then. With a base the change is merged with what
   * others wrote since. Errors: too_large, document_full, overloaded, base_not_held.
   */
  replace({ projectId, userId, markdown, itemSource, baseTags }: ReplaceRequest): Promise<SpecText> {
    const target = cleanText(markdown)
    if (Buffer.byteLength(target) > this.#maxBytes) throw new AppError('too_large', { details: { maxBytes: this.#maxBytes } })
    return this.#with(projectId, async (document) => {
      await editFor(document, { userId, itemSource }, this.#editsTo(target, document, baseTags))
      return this.#present(document)
    })
  }

  /** A text that was read elsewhere, with its tag; it is held for changes made from it like one read here. */
  keep(projectId: string, { markdown, epoch }: Pick<SpecText, 'markdown' | 'epoch'>): SpecText {
    const tag = tagOf(markdown, epoch)
    this.#hold(`${projectId}/${tag}`, markdown)
    return { markdown, epoch, tag }
  }

  #editsTo(target: string, document: OpenDocument, baseTags: readonly string[] | null): TextEdit[] {
    const current = document.live.text.toString()
    if (baseTags === null || baseTags.includes(tagOf(current, document.live.epoch))) return editsBetween(current, target)
    for (const tag of baseTags) {
      const base = this.#held.get(`${document.projectId}/${tag}`)
      if (base !== undefined) return rebaseEdits(editsBetween(base, target), editsBetween(base, current))
    }
    throw new AppError('base_not_held')
  }

  #present({ projectId, live }: OpenDocument): SpecText {
    return this.keep(projectId, { markdown: live.text.toString(), epoch: live.epoch })
  }

  #hold(key: string, text: string): void {
    if (this.#held.delete(key)) this.#heldTotal -= text.length
    this.#held.set(key, text)
    this.#heldTotal += text.length
    for (const [oldest, oldText] of this.#held) {
      if (this.#heldTotal <= this.#heldChars || oldest === key) break
      this.#held.delete(oldest)
      this.#heldTotal -= oldText.length
    }
  }

  async #with<T>(projectId: string, use: (document: OpenDocument) => Promise<T>): Promise<T> {
    const document = await this.#registry.acquire(projectId)
    try {
      return await use(document)
    } finally {
      this.#registry.release(document)
    }
  }
}

function tagOf(text: string, epoch: number): string {
  return `${epoch}-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
