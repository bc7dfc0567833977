// Items as Markdown that reads back as the same items: for exports and for what is written into a document.

import { categoryName, type CategoryKey } from '../domain/categories.ts'
import type { SpecItem } from './spec-item.ts'

/** What it takes to write an item. */
export type WritableItem = Pick<SpecItem, 'text' | 'category'> & Partial<Pick<SpecItem, 'bodyFrom' | 'externalId' | 'checked'>>

/** One list item, without a line end: `- **FR-1**: **Export**: as CSV`. Details stand behind `<br>`, so that they stay in it. */
export function formatItem({ text, bodyFrom = 0, externalId = null, checked = null }: WritableItem): string {
  const box = checked === null ? '' : checked ? '[x] ' : '[ ] '
  const id = externalId === null ? '' : `**${externalId}**: `
  const lead = text.slice(0, bodyFrom).replace(/\s*[:–—-]?\s*$/u, '')
  const body =
    bodyFrom === 0
      ? escapeStart(escapeLinks(escapeInline(text)))
      : `**${escapeInline(lead)}**${text.slice(lead.length, bodyFrom)}${escapeInline(text.slice(bodyFrom))}`
  return `- ${box}${id}${body.replaceAll('\n', '<br>')}`
}

/** A document of these items, each run of one category under its heading. */
export function formatItems(items: readonly WritableItem[]): string {
  const lines: string[] = []
  let category: CategoryKey | null = null
  for (const item of items) {
    // A step would go on with the item before it: a heading keeps them apart.
    if (item.category !== category || /^(?:THEN|AND|BUT|WHEN)\b/.test(item.text)) {
      lines.push(...(lines.length === 0 ? [] : ['']), `## ${categoryName(item.category)}`, '')
      category = item.category
    }
    lines.push(formatItem(item))
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

const gap = /(?<=\[NEEDS CLARIFICATION[^[\]\n]*)\](?![([])|\[(?=NEEDS CLARIFICATION[^[\]\n]*\](?![([]))/gi

/** Words as Markdown that shows just these words. A marked gap stays one. */
function escapeInline(words: string): string {
  const kept = new Set([...words.matchAll(gap)].map((match) => match.index))
  return words.replace(/[\\`*_[\]<>&|~]/g, (unit, index: number) => (kept.has(index) ? unit : `\\${unit}`))
}

/** A list item of mere links is none: where there are no other words, an address is kept from being one. */
const escapeLinks = (words: string): string =>
  /[\p{L}\p{N}]/u.test(words.replace(/https?:\/\/\S+/gi, '')) ? words : words.replaceAll('://', '\\://')

/** What would open a list, a heading or a quote of its own in front of an item's words. */
function escapeStart(words: string): string {
  // Bullets that are no Markdown can't be escaped; a comment in front keeps them from opening a list.
  if (/^[•◦▪]/u.test(words)) return `<!-- -->${words}`
  const start = /^(?:[-+#>]|\d{1,9}(?=[.)](?:\s|$)))/.exec(words)?.[0]
  if (start === undefined) return words
  return start.length === 1 && !/\d/.test(start) ? `\\${words}` : `${start}\\${words.slice(start.length)}`
}
