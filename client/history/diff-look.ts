// How compared and blamed texts look: the reading face, changes by colour and by a mark, so that neither stands alone.

import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { cspNonce } from '../ui/csp-nonce.ts'

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-read)', fontSize: '15px', lineHeight: '1.6' },
  '.cm-content': { padding: '12px 0 24px' },
  '.cm-line': { padding: '0 12px 0 16px' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--danger-soft)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine, .cm-insertedLine': { backgroundColor: 'var(--added-soft)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: 'none !important',
    textDecoration: 'line-through 1px var(--danger)',
    color: 'var(--danger)',
  },
  '&.cm-merge-b .cm-changedText': {
    background: 'none !important',
    textDecoration: 'underline 1px var(--success)',
    textUnderlineOffset: '3px',
  },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk .cm-deletedLine': { boxShadow: 'inset 3px 0 var(--danger)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { boxShadow: 'inset 3px 0 var(--success)' },
  // The library's own signs at both ends are in few fonts.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯" !important' },
  '.cm-deletedChunk': { paddingLeft: '16px' },
  '.cm-collapsedLines': {
    background: 'var(--bg-side) !important',
    color: 'var(--muted) !important',
    padding: '4px 16px',
    fontSize: '13px',
    fontFamily: 'var(--font-ui)',
  },
})

/** A text that is shown and not changed; it takes the focus, so that it can be scrolled, searched and copied by the keyboard. */
export function shownText(label: string): Extension {
  return [
    EditorView.cspNonce.of(cspNonce),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label, 'aria-readonly': 'true' }),
    look,
  ]
}
