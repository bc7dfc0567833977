// Whole lines of Markdown: the class of the block they are in, and the indent at which their wrapped rest goes on.

import { syntaxTree } from '@codemirror/language'
import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view'
import { lineIndent } from './line-indent.ts'

/** The class of each line inside a block of that kind. */
const lineClasses: Record<string, string> = {
  ATXHeading1: 'md-h1',
  ATXHeading2: 'md-h2',
  ATXHeading3: 'md-h3',
  ATXHeading4: 'md-h4',
  ATXHeading5: 'md-h4',
  ATXHeading6: 'md-h4',
  SetextHeading1: 'md-h1',
  SetextHeading2: 'md-h2',
  FencedCode: 'md-block',
  CodeBlock: 'md-block',
  Table: 'md-table',
  HTMLBlock: 'md-block',
  Blockquote: 'md-quote',
}

/** Marks the lines that are on screen, and no others: the work does not grow with the text. */
export const lineLook = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    #tree

    constructor(view: EditorView) {
      this.#tree = syntaxTree(view.state)
      this.decorations = decorateLines(view)
    }

    update(update: ViewUpdate): void {
      const tree = syntaxTree(update.state)
      // The tree also grows between changes, while the parser works through a long text.
      if (update.docChanged || update.viewportChanged || tree !== this.#tree) {
        this.#tree = tree
        this.decorations = decorateLines(update.view)
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function decorateLines(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    const classes = classesOfLines(view, from, to)
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at)
      const decoration = decorationOf(line.text, [...(classes.get(line.from) ?? [])])
      if (decoration) builder.add(line.from, line.from, decoration)
      at = line.to + 1
    }
  }
  return builder.finish()
}

/** The classes of lines between two places, by where each line begins. */
function classesOfLines(view: EditorView, from: number, to: number): Map<number, Set<string>> {
  const classes = new Map<number, Set<string>>()
  syntaxTree(view.state).iterate({
    from,
    to,
    enter: (node) => {
      const name = lineClasses[node.name]
      if (!name) return
      const last = Math.min(node.to, to)
      for (let at = Math.max(node.from, from); at <= last;) {
        const line = view.state.doc.lineAt(at)
        classes.set(line.from, (classes.get(line.from) ?? new Set<string>()).add(name))
        at = line.to + 1
      }
    },
  })
  return classes
}

function decorationOf(text: string, classes: string[]): Decoration | null {
  // Code and tables are set in another face, and wrap where they must.
  const indentEm = classes.includes('md-block') || classes.includes('md-table') ? 0 : lineIndent(text)
  if (classes.length === 0 && indentEm === 0) return null
  return Decoration.line({
    class: classes.join(' '),
    ...(indentEm > 0 ? { attributes: { style: `padding-left: calc(24px + ${indentEm}em); text-indent: -${indentEm}em` } } : {}),
  })
}
