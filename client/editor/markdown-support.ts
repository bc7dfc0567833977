// How Markdown looks while it is written: sized headings, dimmed marks, blocks of code and tables in a fixed-width face.

import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
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
  '.md-heading, .md-strong': { fontWeight: '650' },
  '.md-h1': { fontSize: '1.75em', lineHeight: '1.286', paddingTop: '8px', paddingBottom: '4px', letterSpacing: '-0.015em' },
  '.md-h2': { fontSize: '1.375em', lineHeight: '1.364', paddingTop: '12px', letterSpacing: '-0.01em' },
  '.md-h3': { fontSize: '1.125em', lineHeight: '1.444', paddingTop: '8px' },
  '.md-h4': { fontSize: '1em', paddingTop: '4px' },
  '.md-emphasis': { fontStyle: 'italic' },
  '.md-strike': { textDecoration: 'line-through' },
  '.md-code': { fontFamily: mono, fontSize: '0.875em', backgroundColor: 'var(--code)', borderRadius: '3px' },
  '.md-link': { color: 'var(--accent)' },
  '.md-url': { color: 'var(--muted)', textDecoration: 'none' },
  '.md-mark': { color: 'var(--mark)', fontWeight: '400' },
  '.md-heading .md-mark, .md-heading.md-mark': { fontWeight: '400' },
  '.cm-activeLine .md-mark': { color: 'var(--text)' },
  '.md-block': { backgroundColor: 'var(--code)', fontFamily: mono, fontSize: '0.875em', lineHeight: '1.571' },
  '.md-block .md-code': { fontSize: 'inherit' },
  '.md-table': { fontFamily: mono, fontSize: '0.8125em', lineHeight: '1.692' },
  '.md-quote': { color: 'var(--muted)' },
  '.md-token-word': { color: 'var(--accent)' },
  '.md-token-text': { color: 'var(--success)' },
})

/** GitHub's Markdown alone: `:2018:` is no emoji in a spec, nor `x^2^` a superscript. */
const language = markdown({ base: markdownLanguage, extensions: { remove: ['Emoji', 'Subscript', 'Superscript'] } })

/** The language and the look of a Markdown text. It follows the text on the screen: one can write before it is there. */
export const markdownSupport: Extension = [language, syntaxHighlighting(highlight), lineLook, look]
