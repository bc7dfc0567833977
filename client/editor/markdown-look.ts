// How Markdown looks while it is written: sized headings, dimmed marks, blocks of code and tables in a fixed-width face.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { lineLook } from './line-look.ts'

const highlight = HighlightStyle.define([
  { tag: tags.heading, class: 'md-heading' },
  { tag: tags.strong, class: 'md-strong' },
  { tag: tags.emphasis, class: 'md-emphasis' },
  { tag: tags.strikethrough, class: 'md-strike' },
  { tag: tags.monospace, class: 'md-code' },
  { tag: [tags.link, tags.labelName], class: 'md-link' },
  { tag: tags.url, class: 'md-url' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.character, tags.escape], class: 'md-mark' },
  { tag: [tags.comment, tags.meta], class: 'md-mark' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.tagName], class: 'md-token-word' },
  { tag: [tags.string, tags.special(tags.string), tags.attributeValue], class: 'md-token-text' },
])

const mono = 'var(--font-fixed)'

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-read)', fontSize: '16px', lineHeight: '26px', overflow: 'auto', scrollbarGutter: 'stable' },
  '.cm-content': {
    // 68 to 74 letters of running text: in sans faces a letter is on average half as wide as the text is high.
    maxWidth: 'min(calc(36em + 48px), 100%)',
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
  '.md-heading, .md-strong': { fontWeight: '650' },
  '.md-h1': { fontSize: '28px', lineHeight: '36px', paddingTop: '8px', paddingBottom: '4px', letterSpacing: '-0.015em' },
  '.md-h2': { fontSize: '22px', lineHeight: '30px', paddingTop: '12px', letterSpacing: '-0.01em' },
  '.md-h3': { fontSize: '18px', lineHeight: '26px', paddingTop: '8px' },
  '.md-h4': { fontSize: '16px', lineHeight: '26px', paddingTop: '4px' },
  '.md-emphasis': { fontStyle: 'italic' },
  '.md-strike': { textDecoration: 'line-through' },
  '.md-code': { fontFamily: mono, fontSize: '0.875em', backgroundColor: 'var(--code)', borderRadius: '3px' },
  '.md-link': { color: 'var(--accent)' },
  '.md-url': { color: 'var(--muted)', textDecoration: 'none' },
  '.md-mark': { color: 'var(--mark)', fontWeight: '400' },
  '.md-heading .md-mark, .md-heading.md-mark': { fontWeight: '400' },
  '.cm-activeLine .md-mark': { color: 'var(--text)' },
  '.md-block': { backgroundColor: 'var(--code)', fontFamily: mono, fontSize: '14px', lineHeight: '22px' },
  '.md-block .md-code': { fontSize: 'inherit' },
  '.md-table': { fontFamily: mono, fontSize: '13px', lineHeight: '22px' },
  '.md-quote': { color: 'var(--muted)' },
  '.md-token-word': { color: 'var(--accent)' },
  '.md-token-text': { color: 'var(--success)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', zIndex: '20' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 40px 8px 16px', fontFamily: 'var(--font-ui)', fontSize: '13px' },
  '.cm-panel.cm-search label': { fontSize: '13px' },
  '.cm-textfield': {
    backgroundColor: 'var(--bg)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    padding: '4px 8px',
    fontSize: '13px',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    fontSize: '13px',
  },
  '.cm-panel.cm-search [name=close]': { right: '12px', top: '10px', fontSize: '18px', color: 'var(--muted)' },
  '.cm-searchMatch': { backgroundColor: 'light-dark(#fdeeb5, #574715)' },
  '.cm-searchMatch-selected': { backgroundColor: 'light-dark(#ffd75e, #806517)' },
})

/** The look of a Markdown text; colours come from the page's theme, so both themes need no change here. */
export const markdownLook: Extension = [syntaxHighlighting(highlight), lineLook, look]
