// Who wrote which line: the text with its authors beside it.

import { EditorState, RangeSetBuilder, type Extension } from '@codemirror/state'
import { Decoration, EditorView, WidgetType } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { Blame } from '../../shared/wire/versions.ts'
import { initialsOf } from '../ui/avatar.tsx'
import { whenSince } from '../ui/when.ts'
import { shownText } from './diff-look.ts'
import { momentOf, nameOf } from './version-words.ts'

type Run = Blame['items'][number]

const look = EditorView.theme({
  '.cm-line': { position: 'relative', padding: '0 12px 0 var(--authors-width)', borderLeft: '3px solid transparent' },
  '.cm-author': { position: 'absolute', left: '8px', width: 'calc(var(--authors-width) - 20px)' },
})

/** Shows a blame as it was read; the text does not follow what is typed meanwhile. */
export function BlameView({ blame }: { blame: Blame }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return undefined
    const view = new EditorView({
      doc: blame.markdown,
      // The first of two looks wins.
      extensions: [look, shownText('The text with its authors'), authors(blame)],
      parent: host.current,
    })
    return () => view.destroy()
  }, [blame])
  return <div ref={host} className="min-h-0 flex-1 overflow-y-auto [--authors-width:240px] max-sm:[--authors-width:44px]" />
}

/** Beside each line, who wrote in it last: the colour at all of their lines, the name at the first, unless the same words stand above it. */
function authors({ items, markdown }: Blame): Extension {
  const { doc } = EditorState.create({ doc: markdown })
  const builder = new RangeSetBuilder<Decoration>()
  let above = ''
  for (const run of items) {
    const shown = `${run.userId} ${wordsOf(run)}`
    const isSame = shown === above
    above = shown
    const style = `border-left-color: ${run.color ?? 'transparent'}`
    for (let number = run.fromLine; number <= Math.min(run.toLine, doc.lines); number++) {
      const { from } = doc.line(number)
      builder.add(from, from, Decoration.line({ attributes: { style, title: titleOf(run) } }))
      if (number === run.fromLine && run.userId !== null && !isSame)
        builder.add(from, from, Decoration.widget({ widget: new Author(run), side: -1 }))
    }
  }
  return EditorView.decorations.of(builder.finish())
}

/** `Ada Lovelace · 2 hr. ago`. */
function wordsOf({ name, at }: Run): string {
  return at === null ? nameOf({ name }) : `${nameOf({ name })} · ${whenSince(at)}`
}

function titleOf({ userId, name, at }: Run): string {
  const who = userId === null ? 'Nobody by name' : nameOf({ name })
  return at === null ? who : `${who}, ${momentOf(at)}`
}

class Author extends WidgetType {
  readonly #run: Run

  constructor(run: Run) {
    super()
    this.#run = run
  }

  override eq(other: Author): boolean {
    return other.#run === this.#run
  }

  override toDOM(): HTMLElement {
    const name = nameOf(this.#run)
    const element = document.createElement('span')
    element.className = 'cm-author flex items-center gap-1.5 text-sm text-muted'
    element.append(circle(name, this.#run.color ?? ''), label(wordsOf(this.#run)))
    return element
  }
}

function circle(name: string, color: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'inline-grid size-5 shrink-0 place-items-center rounded-full text-[10px] font-semibold text-white'
  element.style.backgroundColor = color
  element.textContent = initialsOf(name)
  element.setAttribute('aria-hidden', 'true')
  return element
}

function label(words: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'truncate leading-6 max-sm:sr-only'
  element.textContent = words
  return element
}
