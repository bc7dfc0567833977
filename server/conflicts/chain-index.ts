// Finds the chains of three and more that an item is a part of, by what steps start from and lead to.

import { conceptKeys } from './language/lexicon.ts'
import type { Term } from './language/clause.ts'
import { Postings } from './postings.ts'
import { isForbidden, leadsTo, startsUnder, stepsOf, type Step } from './rules/chain.ts'
import type { Subject } from './subject.ts'

/** Items whose statements clash together: steps, each of which leads to the next, and what forbids the last where the first starts. */
export interface Chain {
  readonly ban: Step
  readonly steps: readonly Step[]
}

/** Steps of a chain at most: more is no longer seen by who reads it. */
const maxLength = 4

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

  /** The chains that end in what the ban forbids; yields `undefined` now and then. */
  private *chainsUnder(ban: Step): Generator<Chain | undefined> {
    for (const last of this.stepsUnder(this.outcomes, ban.outcome)) {
      yield undefined
      if (last.subject !== ban.subject && isForbidden(ban, last)) yield* this.pathsTo(ban, [last])
    }
  }

  /** Goes back from the first step of `path` until one starts where the ban holds. */
  private *pathsTo(ban: Step, path: readonly Step[]): Generator<Chain | undefined> {
    const [next] = path
    if (next === undefined) return
    for (const step of this.stepsUnder(this.outcomes, next.premise)) {
      yield undefined
      if (step.subject === ban.subject || path.some((other) => other.subject === step.subject)) continue
      if (!leadsTo(step, next, path.length > 1)) continue
      const longer = [step, ...path]
      if (startsUnder(ban, step)) yield { ban, steps: longer }
      else if (longer.length < maxLength) yield* this.pathsTo(ban, longer)
    }
  }

  /** The bans that a step leads to, through at most `left` others. */
  private *bansBehind(step: Step, left: number, found: Set<Step>): Generator<undefined> {
    for (const ban of this.stepsUnder(this.bans, step.outcome)) if (isForbidden(ban, step)) found.add(ban)
    if (left === 0) return
    for (const next of this.stepsUnder(this.premises, step.outcome)) {
      yield undefined
      if (next.subject !== step.subject && leadsTo(step, next, false)) yield* this.bansBehind(next, left - 1, found)
    }
  }

  /** The chains that the item is a part of; yields `undefined` now and then, so that a caller can pause. */
  *chainsOf(id: string): Generator<Chain | undefined> {
    yield* this.chainsFromBans(id)
    const bans = new Set<Step>()
    for (const step of this.filed.get(id)?.steps ?? []) if (!step.clause.isNegated) yield* this.bansBehind(step, maxLength - 1, bans)
    for (const ban of bans) {
      for (const chain of this.chainsUnder(ban)) yield chain?.steps.some((step) => step.subject.item.id === id) === true ? chain : undefined
    }
  }

  /** Those of the item's chains in which it is what forbids. */
  *chainsFromBans(id: string): Generator<Chain | undefined> {
    for (const step of this.filed.get(id)?.steps ?? []) if (step.clause.isNegated) yield* this.chainsUnder(step)
  }
}
