// Which items share enough words with an item to be compared with it: counted word by word in posting lists, the most alike first.

import type { Subject } from './subject.ts'

/** Hardly a rule finds anything where less is shared. */
const leastShared = 0.3
/** Items that one is compared with at most. Where more share enough words, those that share most are the ones that can clash with it. */
const maxNeighbours = 100
/** A word that more items hold says nothing of which of them are alike, unless there is no other word. */
const maxListed = 2_000
/** How many entries are counted before others may go. */
const entriesAStep = 2_000
const bitsAMask = 32

/** The items that hold a word, which word of theirs it is, and how much that one tells; three arrays of one length. */
interface Listing {
  readonly numbers: number[]
  readonly ordinals: number[]
  readonly weights: number[]
}

/** What is counted of the items that share a word with the one that is asked for, by number; zero for all others. */
class Tally {
  own = new Float64Array(64)
  other = new Float64Array(64)
  private lastWord = new Uint32Array(64)
  private low = new Uint32Array(64)
  private high = new Uint32Array(64)
  private stamp = 0
  readonly touched: number[] = []

  reserve(size: number): void {
    if (size <= this.own.length) return
    const length = size * 2
    this.own = new Float64Array(length)
    this.other = new Float64Array(length)
    this.lastWord = new Uint32Array(length)
    this.low = new Uint32Array(length)
    this.high = new Uint32Array(length)
    this.stamp = 0
  }

  nextWord(): void {
    this.stamp += 1
  }

  /** Counts a word that both hold: once for the word of the one, once for that of the other. */
  count(number: number, weight: number, ordinal: number, otherWeight: number): void {
    if (this.own[number] === 0) this.touched.push(number)
    if (this.lastWord[number] !== this.stamp) {
      this.lastWord[number] = this.stamp
      this.own[number] = (this.own[number] ?? 0) + weight
    }
    const mask = ordinal < bitsAMask ? this.low : this.high
    const bit = 1 << (ordinal % bitsAMask)
    if (((mask[number] ?? 0) & bit) !== 0) return
    mask[number] = (mask[number] ?? 0) | bit
    this.other[number] = (this.other[number] ?? 0) + otherWeight
  }

  clear(): void {
    for (const number of this.touched) {
      this.own[number] = 0
      this.other[number] = 0
      this.low[number] = 0
      this.high[number] = 0
    }
    this.touched.length = 0
  }
}

/** Items by the words they hold. */
export class NeighbourIndex {
  private readonly numbers = new Map<string, number>()
  private readonly subjects: (Subject | undefined)[] = []
  private readonly free: number[] = []
  private readonly listings = new Map<number, Listing>()
  private readonly labelled = new Map<string, Set<Subject>>()
  private readonly tally = new Tally()

  /** From now on the item is found. */
  add(subject: Subject): void {
    const number = this.free.pop() ?? this.subjects.length
    this.subjects[number] = subject
    this.numbers.set(subject.item.id, number)
    for (const [ordinal, { weight, links }] of subject.words.entries()) {
      for (const link of links) {
        const listing = this.listings.get(link)
        if (listing === undefined) this.listings.set(link, { numbers: [number], ordinals: [ordinal], weights: [weight] })
        else {
          listing.numbers.push(number)
          listing.ordinals.push(ordinal)
          listing.weights.push(weight)
        }
      }
    }
    for (const label of subject.labels) {
      const list = this.labelled.get(label)
      if (list === undefined) this.labelled.set(label, new Set([subject]))
      else list.add(subject)
    }
  }

  /** Takes an item out; nothing happens when it is not in. */
  remove(id: string): void {
    const number = this.numbers.get(id)
    const subject = number === undefined ? undefined : this.subjects[number]
    if (number === undefined || subject === undefined) return
    for (const link of subject.links) this.unlist(link, number)
    for (const label of subject.labels) {
      const list = this.labelled.get(label)
      list?.delete(subject)
      if (list?.size === 0) this.labelled.delete(label)
    }
    this.numbers.delete(id)
    this.subjects[number] = undefined
    this.free.push(number)
  }

  private unlist(link: number, number: number): void {
    const listing = this.listings.get(link)
    if (listing === undefined) return
    const { numbers, ordinals, weights } = listing
    for (let at = numbers.indexOf(number); at !== -1; at = numbers.indexOf(number, at)) {
      const last = { number: numbers.pop() ?? 0, ordinal: ordinals.pop() ?? 0, weight: weights.pop() ?? 0 }
      if (at === numbers.length) break
      numbers[at] = last.number
      ordinals[at] = last.ordinal
      weights[at] = last.weight
    }
    if (numbers.length === 0) this.listings.delete(link)
  }

  /** The items worth comparing with the subject; yields now and then, so that a caller can pause. */
  *near(subject: Subject): Generator<undefined, Subject[]> {
    const found = new Set<Subject>()
    for (const label of subject.labels) {
      for (const other of this.labelled.get(label) ?? []) {
        if (found.size >= maxNeighbours) break
        found.add(other)
      }
    }
    yield* this.countShared(subject)
    for (const other of this.mostAlike(subject)) found.add(other)
    this.tally.clear()
    return [...found]
  }

  private *countShared(subject: Subject): Generator<undefined, void> {
    this.tally.reserve(this.subjects.length)
    const longest = this.longestRead(subject)
    let seen = 0
    for (const { weight, links } of subject.words) {
      this.tally.nextWord()
      for (const link of links) {
        const { numbers, ordinals, weights } = this.listings.get(link) ?? { numbers: [], ordinals: [], weights: [] }
        if (numbers.length > longest) continue
        for (let at = 0; at < numbers.length; at += 1) {
          this.tally.count(numbers[at] ?? 0, weight, ordinals[at] ?? 0, weights[at] ?? 0)
          seen += 1
          if (seen % entriesAStep === 0) yield undefined
        }
      }
    }
  }

  /** How long a list may be to be read; when all of the item's are longer, the shortest is. */
  private longestRead(subject: Subject): number {
    let shortest = Number.POSITIVE_INFINITY
    for (const link of subject.links) shortest = Math.min(shortest, this.listings.get(link)?.numbers.length ?? Number.POSITIVE_INFINITY)
    return Math.max(maxListed, Number.isFinite(shortest) ? shortest : 0)
  }

  private mostAlike(subject: Subject): Subject[] {
    const { own, other, touched } = this.tally
    const near: { subject: Subject; share: number }[] = []
    for (const number of touched) {
      const candidate = this.subjects[number]
      if (candidate === undefined) continue
      const told = Math.min(subject.leastTold, candidate.leastTold)
      const [shared, sharedBack] = [own[number] ?? 0, other[number] ?? 0]
      if (Math.max(shared, sharedBack) < leastShared * told) continue
      near.push({ subject: candidate, share: shared / subject.leastTold + sharedBack / candidate.leastTold })
    }
    if (near.length <= maxNeighbours) return near.map((one) => one.subject)
    const chosen = near.toSorted((x, y) => y.share - x.share || (x.subject.item.id < y.subject.item.id ? -1 : 1))
    return chosen.slice(0, maxNeighbours).map((one) => one.subject)
  }
}
