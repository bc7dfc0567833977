// Lays two statements side by side: which words of one answer to which of the other, and how.

import type { Clause, Term } from './language/clause.ts'
import { isNegatedForm, relationOf, type Relation } from './language/lexicon.ts'
import { linkedPlaces } from './language/term-links.ts'

/** Two words that answer to each other. */
export interface Match {
  readonly a: Term
  readonly b: Term
  readonly relation: Relation
}

/** Two statements side by side. */
export interface Alignment {
  readonly a: Clause
  readonly b: Clause
  /** Words of one meaning. */
  readonly same: readonly Match[]
  /** Words that exclude each other. */
  readonly clashing: readonly Match[]
  readonly onlyA: readonly Term[]
  readonly onlyB: readonly Term[]
  /** How much of each statement the other one says too, 0 to 1; clashing words count as said. */
  readonly coverA: number
  readonly coverB: number
}

const sum = (terms: readonly Term[]): number => terms.reduce((total, term) => total + term.weight, 0)

function fitOf(a: Term, b: Term, relation: Relation): number {
  const base = relation.kind === 'same' ? 1 : relation.kind === 'synonym' ? 0.8 : 0.5
  return base + (a.role === b.role ? 0.2 : 0) + (a.isHead === b.isHead ? 0.1 : 0) + (a.preposition === b.preposition ? 0.05 : 0)
}

/** Words that exclude each other clash only in the same place of the statement. */
function canClash(a: Term, b: Term): boolean {
  if (a.role === 'aside' || b.role === 'aside' || a.role === 'purpose' || b.role === 'purpose') return false
  if (a.role === 'actor' && b.role === 'actor') return false
  if (isNegatedForm(a.lemma, b.lemma)) return true
  if ((a.role === 'verb') !== (b.role === 'verb')) return a.role === 'manner' || b.role === 'manner' || a.isHead === b.isHead
  return true
}

interface Candidate extends Match {
  readonly fit: number
}

function candidates(a: readonly Term[], b: readonly Term[]): Candidate[] {
  const found: Candidate[] = []
  for (const termA of a) {
    for (const at of linkedPlaces(termA.lemma, b)) {
      const termB = b[at]
      if (termB === undefined) continue
      const relation = relationOf(termA.lemma, termB.lemma)
      if (relation === undefined) continue
      const clashes = relation.kind === 'opposite' || relation.kind === 'exclusive'
      if (clashes && !canClash(termA, termB)) continue
      found.push({ a: termA, b: termB, relation, fit: fitOf(termA, termB, relation) })
    }
  }
  return found.toSorted((x, y) => y.fit - x.fit)
}

/** Lays `a` and `b` side by side. */
export function align(a: Clause, b: Clause): Alignment {
  const usedA = new Set<Term>()
  const usedB = new Set<Term>()
  const same: Match[] = []
  const clashing: Match[] = []
  for (const match of candidates(a.terms, b.terms)) {
    if (usedA.has(match.a) || usedB.has(match.b)) continue
    usedA.add(match.a)
    usedB.add(match.b)
    if (match.relation.kind === 'same' || match.relation.kind === 'synonym') same.push(match)
    else clashing.push(match)
  }
  const totalA = sum(a.terms)
  const totalB = sum(b.terms)
  return {
    a,
    b,
    same,
    clashing,
    onlyA: a.terms.filter((term) => !usedA.has(term)),
    onlyB: b.terms.filter((term) => !usedB.has(term)),
    coverA: totalA === 0 ? 0 : sum([...usedA]) / totalA,
    coverB: totalB === 0 ? 0 : sum([...usedB]) / totalB,
  }
}

/** The same, with the two sides changed over. */
export const flipped = (alignment: Alignment): Alignment => ({
  a: alignment.b,
  b: alignment.a,
  same: alignment.same.map(({ a, b, relation }) => ({ a: b, b: a, relation })),
  clashing: alignment.clashing.map(({ a, b, relation }) => ({ a: b, b: a, relation })),
  onlyA: alignment.onlyB,
  onlyB: alignment.onlyA,
  coverA: alignment.coverB,
  coverB: alignment.coverA,
})
