// What is to be had against what it takes: money against cost, people and time against work.

import type { Clash } from '../finding.ts'
import type { Quantity } from '../language/quantities.ts'
import type { Subject } from '../subject.ts'

const budgetWords: ReadonlySet<string> = new Set(['budget', 'funding', 'allowance'])
const costWords: ReadonlySet<string> = new Set([
  'cost',
  'price',
  'expense',
  'fee',
  'spend',
  'spending',
  'licence',
  'license',
  'subscription',
  'hosting',
])

const mentions = (subject: Subject, words: ReadonlySet<string>): boolean =>
  subject.clauses.some((clause) => clause.terms.some((term) => words.has(term.lemma)))

function money(subject: Subject): { quantity: Quantity; period: number | undefined }[] {
  return subject.clauses.flatMap((clause) =>
    clause.quantities
      .filter((quantity) => quantity.dimension.startsWith('money'))
      .map((quantity) => ({ quantity, period: clause.frequency?.periodSeconds })),
  )
}

/** A clash when what one item costs is more than all that another has. */
export function checkCapacity(a: Subject, b: Subject): Clash | undefined {
  if (a.labels.length === 0 || b.labels.length === 0) return undefined
  const [budget, cost] = mentions(a, budgetWords) ? [a, b] : [b, a]
  if (!mentions(budget, budgetWords) || mentions(cost, budgetWords) || !mentions(cost, costWords)) return undefined
  for (const { quantity: limit, period } of money(budget)) {
    for (const { quantity: price, period: other } of money(cost)) {
      const isMore = Number.isFinite(limit.high) && Number.isFinite(price.low) && price.low > limit.high
      if (!isMore || limit.dimension !== price.dimension || period !== other) continue
      const words = { limit: [{ from: limit.from, to: limit.to }], price: [{ from: price.from, to: price.to }] }
      return {
        rule: 'capacity',
        kind: 'contradiction',
        domain: 'resource',
        severity: 'high',
        wordsA: budget === a ? words.limit : words.price,
        wordsB: budget === a ? words.price : words.limit,
        why: 'One item costs more than the whole budget.',
        slots: [`${limit.high}`, `${price.low}`],
      }
    }
  }
  return undefined
}
