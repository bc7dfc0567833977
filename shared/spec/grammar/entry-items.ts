// Which list items of one entry are items of their own, which are details of another, and which only name what is nested in them.

import { plainInline } from '../markdown/plain-inline.ts'
import type { EntryNode } from '../markdown/list-entry.ts'
import type { LeftOut } from '../spec-item.ts'
import type { Span } from '../span.ts'
import { leadingId } from './external-id.ts'
import { ItemDraft, type DraftPlace } from './item-draft.ts'
import { breaksOff, isOpenClause, isTitle, standsAlone, stepOf } from './statement-text.ts'
import { explainingLabels } from './words.ts'

/** What became of an entry: drafts in the order of the text, and nodes at its top that go on with the item before it. */
export interface EntryReading {
  readonly drafts: readonly ItemDraft[]
  readonly leftOut: readonly LeftOut[]
}

/** What an entry's place says of it. */
export interface EntryPlace {
  readonly place: Omit<DraftPlace, 'kind' | 'lines' | 'checked'>
  /** A clause to which the list gives the verb or the object; it goes in front of each item. */
  readonly openClause: string | null
  /** The item before the list, which takes what has no obligation of its own. */
  readonly owner: ItemDraft | null
  readonly isExplaining: boolean
}

type Scope =
  | { readonly type: 'item' | 'detail'; readonly depth: number; readonly words: string; readonly draft: ItemDraft }
  | {
      readonly type: 'title'
      readonly depth: number
      readonly words: string
      readonly place: EntryPlace['place']
      readonly openClause: string | null
    }
  | { readonly type: 'explanation'; readonly depth: number }

const linkPattern = /!?\[[^[\]\n]*\]\([^()\n]{0,500}\)|!?\[[^[\]\n]*\]\[[^[\]\n]*\]|<[a-z]+:[^<>\s]*>|https?:\/\/[^\s<]+/gi

/** Whether the source is links and nothing else. */
const isLinksOnly = (source: string): boolean =>
  source.length < 2_000 && (source.includes('](') || source.includes('://')) && !/[\p{L}\p{N}]/u.test(source.replace(linkPattern, ''))

/** Reads the nodes of one entry of `source`. */
export function readEntryItems(source: string, nodes: readonly EntryNode[], entry: EntryPlace): EntryReading {
  const drafts: ItemDraft[] = []
  const leftOut: LeftOut[] = []
  const scopes: Scope[] = []
  for (const [index, node] of nodes.entries()) {
    while ((scopes.at(-1)?.depth ?? -1) >= node.depth) scopes.pop()
    const hasNested = (nodes[index + 1]?.depth ?? 0) > node.depth
    const scope = readNode(source, node, {
      entry,
      above: scopes.at(-1),
      hasNested,
      linesTo: hasNested ? (nodes[index + 1]?.from ?? node.to) : node.to,
    })
    if ('reason' in scope) {
      leftOut.push({ from: node.from, to: node.to, reason: scope.reason })
      scopes.push({ type: 'explanation', depth: node.depth })
      continue
    }
    if (scope.type === 'explanation') leftOut.push({ from: node.from, to: node.to, reason: 'example' })
    if (scope.type === 'item') drafts.push(scope.draft)
    scopes.push(scope)
  }
  return { drafts, leftOut: outermost(leftOut) }
}

interface NodePlace {
  readonly entry: EntryPlace
  readonly above: Scope | undefined
  readonly hasNested: boolean
  readonly linesTo: number
}

function readNode(source: string, node: EntryNode, at: NodePlace): Scope | { readonly reason: LeftOut['reason'] } {
  const first = node.paragraphs[0] ?? []
  const words = plainInline(source, first).text
  const raw = source.slice(first[0]?.from ?? node.from, first[0]?.to ?? node.from)
  const { above, entry } = at
  if (above?.type === 'explanation') return { type: 'explanation', depth: node.depth }
  const owner = above?.type === 'item' || above?.type === 'detail' ? above.draft : above === undefined ? entry.owner : null
  const isBrokenOff = above === undefined ? owner?.isBrokenOff === true : breaksOff(above.words)
  // What stands below a step belongs to the scenario, whatever it demands.
  if (owner !== null && (owner.place.kind === 'scenario' ? leadingId(words) === undefined : isDetail(raw, words, isBrokenOff))) {
    for (const paragraph of node.paragraphs) owner.addDetail(paragraph, at.linesTo)
    return { type: 'detail', depth: node.depth, words, draft: owner }
  }
  if (words === '' && !at.hasNested) return { reason: 'empty' }
  if (isLinksOnly(source.slice(first[0]?.from ?? node.from, first.at(-1)?.to ?? node.from))) return { reason: 'links' }
  const label = words.replace(/:$/, '')
  const isLabel = explainingLabels.test(label)
  if ((isLabel && (at.hasNested || words.endsWith(':'))) || (entry.isExplaining && !standsAlone(words, false)))
    return { type: 'explanation', depth: node.depth }
  const place = above?.type === 'title' ? above.place : entry.place
  if (at.hasNested && (words === '' || isTitle(words) || isOpenClause(words))) {
    const headings = words === '' ? place.headings : [...place.headings, label.slice(0, 200)]
    return { type: 'title', depth: node.depth, words, place: { ...place, headings }, openClause: isOpenClause(words) ? words : null }
  }
  const openClause = above?.type === 'title' ? above.openClause : entry.openClause
  return { type: 'item', depth: node.depth, words, draft: startDraft(source, node, { place, openClause, words, linesTo: at.linesTo }) }
}

function isDetail(raw: string, words: string, isBehindBreak: boolean): boolean {
  if (leadingId(words) !== undefined) return false
  return stepOf(raw, words) !== undefined || !standsAlone(words, isBehindBreak)
}

interface ItemStart {
  readonly place: EntryPlace['place']
  readonly openClause: string | null
  readonly words: string
  readonly linesTo: number
}

function startDraft(source: string, node: EntryNode, { place, openClause, words, linesTo }: ItemStart): ItemDraft {
  const draft = new ItemDraft(source, { ...place, kind: 'bullet', checked: node.checked, lines: { from: node.from, to: linesTo } })
  const start = node.paragraphs[0]?.[0]?.from ?? node.from
  if (openClause !== null && !standsAlone(words, true)) draft.addContext(openClause.replace(/\s*:$/, ''), start)
  for (const paragraph of node.paragraphs) draft.addPart(paragraph)
  return draft
}

/** Without those that lie within another. */
function outermost(spans: readonly LeftOut[]): LeftOut[] {
  let end = -1
  return spans.filter((span: Span) => {
    if (span.to <= end) return false
    end = span.to
    return true
  })
}
