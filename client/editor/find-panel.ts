// Find and replace in the text; loaded when someone first asks for it.

import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  highlightSelectionMatches,
  openSearchPanel,
  replaceAll,
  replaceNext,
  search,
  searchKeymap,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { keymap, runScopeHandlers, type EditorView, type Panel, type ViewUpdate } from '@codemirror/view'
import { countMatches, matchWords } from './find-count.ts'
import { findLook } from './find-look.ts'
import { element, iconButton, toggleButton } from './find-parts.ts'

/** The panel over the text and all its keys. */
export const findPanel: Extension = [
  search({ top: true, createPanel: (view) => new FindPanel(view) }),
  highlightSelectionMatches(),
  findLook,
  keymap.of(searchKeymap),
]

/** Opens the panel; `findPanel` must be among the view's extensions. */
export function openFindPanel(view: EditorView): void {
  openSearchPanel(view)
}

type Option = 'caseSensitive' | 'wholeWord' | 'regexp'

const options: readonly { option: Option; sign: string; label: string }[] = [
  { option: 'caseSensitive', sign: 'Aa', label: 'Match case' },
  { option: 'wholeWord', sign: 'ab', label: 'Whole words' },
  { option: 'regexp', sign: '.*', label: 'Regular expression' },
]

/** Counting goes through the whole text: not with every key stroke of everybody, but after a pause. */
const countPauseMs = 150

class FindPanel implements Panel {
  readonly dom: HTMLElement
  readonly top = true
  readonly #view: EditorView
  readonly #find: HTMLInputElement
  readonly #replace: HTMLInputElement
  readonly #toggles: ReadonlyMap<Option, HTMLButtonElement>
  readonly #count: HTMLElement
  #countTimer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView) {
    this.#view = view
    const query = getSearchQuery(view.state)
    this.#find = this.#field('Find', query.search)
    this.#find.setAttribute('main-field', 'true')
    this.#replace = this.#field('Replace with', query.replace)
    this.#toggles = new Map(options.map(({ option, sign, label }) => [option, this.#toggle({ option, sign, label }, query[option])]))
    this.#count = element('span', { className: 'cm-find-count', role: 'status' })
    this.dom = element('div', { className: 'cm-find', role: 'search' }, this.#rows())
    this.dom.addEventListener('keydown', (event) => this.#onKeyDown(event))
    this.#countSoon()
  }

  mount(): void {
    this.#find.select()
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) {
      for (const effect of transaction.effects) {
        if (effect.is(setSearchQuery) && !effect.value.eq(this.#query())) this.#take(effect.value)
      }
    }
    if (update.docChanged || update.selectionSet) this.#countSoon()
  }

  destroy(): void {
    clearTimeout(this.#countTimer)
  }

  #rows(): HTMLElement[] {
    const view = this.#view
    const finding = element('div', { className: 'cm-find-row' }, [
      this.#find,
      ...this.#toggles.values(),
      this.#count,
      iconButton('↑', 'Previous match (Shift Enter)', () => findPrevious(view)),
      iconButton('↓', 'Next match (Enter)', () => findNext(view)),
      iconButton('×', 'Close (Esc)', () => closeSearchPanel(view)),
    ])
    if (view.state.readOnly) return [finding]
    const act = (text: string, run: (view: EditorView) => boolean) => {
      const button = element('button', { className: 'cm-find-button', type: 'button' }, [text])
      button.addEventListener('click', () => run(view))
      return button
    }
    return [
      finding,
      element('div', { className: 'cm-find-row' }, [this.#replace, act('Replace', replaceNext), act('Replace all', replaceAll)]),
    ]
  }

  #field(label: string, value: string): HTMLInputElement {
    const input = element('input', { className: 'cm-find-field', type: 'text', placeholder: label, ariaLabel: label, value })
    input.addEventListener('input', () => this.#commit())
    return input
  }

  #toggle({ sign, label }: (typeof options)[number], isOn: boolean): HTMLButtonElement {
    return toggleButton({ sign, label, isOn, onChange: () => this.#commit() })
  }

  #isOn(option: Option): boolean {
    return this.#toggles.get(option)?.getAttribute('aria-pressed') === 'true'
  }

  #query(): SearchQuery {
    return new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: this.#isOn('caseSensitive'),
      wholeWord: this.#isOn('wholeWord'),
      regexp: this.#isOn('regexp'),
    })
  }

  #commit(): void {
    const query = this.#query()
    if (query.eq(getSearchQuery(this.#view.state))) return
    this.#view.dispatch({ effects: setSearchQuery.of(query) })
    this.#countSoon()
  }

  /** The query was set by something else than this panel: the selection with Ctrl F. */
  #take(query: SearchQuery): void {
    this.#find.value = query.search
    this.#replace.value = query.replace
    for (const [option, button] of this.#toggles) button.setAttribute('aria-pressed', String(query[option]))
    this.#countSoon()
  }

  #countSoon(): void {
    clearTimeout(this.#countTimer)
    this.#countTimer = setTimeout(() => {
      const { words, isNone } = matchWords(this.#query(), countMatches(this.#query(), this.#view.state))
      this.#count.textContent = words
      this.#find.ariaInvalid = isNone ? 'true' : null
    }, countPauseMs)
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (runScopeHandlers(this.#view, event, 'search-panel')) {
      event.preventDefault()
    } else if (event.key === 'Enter' && event.target === this.#find) {
      event.preventDefault()
      ;(event.shiftKey ? findPrevious : findNext)(this.#view)
    } else if (event.key === 'Enter' && event.target === this.#replace) {
      event.preventDefault()
      replaceNext(this.#view)
    }
  }
}
