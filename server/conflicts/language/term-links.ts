// Finds the words of a statement that have to do with a word, without comparing it with each.

import type { Term } from './clause.ts'
import { linksOf } from './lexicon.ts'

const placesByLink = new WeakMap<readonly Term[], ReadonlyMap<number, readonly number[]>>()

function placesOf(terms: readonly Term[]): ReadonlyMap<number, readonly number[]> {
  const before = placesByLink.get(terms)
  if (before !== undefined) return before
  const places = new Map<number, number[]>()
  for (const [at, term] of terms.entries()) {
    for (const link of linksOf(term.lemma)) {
      const list = places.get(link)
      if (list === undefined) places.set(link, [at])
      else list.push(at)
    }
  }
  placesByLink.set(terms, places)
  return places
}

/** Where in `terms` the words stand that a relation to `lemma` is possible with, in order. */
export function linkedPlaces(lemma: string, terms: readonly Term[]): readonly number[] {
  const places = placesOf(terms)
  let first: readonly number[] | undefined
  let all: Set<number> | undefined
  for (const link of linksOf(lemma)) {
    const found = places.get(link)
    if (found === undefined) continue
    if (first === undefined) first = found
    else {
      all ??= new Set(first)
      for (const at of found) all.add(at)
    }
  }
  return all === undefined ? (first ?? []) : [...all].toSorted((x, y) => x - y)
}
