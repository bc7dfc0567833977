// Reads items out of blocks, one after another. Between two blocks with no item open, its section is all it needs to go on from there.

import type { Block } from '../markdown/blocks.ts'
import { plainInline } from '../markdown/plain-inline.ts'
import type { Gap, LeftOut, SpecItem } from '../spec-item.ts'
import type { Span } from '../span.ts'
import type { Statement } from '../statement/statement.ts'
import { readEntryItems } from './entry-items.ts'
import { ItemDraft } from './item-draft.ts'
import { categoryIn, enterHeading, isNamed, leftOutIn, titlesIn, type Section } from './section.ts'
import { breaksOff, isOpenClause, readLead, standsAlone, stepOf, type Step } from './statement-text.ts'
import { readRowItem } from './row-item.ts'
import { explainingLabels } from './words.ts'

const userStory = /^(?:user\s+story[^:]{0,20}:\s*)?as\s+an?\s[^,]{1,120},?\s+I\s+(?:want|need|would\s+like|can|should|must|wish)\b/i
const storyLabel = /^[*_]*user\s+story[^:*]{0,20}:?[*_]*:?[*_]*\s*/i
const gapPattern = /\[NEEDS CLARIFICATION(?::\s*([^\]\n]{0,1000}))?\]/gi

/** The open item and, for one that a heading began, the level of that heading. */
interface OpenItem {
  readonly draft: ItemDraft
  readonly level: number
  readonly isScenario: boolean
  /** Which step its words begin with, when it is a list of steps. */
  readonly lastStep?: Step | undefined
}

/** Reads the blocks of `source`; `reuse` may give a statement that was read before from the same words. */
export class ItemReader {
  readonly items: SpecItem[] = []
  readonly leftOut: LeftOut[] = []
  readonly gaps: Gap[] = []
  readonly #source: string
  readonly #reuse: ((text: string, bodyFrom: number) => Statement) | undefined
  #section: Section
  #open: OpenItem | null = null

  constructor(source: string, section: Section, reuse?: (text: string, bodyFrom: number) => Statement) {
    this.#source = source
    this.#section = section
    this.#reuse = reuse
  }

  get section(): Section {
    return this.#section
  }

  /** Whether no item waits for more lines. */
  get isSettled(): boolean {
    return this.#open === null
  }

  /** Takes the next block. */
  take(block: Block): void {
    if (block.kind === 'left_out') {
      this.leftOut.push({ from: block.from, to: block.to, reason: block.reason })
      return
    }
    if (block.kind === 'other') return
    if (block.kind === 'heading') {
      this.#takeHeading(block)
      return
    }
    const reason = leftOutIn(this.#section)
    if (reason === null) this.#findGaps(block)
    if (block.kind === 'paragraph') {
      if (reason === null) this.#takeParagraph(block)
    } else if (reason !== null) this.leftOut.push({ from: block.from, to: block.to, reason })
    else if (block.kind === 'entry') this.#takeEntry(block)
    else this.#takeRow(block)
  }

  /** Closes what is open: the text ends here, or the next heading comes. */
  close(nextLevel = 0): void {
    const open = this.#open
    this.#open = null
    // A heading with nothing but deeper headings under it is a title of theirs.
    if (open !== null && (open.draft.hasStatement || nextLevel <= open.level)) this.#emit(open.draft)
  }

  #emit(draft: ItemDraft): void {
    const item = draft.build(this.#reuse)
    if (item !== undefined) this.items.push(item)
  }

  #findGaps(block: Block): void {
    const words = this.#source.slice(block.from, block.to)
    if (!/\[needs clarification/i.test(words)) return
    for (const match of words.matchAll(gapPattern)) {
      const from = block.from + match.index
      this.gaps.push({ from, to: from + match[0].length, question: (match[1] ?? '').trim(), category: categoryIn(this.#section) })
    }
  }

  #place(
    kind: SpecItem['kind'],
    lines: Span,
  ): { kind: SpecItem['kind']; lines: Span; category: SpecItem['category']; headings: readonly string[] } {
    return { kind, lines: { from: lines.from, to: lines.to }, category: categoryIn(this.#section), headings: titlesIn(this.#section) }
  }

  #takeHeading(block: Block & { kind: 'heading' }): void {
    const title = plainInline(this.#source, [block.title]).text
    this.close(block.level)
    const { section, role } = enterHeading(this.#section, title, block.level)
    this.#section = section
    if ((role.type !== 'requirement' && role.type !== 'scenario') || leftOutIn(section) !== null) return
    const isScenario = role.type === 'scenario'
    const kind = isScenario ? 'scenario' : /^(?:user\s+)?story\b/i.test(title) ? 'story' : 'requirement'
    const draft = new ItemDraft(this.#source, { ...this.#place(kind, block), title: role.title, externalId: role.externalId })
    if (role.title !== '') draft.addTitle(block.title, title.length - role.title.length)
    this.#open = { draft, level: block.level, isScenario }
  }

  #takeRow(block: Block & { kind: 'row' }): void {
    this.close()
    const item = readRowItem(this.#source, block, this.#place('row', block))
    if (item === undefined) this.leftOut.push({ from: block.from, to: block.to, reason: 'empty' })
    else this.#emit(item)
  }

  #takeEntry(block: Block & { kind: 'entry' }): void {
    this.leftOut.push(...block.leftOut)
    const first = block.nodes[0]?.paragraphs[0] ?? []
    const words = plainInline(this.#source, first).text
    const step = stepOf(this.#source.slice(first[0]?.from ?? 0, first[0]?.to ?? 0), words)
    const open = this.#open
    if (open !== null && !open.isScenario && !this.#goesOn(open, words, step)) this.close(open.draft.hasStatement ? 0 : Infinity)
    if (this.#open === null && (step === 'given' || step === 'when')) this.#open = this.#startSteps(block)
    if (this.#open !== null && step !== undefined && step !== 'and') this.#open = { ...this.#open, lastStep: step }
    const owner = this.#open
    const { intro } = this.#section
    const { drafts, leftOut } = readEntryItems(this.#source, block.nodes, {
      place: {
        category: categoryIn(this.#section),
        headings: titlesIn(this.#section),
        externalId: open !== null && owner === null && !open.draft.hasStatement ? (open.draft.place.externalId ?? null) : null,
      },
      openClause: intro !== null && isOpenClause(intro) ? intro : null,
      owner: owner?.draft ?? null,
      isExplaining: this.#section.isExplaining,
    })
    this.leftOut.push(...leftOut)
    if (drafts.length > 0 && owner !== null) this.close()
    for (const draft of drafts) this.#emit(draft)
  }

  /** Whether a list item belongs to the open item rather than being one itself. */
  #goesOn({ draft, lastStep }: OpenItem, words: string, step: Step | undefined): boolean {
    if (draft.place.kind === 'scenario') return step === 'then' || step === 'and' || (step === 'when' && lastStep === 'given')
    return step === undefined && !standsAlone(words, draft.isBrokenOff)
  }

  /** Steps without a heading: a new item that the next list items go on with. */
  #startSteps(block: Span): OpenItem {
    return { draft: new ItemDraft(this.#source, this.#place('scenario', block)), level: Infinity, isScenario: false }
  }

  #takeParagraph(block: Block & { kind: 'paragraph' }): void {
    const words = plainInline(this.#source, block.spans).text
    const raw = this.#source.slice(block.spans[0]?.from ?? 0, block.spans[0]?.to ?? 0)
    const label = words.replace(/:.*$/s, '')
    const isExplaining = explainingLabels.test(label)
    this.#section = {
      ...this.#section,
      intro: breaksOff(words) && words.endsWith(':') ? words.slice(-400) : null,
      isExplaining: isExplaining && words.endsWith(':'),
    }
    if (isExplaining) return
    if (this.#open !== null && this.#takeIntoOpen(this.#open, block, words)) return
    if (userStory.test(words)) this.#emit(new ItemDraft(this.#source, this.#place('story', block)).addPart(withoutLabel(block.spans, raw)))
    else if (stepOf(raw, words) === 'given' || (/^given\b/i.test(words) && /\bwhen\b/i.test(words) && /\bthen\b/i.test(words))) {
      this.#emit(new ItemDraft(this.#source, this.#place('scenario', block)).addPart(block.spans))
    } else if (isNamed(this.#section)) this.#takePairs(block)
  }

  /** Whether the paragraph was taken by the open item; a label in front of its list was not, and ends it unless nothing was said so far. */
  #takeIntoOpen(open: OpenItem, block: Block & { kind: 'paragraph' }, words: string): boolean {
    const { draft } = open
    if (/^[^.!?:]{1,40}:$/.test(words) && !isOpenClause(words) && draft.hasStatement) {
      this.close()
      return true
    }
    if (draft.hasStatement && standsAlone(words, false) && !open.isScenario) {
      this.close()
      this.#emit(new ItemDraft(this.#source, this.#place('requirement', block)).addPart(block.spans))
      return true
    }
    const raw = this.#source.slice(block.spans[0]?.from ?? 0, block.spans[0]?.to ?? 0)
    draft.addPart(userStory.test(words) ? withoutLabel(block.spans, raw) : block.spans, block.to)
    return true
  }

  /** Lines of `Key: value` right under a heading that names a category are items, when all lines of the paragraph are. */
  #takePairs(block: Block & { kind: 'paragraph' }): void {
    const lines = block.spans.map((span) => ({ span, lead: readLead(plainInline(this.#source, [span]).text) }))
    if (lines.some(({ lead }) => lead === undefined || explainingLabels.test(lead.key))) return
    for (const { span } of lines) {
      const to = Math.min(span.to + 1, this.#source.length)
      const from = this.#source.lastIndexOf('\n', span.from - 1) + 1
      this.#emit(new ItemDraft(this.#source, this.#place('pair', { from, to })).addPart([span]))
    }
  }
}

/** The lines without the `User Story:` in front. */
function withoutLabel(spans: readonly Span[], raw: string): readonly Span[] {
  const [first, ...rest] = spans
  const label = storyLabel.exec(raw)?.[0].length ?? 0
  if (first === undefined || label >= first.to - first.from) return rest
  return [{ from: first.from + label, to: first.to }, ...rest]
}
