// The edit that keeps a question and its answer under the heading `Clarifications`, where no line is an item.

import { AppError } from '../../shared/errors.ts'
import { normaliseHeading } from '../../shared/spec/grammar/section-names.ts'
import type { SpecOutline } from '../../shared/spec/outline.ts'
import type { TextEdit } from '../../shared/spec/text-edits.ts'
import { asMarkdown, itemWords, leavesItems } from './item-edits.ts'
import { headingsOf } from './item-places.ts'

/** What was asked and answered. */
export interface Clarification {
  readonly question: string
  readonly answer: string
}

/** Adds a line at the end of the clarifications, under a heading at the end of the text when there is none. Errors: item_not_writable. */
export function editToClarify(outline: SpecOutline, { question, answer }: Clarification): TextEdit {
  const line = `- Q: ${asMarkdown(itemWords(question))} -> A: ${asMarkdown(itemWords(answer))}`
  const { text } = outline
  for (const { at, before, after } of placesForLine(text)) {
    const insert = `${before}${line}${after}`
    if (leavesItems(outline.preview([{ from: at, to: at, insert }]).at(-1))) return { at, remove: 0, insert }
  }
  throw new AppError('item_not_writable')
}

function* placesForLine(text: string): Generator<{ at: number; before: string; after: string }> {
  const headings = headingsOf(text)
  const index = headings.findLastIndex(({ title }) => /^clarifications?$/.test(normaliseHeading(title)))
  const heading = headings[index]
  if (heading) {
    const next = headings.slice(index + 1).find(({ level }) => level <= heading.level)
    const section = text.slice(heading.to, next?.from ?? text.length)
    const at = heading.to + section.trimEnd().length
    const isEmpty = section.trim() === ''
    yield {
      at: isEmpty ? heading.to : at,
      before: isEmpty ? (text[heading.to - 1] === '\n' ? '\n' : '\n\n') : '\n',
      after: isEmpty ? '\n' : '',
    }
  }
  const gap = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  for (const mark of ['##', '#']) yield { at: text.length, before: `${gap}${mark} Clarifications\n\n`, after: '\n' }
}
