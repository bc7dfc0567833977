// Where in a spec a new item of a category may go, best first.

import { categoryName, type CategoryKey } from '../../shared/domain/categories.ts'
import { categoryOfHeading, normaliseHeading } from '../../shared/spec/grammar/section-names.ts'
import type { SpecItem } from '../../shared/spec/spec-item.ts'

/** What goes around the item's line at a place of the text. */
export interface ItemPlace {
  readonly at: number
  readonly before: string
  readonly after: string
}

/** A line that looks like a heading. */
export interface Heading {
  readonly level: number
  readonly title: string
  readonly from: number
  readonly to: number
}

/**
 * Behind the last item of the category, behind its last list item, below its heading, and under a heading made for it: in front of the
 * clarifications, which stay last, or at the end. Whether an item reads as one there is for the caller to try.
 */
export function* placesFor(text: string, items: readonly SpecItem[], category: CategoryKey): Generator<ItemPlace> {
  const own = items.filter((item) => item.category === category)
  const last = own.at(-1)
  const lastInList = own.findLast(({ kind }) => kind === 'bullet')
  for (const item of new Set([last, lastInList])) if (item) yield* placesBehind(text, item.lines.to)
  const headings = headingsOf(text)
  const named = headings.findLast(({ title }) => categoryOfHeading(title) === category)
  if (named && last === undefined) yield* placesBelow(text, named.to)
  const name = categoryName(category)
  const clarifications = headings.find(({ title }) => /^clarifications?$/.test(normaliseHeading(title)))
  if (clarifications) yield { at: clarifications.from, before: `## ${name}\n\n`, after: '\n\n' }
  const gap = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  for (const level of ['##', '#']) yield { at: text.length, before: `${gap}${level} ${name}\n\n`, after: '\n' }
}

function* placesBehind(text: string, at: number): Generator<ItemPlace> {
  const lineEnd = at > 0 && text[at - 1] !== '\n' ? '\n' : ''
  yield { at, before: lineEnd, after: '\n' }
  yield { at, before: `${lineEnd}\n`, after: '\n' }
  yield { at, before: `${lineEnd}\n`, after: '\n\n' }
}

function* placesBelow(text: string, at: number): Generator<ItemPlace> {
  const lineEnd = text[at - 1] === '\n' ? '' : '\n'
  yield { at, before: `${lineEnd}\n`, after: '\n' }
  yield { at, before: `${lineEnd}\n`, after: '\n\n' }
}

/** All that looks like a heading, with its whole line. */
export function headingsOf(text: string): Heading[] {
  return [...text.matchAll(/^(#{1,6})[ \t]+(\S[^\n]*)\n?/gm)].map((match) => ({
    level: match[1]?.length ?? 1,
    title: (match[2] ?? '').replace(/[ \t]+#*[ \t]*$/, ''),
    from: match.index,
    to: match.index + match[0].length,
  }))
}
