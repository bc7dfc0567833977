// Binds a Tiptap editor of plain paragraphs to a Y.Text: one paragraph a line, no marks, nothing but text in the document.

import { Fragment, Slice } from '@tiptap/pm/model'

const lineBreak = '\n'

/** Tiptap content with a paragraph for each line of `text`. */
export function contentOf(text) {
  return {
    type: 'doc',
    content: text.split(lineBreak).map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
  }
}

/** Keeps both sides the same from now on: each side's change is carried over as the smallest replacement. */
export class PlainLinesBinding {
  constructor(text, editor) {
    this.text = text
    this.editor = editor
    this.isCarrying = false
    editor.on('update', () => this.carryToText())
    text.observe((event) => {
      // What came from here is there already.
      if (event.transaction.origin !== PlainLinesBinding) this.carryToEditor()
    })
  }

  carryToText() {
    if (this.isCarrying) return
    const { start, removed, added } = difference(this.text.toString(), textOf(this.editor.state.doc))
    this.text.doc.transact(() => {
      if (removed > 0) this.text.delete(start, removed)
      if (added !== '') this.text.insert(start, added)
    }, PlainLinesBinding)
  }

  carryToEditor() {
    const { doc, tr, schema } = this.editor.state
    const before = textOf(doc)
    const { start, removed, added } = difference(before, this.text.toString())
    const lines = added.split(lineBreak).map((line) => schema.nodes.paragraph.create(null, line === '' ? null : schema.text(line)))
    // Open at both ends: the first and last line continue the paragraphs they land in.
    tr.replace(positionAt(before, start), positionAt(before, start + removed), new Slice(Fragment.from(lines), 1, 1))
    this.isCarrying = true
    this.editor.view.dispatch(tr.setMeta('addToHistory', false))
    this.isCarrying = false
  }
}

const textOf = (doc) => doc.textBetween(0, doc.content.size, lineBreak)

/** ProseMirror counts the start and the end of each paragraph, where the text has one line break. */
function positionAt(text, offset) {
  return 1 + offset + (text.slice(0, offset).split(lineBreak).length - 1)
}

/** The one place where two texts differ; never inside a surrogate pair. */
function difference(before, after) {
  const shortest = Math.min(before.length, after.length)
  let start = 0
  while (start < shortest && before[start] === after[start]) start++
  if (isHighSurrogate(before[start - 1]) || isHighSurrogate(after[start - 1])) start--
  let end = 0
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++
  if (end > 0 && isLowSurrogate(before.at(-end))) end--
  return { start, removed: before.length - start - end, added: after.slice(start, after.length - end) }
}

const isHighSurrogate = (unit) => unit !== undefined && unit >= '\uD800' && unit <= '\uDBFF'
const isLowSurrogate = (unit) => unit !== undefined && unit >= '\uDC00' && unit <= '\uDFFF'
