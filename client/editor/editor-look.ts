// How the text is set before anything is known of its Markdown: face, size, width, caret, selection.

import { EditorView } from '@codemirror/view'

/** Colours come from the page's theme, so both themes need no change here; size and width are the person's choice. */
export const editorLook = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-read)',
    fontSize: 'var(--text-size, 16px)',
    lineHeight: '1.625',
    overflow: 'auto',
    scrollbarGutter: 'stable',
  },
  '.cm-content': {
    // 68 to 74 letters of running text: in sans faces a letter is on average half as wide as the text is high.
    maxWidth: 'min(calc(var(--text-width, 36em) + 48px), 100%)',
    margin: '0 auto',
    padding: '40px 0 40vh',
    caretColor: 'var(--text)',
    flexGrow: '1',
    boxSizing: 'border-box',
  },
  '.cm-line': { padding: '0 24px' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-placeholder': { color: 'var(--muted)' },
})
