// Finds the chains of three that an item is a part of, by what steps start from and lead to.

import { conceptKeys } from './language/lexicon.ts'
import type { Term } from './language/clause.ts'
import { Postings } from './postings.ts'
import { isChain, isForbidden, leadsTo, stepsOf, type Step } from './rules/chain.ts'
import type { Subject } from './subject.ts'

/** Three items whose statements clash together. */
export interface Chain {
  readonly ban: Step
  readonly first: Step
  readonly second: Step
}

const leastWeight = 0.15
/** Items that a step is laid beside at most, so that a word which thousands hold costs no more than a rare one. */
const maxSteps = 200
const keysOf = (terms: readonly Term[]): string[] =>
  terms.filter((term) => term.weight >= leastWeight).flatMap((term) => conceptKeys(term.lemma))

interface Filed {
  readonly steps: readonly Step[]
  readonly premises: readonly string[]
  readonly outcomes: readonly string[]
  readonly bans: readonly string[]
}

function file(subject: Subject): Filed {
  const steps = stepsOf(subject)
  return {
    steps,
    premises: steps.flatMap((step) => keysOf(step.premise)),
    outcomes: steps.filter((step) => !step.clause.isNegated).flatMap((step) => keysOf(step.outcome)),
    bans: steps.filter((step) => step.clause.isNegated).flatMap((step) => keysOf(step.outcome)),
  }
}

/** The steps of all items, filed so that the neighbours of a step are found without looking at all. */
export class ChainIndex {
  private readonly filed = new Map<string, Filed>()
  private readonly premises = new Postings()
  private readonly outcomes = new Postings()
  private readonly bans = new Postings()

  /** Files an item. */
  add(subject: Subject): void {
    const filed = file(subject)
    const { id } = subject.item
    this.filed.set(id, filed)
    this.premises.add(id, filed.premises)
    this.outcomes.add(id, filed.outcomes)
    this.bans.add(id, filed.bans)
  }

  /** Takes an item out. */
  remove(id: string): void {
    const filed = this.filed.get(id)
    if (filed === undefined) return
    this.premises.remove(id, filed.premises)
    this.outcomes.remove(id, filed.outcomes)
    this.bans.remove(id, filed.bans)
    this.filed.delete(id)
  }

  private stepsUnder(postings: Postings, terms: readonly Term[]): Step[] {
    return [...postings.under(keysOf(terms), maxSteps)].flatMap((id) => this.filed.get(id)?.steps ?? [])
  }

  /** What comes before and after a step that is no ban, as pairs of first and second. */
  private *linksOf(step: Step): Generator<readonly [Step, Step] | undefined> {
    for (const second of this.stepsUnder(this.premises, step.outcome)) yield leadsTo(step, second) ? [step, second] : undefined
    for (const first of this.stepsUnder(this.outcomes, step.premise)) yield leadsTo(first, step) ? [first, step] : undefined
  }

  private *chainsUnder(ban: Step): Generator<Chain | undefined> {
    for (const second of this.stepsUnder(this.outcomes, ban.outcome)) {
      yield undefined
      if (second.subject === ban.subject || !isForbidden(ban, second)) continue
      for (const first of this.stepsUnder(this.outcomes, second.premise)) yield this.chain(ban, first, second)
    }
  }

  private *chainsThrough(step: Step): Generator<Chain | undefined> {
    for (const link of this.linksOf(step)) {
      yield undefined
      if (link === undefined) continue
      for (const ban of this.stepsUnder(this.bans, link[1].outcome)) yield this.chain(ban, link[0], link[1])
    }
  }

  /** The chains that the item is a part of; yields `undefined` now and then, so that a caller can pause. */
  *chainsOf(id: string): Generator<Chain | undefined> {
    for (const step of this.filed.get(id)?.steps ?? []) yield* step.clause.isNegated ? this.chainsUnder(step) : this.chainsThrough(step)
  }

  /** Those of the item's chains in which it is what forbids. */
  *chainsFromBans(id: string): Generator<Chain | undefined> {
    for (const step of this.filed.get(id)?.steps ?? []) if (step.clause.isNegated) yield* this.chainsUnder(step)
  }

  private chain(ban: Step, first: Step, second: Step): Chain | undefined {
    const items = new Set([ban.subject.item.id, first.subject.item.id, second.subject.item.id])
    return items.size === 3 && isChain(ban, first, second) ? { ban, first, second } : undefined
  }
}
