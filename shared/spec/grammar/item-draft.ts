// An item while its lines are still being gathered, and how it becomes one.

import type { CategoryKey } from '../../domain/categories.ts'
import { PlainBuilder } from '../markdown/plain-inline.ts'
import type { ItemKind, SpecItem } from '../spec-item.ts'
import type { Span } from '../span.ts'
import { modalityOf, type Modality } from '../statement/modality.ts'
import { readStatement, type Statement } from '../statement/statement.ts'
import { leadingId } from './external-id.ts'
import { boldLeadLength, readLead, slug } from './statement-text.ts'
import { explainingLabels } from './words.ts'

/** What an item is told by where it stands. */
export interface DraftPlace {
  readonly kind: ItemKind
  readonly lines: Span
  readonly category: CategoryKey
  readonly headings: readonly string[]
  readonly checked?: boolean | null
  readonly externalId?: string | null
  /** A name that a heading gives; words behind it follow a colon. */
  readonly title?: string
  /** How binding it is, when something other than its words says so. */
  readonly modality?: Modality
}

/** Gathers the words of one item. */
export class ItemDraft {
  readonly #place: DraftPlace
  readonly #source: string
  readonly #builder = new PlainBuilder()
  #lines: Span
  #spans: Span[] = []
  #firstSource = ''
  #partCount = 0
  #cut = 0
  #isBrokenOff = false

  constructor(source: string, place: DraftPlace) {
    this.#source = source
    this.#place = place
    this.#lines = place.lines
  }

  /** Whether it has words besides its title. */
  get hasStatement(): boolean {
    return this.#partCount > 0
  }

  /** Whether its statement, details aside, broke off: what follows completes it. */
  get isBrokenOff(): boolean {
    return this.#isBrokenOff
  }

  get place(): DraftPlace {
    return this.#place
  }

  /** Adds a heading of whose plain words the first `cut` are no part of the name: an id, `Requirement:`. */
  addTitle(span: Span, cut: number): this {
    this.#builder.addInline(this.#source, [span])
    this.#cut = cut
    this.#spans.push(span)
    return this
  }

  /** Adds words the item needs to be understood, which stand elsewhere. */
  addContext(words: string, near: number): this {
    this.#builder.addWords(`${words} `, near)
    return this
  }

  /** Adds lines of Markdown that go on with the statement; behind the first lines they stand on a line of their own. */
  addPart(spans: readonly Span[], linesTo?: number): this {
    this.addDetail(spans, linesTo)
    this.#isBrokenOff = this.#builder.endsWith(':') || this.#builder.endsWith(',')
    return this
  }

  /** Adds lines of Markdown as a detail of the statement. */
  addDetail(spans: readonly Span[], linesTo?: number): this {
    const first = spans[0]
    if (first === undefined) return this
    if (this.#partCount === 0) {
      this.#firstSource = this.#source.slice(first.from, first.from + 200)
      if (!this.#builder.isEmpty && this.#spans.length > 0) this.#builder.breakBy(': ')
    } else this.#builder.breakBy('\n')
    this.#builder.addInline(this.#source, spans)
    this.#spans.push(...spans)
    this.#partCount += 1
    if (linesTo !== undefined) this.#lines = { from: this.#lines.from, to: Math.max(this.#lines.to, linesTo) }
    return this
  }

  /** Adds words and cells of a table's row one after another. */
  addCell(label: string, cell: Span): this {
    if (label !== '') this.#builder.addWords(label, cell.from)
    this.#builder.addInline(this.#source, [cell])
    this.#spans.push(cell)
    this.#partCount += 1
    return this
  }

  /** The item; undefined when it has no letter and no digit. */
  build(reuse: (text: string, bodyFrom: number) => Statement = readStatement): SpecItem | undefined {
    const plain = this.#builder.build()
    const from = Math.min(...this.#spans.slice(0, 1).map((span) => span.from))
    const to = this.#spans.at(-1)?.to ?? from
    const { title } = this.#place
    const isNumbered = title !== undefined || (this.#place.kind === 'row' && (this.#place.externalId ?? null) !== null)
    const id = isNumbered ? undefined : leadingId(plain.text)
    const cut = id?.to ?? this.#cut
    const text = plain.text.slice(cut)
    if (!/[\p{L}\p{N}]/u.test(text)) return undefined
    const bodyFrom = title === undefined ? this.#leadLength(text, id?.externalId) : text.length > title.length ? title.length + 2 : 0
    const statement = reuse(text, bodyFrom)
    const name = bodyFrom === 0 ? '' : (title ?? text.slice(0, bodyFrom).replace(/[\s:–—-]+$/u, ''))
    return {
      from,
      to,
      kind: this.#place.kind,
      lines: this.#lines,
      text,
      runs: relativeRuns(plain.runs, cut, from),
      bodyFrom,
      category: this.#place.category,
      key: slug(name.replace(/\([^()]*\)/g, ' ')) || slug(name) || slug(subjectOf(statement)),
      externalId: id?.externalId ?? this.#place.externalId ?? null,
      modality: this.#modality(statement),
      headings: this.#place.headings,
      checked: this.#place.checked ?? null,
      statement,
    }
  }

  #modality(statement: Statement): Modality {
    return this.#place.modality ?? modalityOf(statement.text, Math.max(thenOf(statement.text), statement.mainFrom))
  }

  #leadLength(text: string, externalId: string | undefined): number {
    const bold = boldLeadLength(sourceBehindId(this.#firstSource, externalId), text)
    if (bold > 0) return bold
    const lead = readLead(text)
    return lead === undefined || explainingLabels.test(lead.key) ? 0 : lead.to
  }
}

/** The source without the id in front: `**FR-1**: **Export:** …` has a lead-in too. */
function sourceBehindId(source: string, externalId: string | undefined): string {
  if (externalId === undefined) return source
  const at = source.indexOf(externalId) + externalId.length
  return source.slice(at).replace(/^[)\]]?(?:(?:\*\*|__)\s*[:.)–—-]?|[:.)–—-]?(?:\*\*|__)?)\s*/, '')
}

/** Where the outcome of steps starts (`When …, Then …`); -1 without steps. What stands before only leads there. */
function thenOf(text: string): number {
  const from = text.search(/\b(?:given|when)\b/i)
  if (from < 0) return -1
  const then = text.slice(from).search(/(?:\n|,\s*)then\b/i)
  return then < 0 ? -1 : from + then
}

function relativeRuns(runs: readonly number[], cut: number, from: number): number[] {
  const relative: number[] = []
  for (let index = 0; index < runs.length; index += 2) {
    const at = (runs[index] ?? 0) - cut
    const place = (runs[index + 1] ?? 0) - from
    if (at < 0 && (runs[index + 2] ?? Infinity) - cut <= 0) continue
    relative.push(Math.max(0, at), at < 0 ? place - at : place)
  }
  return relative
}

const emptyWords = new Set(
  'a an the and or of to in on for with by be is are was it its this that these those must shall should may will can could not system user users all any each every as at from has have when if then than they their'.split(
    ' ',
  ),
)

/** The first words that tell what a statement is about. */
function subjectOf({ text, mainFrom }: Statement): string {
  const words = text.slice(mainFrom, mainFrom + 300).match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => !emptyWords.has(word.toLowerCase()))
  return (telling.length === 0 ? words : telling).slice(0, 4).join(' ')
}
