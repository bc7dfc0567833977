// What is to be had against what it takes: money against cost, people and time against work.

import type { Clash, Span } from '../finding.ts'
import { writtenQuantity, writtenWords } from '../frame.ts'
import type { Clause } from '../language/clause.ts'
import type { Quantity } from '../language/quantities.ts'
import { recurringTimes } from '../lexicons/units.ts'

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
  /** What is wrong, between what is needed and what there is. */
  readonly why: string
}

const says = (clause: Clause, words: ReadonlySet<string>): boolean => clause.terms.some((term) => words.has(term.lemma))
const does = (clause: Clause, words: ReadonlySet<string>): boolean => words.has(clause.verb?.lemma ?? '')

const budgets = set('budget funding allowance grant')
const costs = set('cost price expense fee spend spending licence license subscription hosting pay')
const workers = set(
  'developer engineer tester designer programmer person people employee worker member specialist consultant operator nurse clerk analyst administrator architect full-time-equivalent fte',
)
const teams = set('team crew staff workforce squad department')
const needing = set('need require take demand call last amount estimate')
const work = set(
  'work project plan effort development implementation migration rollout programme task scope construction testing maintenance feature integration installation training',
)
const finishing = set('finish complete deliver release launch end ship conclude')

const isWorker = (quantity: Quantity): boolean => quantity.dimension === 'count' && quantity.nouns.some((noun) => workers.has(noun))
const isTime = (quantity: Quantity): boolean => quantity.dimension === 'time'

const resources: readonly Resource[] = [
  {
    label: 'money',
    isOf: (quantity) => quantity.dimension.startsWith('money'),
    isSupply: (clause) => says(clause, budgets),
    isDemand: (clause) => says(clause, costs) && !says(clause, budgets),
    why: 'is more than the whole budget of',
  },
  {
    label: 'people',
    isOf: isWorker,
    isSupply: (clause) => says(clause, teams) && !does(clause, needing),
    isDemand: (clause) => does(clause, needing) && says(clause, work),
    why: 'are more people than the team of',
  },
  {
    label: 'time',
    isOf: isTime,
    isSupply: (clause) => does(clause, finishing) && says(clause, work) && clause.quantities.some(isSpan),
    isDemand: (clause) => does(clause, needing) && says(clause, work),
    why: 'is more time than there is:',
  },
]

/** "Within 3 months", "in 3 months": so much time there is. */
function isSpan(quantity: Quantity): boolean {
  return quantity.bound === 'most' || quantity.bound === 'below' || quantity.preposition === 'in' || quantity.preposition === 'within'
}

const isWithSupply = (resource: Resource, clause: Clause): boolean => resource.isSupply(clause) && clause.quantities.some(resource.isOf)
const isWithDemand = (resource: Resource, clause: Clause): boolean => resource.isDemand(clause) && clause.quantities.some(resource.isOf)
const isEffort = (quantity: Quantity): boolean => quantity.dimension === 'effort'
/** "Four developers have three months". */
const isTeamWithTime = (clause: Clause): boolean => clause.quantities.some(isWorker) && clause.quantities.some(isTime)

/** Labels under which what there is and what is needed meet, for they share no word. */
export function capacityLabels(clauses: readonly Clause[]): string[] {
  const named = resources
    .filter((resource) => clauses.some((clause) => isWithSupply(resource, clause) || isWithDemand(resource, clause)))
    .map((resource) => `capacity:${resource.label}`)
  return clauses.some((clause) => clause.quantities.some(isEffort) || isTeamWithTime(clause)) ? [...named, 'capacity:effort'] : named
}

/** How much of one thing is needed where only so much is there, as it is written and as numbers. */
interface Excess {
  readonly limit: Span & { readonly text: string; readonly value: number }
  readonly need: Span & { readonly text: string; readonly value: number }
}

const partOf = (clause: Clause, quantity: Quantity, value: number): Excess['limit'] => ({
  from: quantity.from,
  to: quantity.to,
  text: writtenQuantity(clause, quantity),
  value,
})

/** "Per month", "a year", "monthly": what an amount is for, in seconds. */
function periodOf(clause: Clause, { to }: Quantity): number | undefined {
  const named = /^\s*(?:per|an?|each|every|\/)\s*([a-z]+)/i.exec(clause.text.slice(to, to + 24))?.[1]?.toLowerCase()
  return recurringTimes.get(named ?? '') ?? clause.frequency?.periodSeconds
}

function excessOf(resource: Resource, supply: Clause, demand: Clause): Excess | undefined {
  if (!isWithSupply(resource, supply) || !isWithDemand(resource, demand)) return undefined
  for (const limit of supply.quantities.filter(resource.isOf)) {
    for (const need of demand.quantities.filter(resource.isOf)) {
      const [given, taken] = [periodOf(supply, limit), periodOf(demand, need)]
      const isComparable = need.dimension === limit.dimension && (given === undefined) === (taken === undefined)
      const [most, least] = [limit.high / (given ?? 1), need.low / (taken ?? 1)]
      if (isComparable && Number.isFinite(least) && Number.isFinite(most) && least > most)
        return { limit: partOf(supply, limit, limit.high), need: partOf(demand, need, need.low) }
    }
  }
  return undefined
}

/** A person works a third of a day and five days of seven; person-months are counted in working time. */
const workingShare = (8 / 24) * (5 / 7)

/** "Three developers for two months" against "twelve person-months". */
function effortExcess(supply: Clause, demand: Clause): Excess | undefined {
  const people = supply.quantities.find(isWorker)
  const time = supply.quantities.find(isTime)
  const effort = demand.quantities.find(isEffort)
  if (people === undefined || time === undefined || effort === undefined || demand.quantities.some(isWorker)) return undefined
  const most = people.high * time.high * workingShare
  if (!Number.isFinite(most) || !Number.isFinite(effort.low) || effort.low <= most) return undefined
  const span = { from: Math.min(people.from, time.from), to: Math.max(people.to, time.to) }
  return { limit: { ...span, text: writtenWords(supply, span), value: most }, need: partOf(demand, effort, effort.low) }
}

function clashOf({ limit, need }: Excess, isSupplyFirst: boolean, { label, why }: Pick<Resource, 'label' | 'why'>): Clash {
  const spanOf = ({ from, to }: Span): Span[] => [{ from, to }]
  return {
    rule: 'capacity',
    kind: 'contradiction',
    domain: label === 'time' ? 'timeline' : 'resource',
    severity: 'high',
    wordsA: spanOf(isSupplyFirst ? limit : need),
    wordsB: spanOf(isSupplyFirst ? need : limit),
    why: `“${need.text}” ${why} “${limit.text}”.`,
    slots: [`${limit.value}`, `${need.value}`],
  }
}

/** A clash when what one item takes is more than all that another has. */
export function checkCapacity(a: Labelled, b: Labelled): Clash | undefined {
  if (!a.labels.some((label) => label.startsWith('capacity:') && b.labels.includes(label))) return undefined
  const kinds = [
    ...resources.map((resource) => ({ resource, excess: (x: Clause, y: Clause) => excessOf(resource, x, y) })),
    { resource: { label: 'people', why: 'is more work than can be done by' }, excess: effortExcess },
  ]
  for (const { resource, excess } of kinds) {
    for (const clauseA of a.clauses) {
      for (const clauseB of b.clauses) {
        const first = excess(clauseA, clauseB)
        if (first !== undefined) return clashOf(first, true, resource)
        const second = excess(clauseB, clauseA)
        if (second !== undefined) return clashOf(second, false, resource)
      }
    }
  }
  return undefined
}
