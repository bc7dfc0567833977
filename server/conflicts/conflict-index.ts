// All items of a spec, ready to be checked against each other: what changes is checked, the rest is remembered.

import { createHash } from 'node:crypto'
import { ChainIndex, type Chain } from './chain-index.ts'
import type { Clash, Finding, FindingItem, RuleName } from './finding.ts'
import { spansOf } from './frame.ts'
import { NeighbourIndex } from './neighbour-index.ts'
import { checkPair, type Setting } from './pair-check.ts'
import { chainReason } from './rules/chain.ts'
import { toSubject, type ConflictItem, type Subject } from './subject.ts'

/** Items that are new or whose text is another one, and ids of those that are gone. */
export interface ItemChanges {
  readonly changed: readonly ConflictItem[]
  readonly removed: readonly string[]
}

/** What is found now and was not before, and the other way round. */
export interface FindingChanges {
  readonly added: readonly Finding[]
  readonly removed: readonly Finding[]
}

function fingerprintOf(rule: RuleName, kind: string, ids: readonly string[], slots: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, kind, ids, slots]))
    .digest('base64url')
    .slice(0, 22)
}

function toFinding(clash: Clash, items: readonly FindingItem[]): Finding {
  const { rule, kind, domain, severity, why, slots } = clash
  return {
    fingerprint: fingerprintOf(
      rule,
      kind,
      items.map((item) => item.id),
      slots,
    ),
    rule,
    kind,
    domain,
    severity,
    items,
    why,
  }
}

function chainFinding({ ban, steps }: Chain): Finding {
  const parts = [ban, ...steps].map((step) => ({
    id: step.subject.item.id,
    words: step.clause.verb === undefined ? [] : spansOf([step.clause.verb]),
  }))
  const items = parts.toSorted((x, y) => (x.id < y.id ? -1 : 1))
  return toFinding(
    {
      rule: 'chain',
      kind: 'dependency',
      domain: 'requirement',
      severity: 'high',
      wordsA: [],
      wordsB: [],
      why: chainReason(ban, steps.at(-1) ?? ban),
      slots: [],
    },
    items,
  )
}

/** The items of one spec and all that is found among them. */
export class ConflictIndex {
  private readonly subjects = new Map<string, Subject>()
  private readonly words = new NeighbourIndex()
  private readonly chains = new ChainIndex()
  private readonly findings = new Map<string, Finding>()
  private readonly findingsOf = new Map<string, Set<string>>()
  private readonly setting: Setting

  /** An empty index; items of a `pair` are held to be two wordings of one requirement. */
  constructor(setting: Setting = 'spec') {
    this.setting = setting
  }

  /** How many items there are. */
  get size(): number {
    return this.subjects.size
  }

  /** All that is found among the items now. */
  all(): Finding[] {
    return [...this.findings.values()]
  }

  /** Takes the changes in and checks what changed against all the rest. */
  check(changes: ItemChanges): FindingChanges {
    const work = this.checkInSteps(changes)
    let step = work.next()
    while (step.done !== true) step = work.next()
    return step.value
  }

  /**
   * The same in steps of well under a millisecond each, so that a caller can let others go between two. The index must not be
   * asked for anything else until it is done.
   */
  *checkInSteps(changes: ItemChanges): Generator<undefined, FindingChanges> {
    const before = new Map<string, Finding>()
    const touched = new Set<string>()
    for (const id of [...changes.removed, ...changes.changed.map((item) => item.id)]) {
      for (const finding of this.takeOut(id)) before.set(finding.fingerprint, finding)
      yield undefined
    }
    for (const item of changes.changed) {
      this.takeIn(toSubject(item))
      touched.add(item.id)
      yield undefined
    }
    for (const id of touched) {
      yield* this.checkItem(id, touched.size === this.subjects.size)
      this.findable(id)
    }
    return this.difference(before, touched)
  }

  private difference(before: ReadonlyMap<string, Finding>, touched: ReadonlySet<string>): FindingChanges {
    const now = new Map<string, Finding>()
    for (const id of touched) {
      for (const fingerprint of this.findingsOf.get(id) ?? []) {
        const finding = this.findings.get(fingerprint)
        if (finding !== undefined) now.set(fingerprint, finding)
      }
    }
    return {
      added: [...now.values()].filter((finding) => !before.has(finding.fingerprint)),
      removed: [...before.values()].filter((finding) => !now.has(finding.fingerprint)),
    }
  }

  private takeIn(subject: Subject): void {
    const { id } = subject.item
    this.subjects.set(id, subject)
    this.chains.add(subject)
  }

  /** From now on the items that are checked find it: each pair is looked at once. */
  private findable(id: string): void {
    const subject = this.subjects.get(id)
    if (subject !== undefined) this.words.add(subject)
  }

  private takeOut(id: string): Finding[] {
    const subject = this.subjects.get(id)
    if (subject === undefined) return []
    this.subjects.delete(id)
    this.words.remove(id)
    this.chains.remove(id)
    const gone = [...(this.findingsOf.get(id) ?? [])].flatMap((fingerprint) => this.findings.get(fingerprint) ?? [])
    for (const finding of gone) this.drop(finding)
    this.findingsOf.delete(id)
    return gone
  }

  private drop(finding: Finding): void {
    this.findings.delete(finding.fingerprint)
    for (const { id } of finding.items) this.findingsOf.get(id)?.delete(finding.fingerprint)
  }

  private keep(finding: Finding): void {
    this.findings.set(finding.fingerprint, finding)
    for (const { id } of finding.items) {
      const list = this.findingsOf.get(id) ?? new Set()
      list.add(finding.fingerprint)
      this.findingsOf.set(id, list)
    }
  }

  /** Checks an item against all that can be found so far. */
  private *checkItem(id: string, isWhole: boolean): Generator<undefined, void> {
    const subject = this.subjects.get(id)
    if (subject === undefined) return
    for (const other of yield* this.words.near(subject)) {
      const [a, b] = id < other.item.id ? [subject, other] : [other, subject]
      const clash = checkPair(a, b, this.setting)
      if (clash !== undefined)
        this.keep(
          toFinding(clash, [
            { id: a.item.id, words: clash.wordsA },
            { id: b.item.id, words: clash.wordsB },
          ]),
        )
      yield undefined
    }
    // Each chain has one ban: when all is checked, it is found from there.
    for (const chain of isWhole ? this.chains.chainsFromBans(id) : this.chains.chainsOf(id)) {
      if (chain !== undefined && !this.clashesInPart(chain)) this.keep(chainFinding(chain))
      yield undefined
    }
  }

  /** Whether two of them clash already: then the others have no part in it. */
  private clashesInPart({ ban, steps }: Chain): boolean {
    const subjects = [ban, ...steps].map((step) => step.subject).toSorted((x, y) => (x.item.id < y.item.id ? -1 : 1))
    return subjects.some((a, at) =>
      subjects.slice(at + 1).some((b) => {
        const clash = checkPair(a, b, this.setting)
        return clash !== undefined && clash.kind !== 'redundancy'
      }),
    )
  }
}
