// Markdown as HTML: which blocks there are and where, and that the text's own HTML stays text.

import { describe, expect, it } from 'vitest'
import { markdownBlocks } from './markdown-blocks.ts'

const htmlOf = (text: string) => markdownBlocks(text).map(({ html }) => html.trim())

describe('markdownBlocks', () => {
  it('[PAGE31] gives each block its place in the text', () => {
    const text = '# Gateway\n\nIt must answer.\n\n- one\n- two\n\n## Limits of it\n```\n# no heading\n```\n'
    const blocks = markdownBlocks(text)
    expect(blocks.map(({ from }) => text.slice(from, from + 5))).toEqual(['# Gat', 'It mu', '- one', '## Li', '```\n#'])
    expect(blocks.map(({ slug }) => slug)).toEqual(['gateway', null, null, 'limits-of-it', null])
  })

  it.each<[string, string, string]>([
    ['a script', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['a handler', 'a <img src=x onerror=alert(1)> b', '<p>a &lt;img src=x onerror=alert(1)&gt; b</p>'],
    ['a comment', '<!-- <b>x</b> -->', '&lt;!-- &lt;b&gt;x&lt;/b&gt; --&gt;'],
    ['HTML in a cell', '| a |\n| - |\n| <b onclick=x> |', '&lt;b onclick=x&gt;'],
    ['HTML in a heading', '# <svg onload=x>', '<h1>&lt;svg onload=x&gt;</h1>'],
    ['a picture', '![a plan](https://example.org/plan.png)', '<p><a href="https://example.org/plan.png">a plan</a></p>'],
  ])('[PAGE32] shows %s as text', (_name, text, expected) => {
    expect(htmlOf(text).join('\n')).toContain(expected)
    expect(htmlOf(text).join('\n')).not.toMatch(/<(?:script|img|svg|b)\b/)
  })

  it('[PAGE31] knows tables, boxes to tick and links defined elsewhere', () => {
    expect(htmlOf('| a | b |\n| - | - |\n| 1 | 2 |').join('')).toContain('<td>2</td>')
    expect(htmlOf('- [x] done\n- [ ] open').join('')).toMatch(/☑[\s\S]*☐/)
    expect(htmlOf('see [the plan]\n\n[the plan]: https://example.org/plan').join('')).toContain('<a href="https://example.org/plan">')
  })
})
