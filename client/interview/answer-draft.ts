// The answer one is writing, kept while the page shows something else, and filled in by a click on a suggestion.

import { useSyncExternalStore } from 'react'
import type { Provider } from '../collab/provider.ts'

const drafts = new WeakMap<Provider, AnswerDraft>()

/** The one draft of an open project. */
export function answerDraftOf(provider: Provider): AnswerDraft {
  const known = drafts.get(provider)
  if (known) return known
  const made = new AnswerDraft()
  drafts.set(provider, made)
  return made
}

export class AnswerDraft {
  #text = ''
  #field: HTMLTextAreaElement | null = null
  #wantsFocus = false
  readonly #listeners = new Set<() => void>()

  get text(): string {
    return this.#text
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(text: string): void {
    if (text === this.#text) return
    this.#text = text
    for (const listener of this.#listeners) listener()
  }

  /** Adds a suggestion to what is there, and leads to the field. */
  suggest(suggestion: string): void {
    const begun = this.#text.trimEnd()
    this.set(begun === '' ? suggestion : `${begun}\n${suggestion}`)
    this.focus()
  }

  /** The field in which it is written, when there is one. */
  attach(field: HTMLTextAreaElement | null): void {
    this.#field = field
    if (field && this.#wantsFocus) this.focus()
  }

  /** Puts the caret at its end, now or as soon as its field is there. */
  focus(): void {
    this.#wantsFocus = this.#field === null
    this.#field?.focus()
    const end = this.#field?.value.length ?? 0
    this.#field?.setSelectionRange(end, end)
  }
}

/** What is written so far; renders again when it changes. */
export function useDraftText(draft: AnswerDraft): string {
  return useSyncExternalStore(draft.subscribe, () => draft.text)
}
