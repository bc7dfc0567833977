// What is to be had against what it takes: money against cost, people and time against work.

import type { Clash } from '../finding.ts'
import type { Clause } from '../language/clause.ts'
import type { Quantity } from '../language/quantities.ts'

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** What is asked of an item here. */
interface Labelled {
  readonly clauses: readonly Clause[]
  readonly labels: readonly string[]
}

/** A resource: how one item says how much there is of it, and another how much is needed. */
interface Resource {
  readonly label: string
  readonly isOf: (quantity: Quantity) => boolean
  readonly isSupply: (clause: Clause) => boolean
  readonly isDemand: (clause: Clause) => boolean
  readonly why: string
}

const says = (clause: Clause, words: ReadonlySet<string>): boolean => clause.terms.some((term) => words.has(term.lemma))
const does = (clause: Clause, words: ReadonlySet<string>): boolean => words.has(clause.verb?.lemma ?? '')

const budgets = set('budget funding allowance')
const costs = set('cost price expense fee spend spending licence license subscription hosting')
const workers = set(
  'developer engineer tester designer programmer person people employee worker member specialist consultant operator nurse clerk full-time-equivalent fte',
)
const teams = set('team crew staff workforce squad department')
const needing = set('need require take demand call last')
const work = set(
  'work project plan effort development implementation migration rollout programme task scope construction testing maintenance',
)
const finishing = set('finish complete deliver release launch end ship conclude')

const resources: readonly Resource[] = [
  {
    label: 'money',
    isOf: (quantity) => quantity.dimension.startsWith('money'),
    isSupply: (clause) => says(clause, budgets),
    isDemand: (clause) => says(clause, costs) && !says(clause, budgets),
    why: 'One item costs more than the whole budget.',
  },
  {
    label: 'people',
    isOf: (quantity) => quantity.dimension === 'count' && quantity.nouns.some((noun) => workers.has(noun)),
    isSupply: (clause) => says(clause, teams) && !does(clause, needing),
    isDemand: (clause) => does(clause, needing) && says(clause, work),
    why: 'One item needs more people than there are.',
  },
  {
    label: 'time',
    isOf: (quantity) => quantity.dimension === 'time',
    isSupply: (clause) => does(clause, finishing) && says(clause, work) && clause.quantities.some(isSpan),
    isDemand: (clause) => does(clause, needing) && says(clause, work),
    why: 'One item takes longer than there is time.',
  },
]

/** "Within 3 months", "in 3 months": so much time there is. */
function isSpan(quantity: Quantity): boolean {
  return quantity.bound === 'most' || quantity.bound === 'below' || quantity.preposition === 'in' || quantity.preposition === 'within'
}

const isWithSupply = (resource: Resource, clause: Clause): boolean => resource.isSupply(clause) && clause.quantities.some(resource.isOf)
const isWithDemand = (resource: Resource, clause: Clause): boolean => resource.isDemand(clause) && clause.quantities.some(resource.isOf)

/** Labels under which what there is and what is needed meet, for they share no word. */
export function capacityLabels(clauses: readonly Clause[]): string[] {
  return resources
    .filter((resource) => clauses.some((clause) => isWithSupply(resource, clause) || isWithDemand(resource, clause)))
    .map((resource) => `capacity:${resource.label}`)
}

interface Excess {
  readonly limit: Quantity
  readonly need: Quantity
}

function excessOf(resource: Resource, supply: Clause, demand: Clause): Excess | undefined {
  if (
    !isWithSupply(resource, supply) ||
    !isWithDemand(resource, demand) ||
    supply.frequency?.periodSeconds !== demand.frequency?.periodSeconds
  )
    return undefined
  for (const limit of supply.quantities.filter(resource.isOf)) {
    const need = demand.quantities.find(
      (other) =>
        resource.isOf(other) &&
        other.dimension === limit.dimension &&
        Number.isFinite(other.low) &&
        Number.isFinite(limit.high) &&
        other.low > limit.high,
    )
    if (need !== undefined) return { limit, need }
  }
  return undefined
}

const spanOf = ({ from, to }: Quantity): { from: number; to: number }[] => [{ from, to }]

function clashOf(resource: Resource, { limit, need }: Excess, isSupplyFirst: boolean): Clash {
  return {
    rule: 'capacity',
    kind: 'contradiction',
    domain: resource.label === 'time' ? 'timeline' : 'resource',
    severity: 'high',
    wordsA: spanOf(isSupplyFirst ? limit : need),
    wordsB: spanOf(isSupplyFirst ? need : limit),
    why: resource.why,
    slots: [`${limit.high}`, `${need.low}`],
  }
}

/** A clash when what one item takes is more than all that another has. */
export function checkCapacity(a: Labelled, b: Labelled): Clash | undefined {
  if (!a.labels.some((label) => label.startsWith('capacity:') && b.labels.includes(label))) return undefined
  for (const resource of resources) {
    for (const clauseA of a.clauses) {
      for (const clauseB of b.clauses) {
        const first = excessOf(resource, clauseA, clauseB)
        if (first !== undefined) return clashOf(resource, first, true)
        const second = excessOf(resource, clauseB, clauseA)
        if (second !== undefined) return clashOf(resource, second, false)
      }
    }
  }
  return undefined
}
