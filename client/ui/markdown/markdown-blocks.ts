// Markdown as HTML, a block at a time, each with its place in the source; raw HTML in the text is shown as text.

import { Marked, type Token, type TokensList } from 'marked'

/** One block of the text: a heading, a paragraph, a list, a table, code. */
export interface MarkdownBlock {
  /** Where it begins in the text, in UTF-16 code units. */
  from: number
  /** HTML that has yet to be sanitised: nothing of the text's own HTML is in it, but its links are as they were written. */
  html: string
  /** What a link `#name` to this heading is called; null for what is no heading. */
  slug: string | null
}

const marked = new Marked({ gfm: true, async: false })
marked.use({
  renderer: {
    html: ({ text }) => escape(text),
    // A picture is loaded from nowhere: what it shows, and the way to it.
    image: ({ href, text }) => `<a href="${escape(href)}">${escape(text || href)}</a>`,
    // The page's policy and its reader both do better with a sign than with a box that cannot be ticked.
    checkbox: ({ checked }) => (checked ? '<span title="done">☑</span> ' : '<span title="to do">☐</span> '),
  },
})

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign)
}

/** The blocks of `text` in order; definitions of links count for all of them. */
export function markdownBlocks(text: string): MarkdownBlock[] {
  const tokens = marked.lexer(text)
  const blocks: MarkdownBlock[] = []
  let from = 0
  for (const token of tokens) {
    const isShown = token.type !== 'space' && token.type !== 'def'
    if (isShown) blocks.push({ from, html: htmlOf(token, tokens), slug: token.type === 'heading' ? slugOf(token) : null })
    from += token.raw.length
  }
  return blocks
}

function htmlOf(token: Token, { links }: TokensList): string {
  return marked.parser(Object.assign([token], { links }))
}

function slugOf(token: Token): string {
  const words = 'text' in token && typeof token.text === 'string' ? token.text : ''
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
}
