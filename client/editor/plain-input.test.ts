// What reaches the shared text from the keyboard and the clipboard.

import { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ySyncAnnotation, YSyncConfig } from 'y-codemirror.next'
import { cleanText } from '../../shared/spec/plain-text.ts'
import { plainInput } from './plain-input.ts'

const stateOf = (doc: string) => EditorState.create({ doc, extensions: plainInput })

describe('plainInput', () => {
  it('[PAGE10] cleans what is put in and leaves the caret behind it', () => {
    const state = stateOf('ab').update({ changes: { from: 1, insert: 'x\r\ny\rz\ud83d' }, selection: { anchor: 7 } }).state
    expect(state.doc.toString()).toBe('ax\ny\nz\ufffdb')
    expect(state.selection.main.head).toBe(7)
  })

  it('[PAGE10] holds for any text at any place, and counts like the shared text', () => {
    const units = fc.array(fc.constantFrom('a', '\r', '\n', '\ud83d', '\ude00', '\0', '𝄞')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(units, fc.nat(), (insert, at) => {
        const state = stateOf('one\ntwo')
        const from = at % (state.doc.length + 1)
        const after = state.update({ changes: { from, insert } }).state.doc.toString()
        expect(after).toBe('one\ntwo'.slice(0, from) + cleanText(insert) + 'one\ntwo'.slice(from))
      }),
    )
  })

  it('[PAGE10] leaves alone what comes from the shared text, so that both stay the same', () => {
    const annotations = ySyncAnnotation.of(new YSyncConfig(null, null))
    const state = stateOf('').update({ changes: { from: 0, insert: 'a\rb' }, annotations }).state
    expect(state.doc.toString()).toBe('a\rb')
  })
})
