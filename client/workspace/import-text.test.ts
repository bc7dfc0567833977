// An imported text in the document: where it goes, and what one undo takes back.

import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createUndo } from '../collab/undo.ts'
import { importText } from './import-text.ts'

function documentOf(words: string) {
  const doc = new Y.Doc()
  const text = doc.getText('content')
  doc.transact(() => text.insert(0, words), 'server')
  return { doc, text, undo: createUndo(text, {}) }
}

describe('importText', () => {
  it.each([
    ['behind an empty line', 'one', 'one\n\nnew'],
    ['behind a line end', 'one\n', 'one\n\nnew'],
    ['behind an empty line that is there', 'one\n\n', 'one\n\nnew'],
    ['at once where there is nothing', '', 'new'],
  ])('[PAGE28] appends %s', (_name, before, after) => {
    const given = documentOf(before)
    importText(given, 'new', 'append')
    expect(given.text.toString()).toBe(after)
  })

  it("[PAGE28] is one step of undo, apart from what was typed right before and after, and takes nothing of others'", () => {
    const given = documentOf('# Gateway\n\nkept line\n\nold line\n')
    const { doc, text, undo } = given
    text.insert(0, 'typed before ')
    importText(given, '# Gateway\n\nkept line\n\nnew line\n', 'replace')
    const imported = text.toString()
    expect(imported).toBe('# Gateway\n\nkept line\n\nnew line\n')
    text.insert(text.length, 'typed after')
    doc.transact(() => text.insert(text.toString().indexOf('kept'), 'theirs, '), 'someone else')
    undo.undo()
    expect(text.toString()).toBe(imported.replace('kept', 'theirs, kept'))
    undo.undo()
    expect(text.toString()).toBe('typed before # Gateway\n\ntheirs, kept line\n\nold line\n')
  })

  it('[PAGE28] replaces only what differs, so that places in what stays are kept', () => {
    const given = documentOf('one\ntwo\nthree\n')
    const place = Y.createRelativePositionFromTypeIndex(given.text, 9)
    importText(given, 'one\n2\nthree\n', 'replace')
    expect(Y.createAbsolutePositionFromRelativePosition(place, given.doc)?.index).toBe(7)
  })
})
