// How well findings agree with a list of what should have been found.

import { z } from 'zod'

/** What a file of expected conflicts holds: pairs as `{a, b}`, larger groups as `{items}`. */
export const goldSchema = z.array(z.union([z.object({ a: z.string(), b: z.string() }), z.object({ items: z.array(z.string()).min(2) })]))

export interface Scores {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Precision, recall and their harmonic mean, 0 where there is nothing to divide by. */
export function scoresOf(right: number, found: number, expected: number): Scores {
  const precision = found === 0 ? 0 : right / found
  const recall = expected === 0 ? 0 : right / expected
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

const nameOf = (items: readonly string[]): string => JSON.stringify(items.toSorted())

/**
 * Scores of conflicts, each given as the names of its items. One agrees with an entry that has exactly its items; those of three or
 * more count only where such groups are expected.
 */
export function scoreFindings(findings: readonly (readonly string[])[], gold: z.infer<typeof goldSchema>): Scores {
  const expected = new Set(gold.map((entry) => nameOf('items' in entry ? entry.items : [entry.a, entry.b])))
  const hasGroups = gold.some((entry) => 'items' in entry)
  const hasPairs = gold.some((entry) => !('items' in entry) || entry.items.length === 2)
  const counted = new Set(findings.filter((items) => (items.length > 2 ? hasGroups : hasPairs || !hasGroups)).map(nameOf))
  return scoresOf([...counted].filter((name) => expected.has(name)).length, counted.size, expected.size)
}
