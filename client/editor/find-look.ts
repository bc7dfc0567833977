// The look of the find panel and of what it finds.

import { EditorView } from '@codemirror/view'

const control = {
  border: '1px solid transparent',
  borderRadius: '6px',
  height: '28px',
  font: '13px/20px var(--font-ui)',
  color: 'var(--muted)',
}

/** Colours come from the page's theme. */
export const findLook = EditorView.theme({
  '.cm-panels': { backgroundColor: 'var(--bg)', color: 'var(--text)', zIndex: '20' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-find': { display: 'grid', gap: '6px', maxWidth: '40rem', margin: '0 auto', padding: '8px 16px', font: '13px/20px var(--font-ui)' },
  '.cm-find-row': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px' },
  '.cm-find-field': {
    ...control,
    flex: '1 1 10rem',
    minWidth: '0',
    padding: '0 8px',
    borderColor: 'var(--line-strong)',
    backgroundColor: 'var(--bg)',
    color: 'var(--text)',
  },
  '.cm-find-field[aria-invalid]': { borderColor: 'var(--danger)' },
  '.cm-find-field::placeholder': { color: 'var(--muted)', opacity: '1' },
  '.cm-find-icon': { ...control, minWidth: '28px', padding: '0 6px', backgroundColor: 'transparent' },
  '.cm-find-icon::before': { content: 'attr(data-sign)' },
  '.cm-find-icon:hover, .cm-find-button:hover': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
  '.cm-find-icon[aria-pressed=true]': { backgroundColor: 'var(--accent-soft)', color: 'var(--accent)' },
  '.cm-find-button': { ...control, padding: '0 10px', borderColor: 'var(--line)', color: 'var(--text)', backgroundColor: 'var(--raised)' },
  '.cm-find-count': { minWidth: '5.5rem', padding: '0 6px', textAlign: 'right', color: 'var(--muted)', fontVariantNumeric: 'tabular-nums' },
  '.cm-searchMatch': { backgroundColor: 'light-dark(#ffe9a8, #5c4a12)', borderRadius: '2px' },
  '.cm-searchMatch-selected': { backgroundColor: 'light-dark(#ffc94d, #8a6a10)', outline: '1px solid var(--warning)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-soft)' },
})
