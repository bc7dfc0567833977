// How a statement of an answer stands to the spec: whether it is in there already, and which item it makes obsolete.

import { categoryName } from '../../shared/domain/categories.ts'
import { formatItem } from '../../shared/spec/format-items.ts'
import { parseSpec } from '../../shared/spec/parse-spec.ts'
import type { Finding } from '../conflicts/finding.ts'
import type { ConflictItem } from '../conflicts/subject.ts'
import { inSlices } from '../items/in-slices.ts'
import { topicOf } from './question-frame.ts'
import type { Stated } from './read-answer.ts'

export interface StatedRelation {
  /** The key that it has as an item. */
  readonly key: string | null
  readonly isKnown: boolean
  /** The id of the item that cannot hold beside it. */
  readonly replaces: string | null
}

/** Of a long spec only the items are looked at that share most words with the statement. */
const maxNeighbours = 60
const probeId = 'stated'
const severities = ['low', 'medium', 'high', 'critical'] as const

/** Asks the rules what an item cannot hold beside. */
export type ClashFinder = (item: ConflictItem, others: readonly ConflictItem[]) => Promise<readonly Finding[]>

/** Looks it up among the items. */
export async function relationOf(
  stated: Pick<Stated, 'category' | 'text'>,
  items: readonly ConflictItem[],
  clashesOf: ClashFinder,
): Promise<StatedRelation> {
  const probe = asItem(stated)
  if (probe === null) return { key: null, isKnown: false, replaces: null }
  const { key, category } = probe
  if (items.some(({ text }) => plain(text) === plain(probe.text))) return { key, isKnown: true, replaces: null }
  const sameKey = items.find((item) => item.bodyFrom > 0 && probe.bodyFrom > 0 && item.key === key && item.category === category)
  if (sameKey) return { key, isKnown: false, replaces: sameKey.id }
  const findings = await clashesOf(probe, await inSlices(neighbours(probe, items)))
  if (findings.some(({ rule }) => rule === 'duplicate')) return { key, isKnown: true, replaces: null }
  const clashes = findings.filter(({ kind, items: both }) => kind !== 'redundancy' && both.length === 2)
  const sorted = clashes.toSorted((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity))
  const others = sorted.flatMap(({ items: both }) => items.find(({ id }) => both.some((side) => side.id === id)) ?? [])
  // Two values under two names are two things, whatever else they share.
  const isOtherwiseNamed = (item: ConflictItem) => item.bodyFrom > 0 && probe.bodyFrom > 0 && item.key !== key
  return { key, isKnown: false, replaces: others.find((item) => !isOtherwiseNamed(item))?.id ?? null }
}

/** The statement as the item that it would be; null when the grammar sees none in it. */
function asItem({ category, text }: Pick<Stated, 'category' | 'text'>): ConflictItem | null {
  const [item] = parseSpec(`## ${categoryName(category)}\n\n${formatItem({ category, text })}\n`).items
  if (item === undefined) return null
  return { id: probeId, text: item.text, bodyFrom: item.bodyFrom, key: item.key, category: item.category, headings: item.headings }
}

function* neighbours(probe: ConflictItem, items: readonly ConflictItem[]): Generator<void, ConflictItem[]> {
  const topic = topicOf(probe.text)
  const found: { item: ConflictItem; shared: number }[] = []
  for (const item of items) {
    const shared = [...topicOf(item.text)].filter((word) => topic.has(word)).length
    if (shared > 0) found.push({ item, shared })
    yield
  }
  return found
    .toSorted((one, other) => other.shared - one.shared)
    .slice(0, maxNeighbours)
    .map(({ item }) => item)
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
