// Which item is which, when some that were known are not where they were and others have appeared: pure, by words and by place.

import type { Span } from '../../shared/spec/span.ts'
import { words, wordSimilarity } from './word-similarity.ts'

/** A known item that stands nowhere at the moment, with one text that it had; it may be given several times, with another each. */
export interface LostItem {
  readonly id: string
  readonly text: string
  readonly externalId: string | null
  readonly category: string
  /** What is left of its lines in the text as it is now, ending before it starts where all was replaced; null when nobody knows. */
  readonly trace: Span | null
  /** Whether it was superseded before: it comes back only by (nearly) the same words. */
  readonly isGone: boolean
  /** Whether it said so earlier: that counts only word for word. */
  readonly isFormer: boolean
}

/** An item of the text that is not known. */
export interface FreshItem {
  readonly text: string
  readonly externalId: string | null
  readonly category: string
  readonly lines: Span
}

/** What was found, by index; whom it does not name is new, or gone. */
export interface Matches {
  /** From a fresh item to the lost one that it is. */
  readonly pairs: ReadonlyMap<number, number>
  /** From a lost item that is gone to the fresh one that stands in its place. */
  readonly successors: ReadonlyMap<number, number>
}

/** So alike that one is the other, changed a little. */
const alikeAnywhere = 0.55
/** The same where it stands in the other's place. */
const alikeInPlace = 0.4
/** For what was gone: a new line may well begin like an old one. */
const alikeComeBack = 0.8

/** A word that so many lost items have in common tells none of them apart. */
const maxSharers = 40
const itemsInStep = 20

/**
 * Same words first, wherever they are: what was cut and pasted, undone, moved. Then the same external id; then what stands in the
 * place of a lost one and resembles it; then what resembles it elsewhere; then whatever stands in its place. In steps; near-linear time.
 */
export function* matchItems(lost: readonly LostItem[], fresh: readonly FreshItem[]): Generator<void, Matches> {
  const matching = new Matching(lost, fresh)
  yield* matching.bySameWords()
  matching.byExternalId()
  yield
  const places = yield* matching.sharedPlaces()
  yield* matching.byPlace(places, true)
  yield* matching.byLikeness()
  yield* matching.byPlace(places, false)
  return { pairs: matching.pairs, successors: matching.successors(places) }
}

/** A lost and a fresh item that share some of the text. */
interface SharedPlace {
  readonly lost: number
  readonly fresh: number
  readonly weight: number
}

class Matching {
  readonly pairs = new Map<number, number>()
  readonly #lost: readonly LostItem[]
  readonly #fresh: readonly FreshItem[]
  /** By id: an item may be lost under several texts. */
  readonly #found = new Set<string>()

  constructor(lost: readonly LostItem[], fresh: readonly FreshItem[]) {
    this.#lost = lost
    this.#fresh = fresh
  }

  *bySameWords(): Generator<void> {
    const byText = groupBy(this.#lost, ({ text }) => text)
    yield
    const groups = groupBy(this.#fresh, ({ text }) => text)
    let count = 0
    for (const [text, fresh] of groups) {
      if (++count % itemsInStep === 0) yield
      const lost = byText.get(text)
      if (lost === undefined) continue
      // Of several that say the same: the one that stands there, else one of the same category, else in their order.
      if (lost.length * fresh.length <= 400) {
        this.#pairWhere(lost, fresh, (one, other) => !one.isGone && overlapOf(one.trace, other.lines) > 0)
        this.#pairWhere(lost, fresh, (one, other) => !one.isGone && one.category === other.category)
        this.#pairWhere(lost, fresh, (one) => !one.isGone)
      }
      this.#pairInOrder(lost, fresh)
    }
  }

  byExternalId(): void {
    const byId = groupBy(this.#lost, ({ externalId }) => externalId)
    for (const [externalId, fresh] of groupBy(this.#fresh, (item) => item.externalId)) {
      const [found, ...others] = (byId.get(externalId) ?? []).filter(
        (index) => !this.#isFound(index) && this.#lost[index]?.isGone === false,
      )
      const [one, ...more] = fresh.filter((index) => !this.pairs.has(index))
      if (externalId !== null && found !== undefined && one !== undefined && others.length + more.length === 0) this.#pair(found, one)
    }
  }

  /** Heaviest first. */
  *sharedPlaces(): Generator<void, SharedPlace[]> {
    const fresh = this.#fresh.map((_, index) => index).filter((index) => !this.pairs.has(index))
    fresh.sort((one, other) => this.#from(one) - this.#from(other))
    const places: SharedPlace[] = []
    for (const [index, { trace }] of this.#lost.entries()) {
      if (index % itemsInStep === 0) yield
      if (trace === null || this.#isFound(index)) continue
      const first = Math.min(trace.from, trace.to)
      for (let place = firstEndingBehind(fresh, first, (one) => this.#fresh[one]?.lines.to ?? 0); place < fresh.length; place++) {
        const candidate = fresh[place]
        const item = candidate === undefined ? undefined : this.#fresh[candidate]
        if (candidate === undefined || item === undefined || item.lines.from > Math.max(trace.from, trace.to)) break
        const weight = weightOf(trace, item.lines)
        if (weight > 0 || isInPlaceOf(item.lines, trace)) places.push({ lost: index, fresh: candidate, weight })
      }
    }
    return places.toSorted((one, other) => other.weight - one.weight)
  }

  *byPlace(places: readonly SharedPlace[], hasToResemble: boolean): Generator<void> {
    let count = 0
    for (const { lost, fresh, weight } of places) {
      if (weight === 0 || this.#isFound(lost) || this.pairs.has(fresh)) continue
      if (++count % itemsInStep === 0) yield
      if (!hasToResemble || this.#resembles(lost, fresh, alikeInPlace)) this.#pair(lost, fresh)
    }
  }

  *byLikeness(): Generator<void> {
    const fresh = this.#fresh.map((_, index) => index).filter((index) => !this.pairs.has(index))
    if (fresh.length === 0) return
    const sharers = new Map<string, number[]>()
    for (const [index, { text, isFormer }] of this.#lost.entries()) {
      if (index % itemsInStep === 0) yield
      if (!isFormer && !this.#isFound(index))
        for (const word of new Set(words(text))) sharers.set(word, [...(sharers.get(word) ?? []), index].slice(0, maxSharers + 1))
    }
    const candidates: { lost: number; fresh: number; alike: number }[] = []
    for (const [place, index] of fresh.entries()) {
      if (place % itemsInStep === 0) yield
      for (const lost of this.#sharing(index, sharers)) {
        const alike = this.#alike(lost, index)
        if (alike >= (this.#lost[lost]?.isGone === true ? alikeComeBack : alikeAnywhere)) candidates.push({ lost, fresh: index, alike })
      }
    }
    for (const { lost, fresh: index } of candidates.toSorted((one, other) => other.alike - one.alike)) {
      if (!this.#isFound(lost) && !this.pairs.has(index)) this.#pair(lost, index)
    }
  }

  /** Where one is gone, what its lines became part of. */
  successors(places: readonly SharedPlace[]): Map<number, number> {
    const successors = new Map<number, number>()
    for (const { lost, fresh } of places) if (!this.#isFound(lost) && !successors.has(lost)) successors.set(lost, fresh)
    return successors
  }

  *#sharing(fresh: number, sharers: ReadonlyMap<string, readonly number[]>): Generator<number> {
    const seen = new Set<number>()
    for (const word of new Set(words(this.#fresh[fresh]?.text ?? ''))) {
      const list = sharers.get(word) ?? []
      if (list.length > maxSharers) continue
      for (const lost of list) {
        if (seen.has(lost)) continue
        seen.add(lost)
        yield lost
      }
    }
  }

  #resembles(lost: number, fresh: number, least: number): boolean {
    return this.#alike(lost, fresh) >= least
  }

  #alike(lost: number, fresh: number): number {
    return wordSimilarity(this.#lost[lost]?.text ?? '', this.#fresh[fresh]?.text ?? '')
  }

  #from(fresh: number): number {
    return this.#fresh[fresh]?.lines.from ?? 0
  }

  #pairWhere(lost: readonly number[], fresh: readonly number[], suits: (one: LostItem, other: FreshItem) => boolean): void {
    for (const index of fresh) {
      const item = this.#fresh[index]
      if (item === undefined || this.pairs.has(index)) continue
      const found = lost.find((candidate) => {
        const one = this.#lost[candidate]
        return one !== undefined && !this.#isFound(candidate) && suits(one, item)
      })
      if (found !== undefined) this.#pair(found, index)
    }
  }

  #pairInOrder(lost: readonly number[], fresh: readonly number[]): void {
    const open = fresh.filter((index) => !this.pairs.has(index)).values()
    for (const index of lost) {
      if (this.#isFound(index)) continue
      const next = open.next()
      if (next.done === true) return
      this.#pair(index, next.value)
    }
  }

  #isFound(lost: number): boolean {
    return this.#found.has(this.#lost[lost]?.id ?? '')
  }

  #pair(lost: number, fresh: number): void {
    this.#found.add(this.#lost[lost]?.id ?? '')
    this.pairs.set(fresh, lost)
  }
}

function groupBy<T, Key>(list: readonly T[], keyOf: (one: T) => Key): Map<Key, number[]> {
  const groups = new Map<Key, number[]>()
  for (const [index, one] of list.entries()) {
    const group = groups.get(keyOf(one))
    if (group) group.push(index)
    else groups.set(keyOf(one), [index])
  }
  return groups
}

/** Units that two spans share; none when one is not known. */
function overlapOf(trace: Span | null, lines: Span): number {
  return trace === null ? 0 : Math.max(0, Math.min(trace.to, lines.to) - Math.max(trace.from, lines.from))
}

/** The first part of what was cut in two, and the first of two that were joined, count double: who starts an item is its anchor. */
function weightOf(trace: Span, lines: Span): number {
  const isHead = lines.from >= trace.from && lines.from < trace.to && trace.from >= lines.from
  return overlapOf(trace, lines) * (isHead ? 2 : 1)
}

/** Whether lines stand where nothing is left of others: around that place, or in what was put there instead (then the trace ends before it starts). */
function isInPlaceOf(lines: Span, trace: Span): boolean {
  if (trace.from > trace.to) return lines.from >= trace.to && lines.to <= trace.from
  return lines.from < trace.from && trace.to < lines.to
}

/** The place of the first in an ascending list that ends behind `from`. */
function firstEndingBehind(list: readonly number[], from: number, endOf: (one: number) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const one = list[middle]
    if (one !== undefined && endOf(one) < from) low = middle + 1
    else high = middle
  }
  return low
}
