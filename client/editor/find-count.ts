// How many matches there are, and which of them is selected; in words.

import type { SearchQuery } from '@codemirror/search'
import type { EditorState } from '@codemirror/state'

/** Past this many, counting would take longer than anyone reads on. */
const countedAtMost = 1_000

export interface MatchCount {
  total: number
  /** 1 for the first; 0 when no match is selected. */
  selected: number
  /** Whether there are more than were counted. */
  hasMore: boolean
}

/** Goes through the text once, up to a bound. */
export function countMatches(query: SearchQuery, state: EditorState): MatchCount {
  const count: MatchCount = { total: 0, selected: 0, hasMore: false }
  if (!query.valid) return count
  const { from, to } = state.selection.main
  const cursor = query.getCursor(state)
  for (let next = cursor.next(); next.done !== true; next = cursor.next()) {
    if (count.total === countedAtMost) return { ...count, hasMore: true }
    count.total += 1
    if (next.value.from === from && next.value.to === to) count.selected = count.total
  }
  return count
}

/** `3 of 12`, `12 matches`, `No match`; nothing while there is nothing to find. */
export function matchWords(query: SearchQuery, { total, selected, hasMore }: MatchCount): { words: string; isNone: boolean } {
  if (query.search === '') return { words: '', isNone: false }
  if (!query.valid) return { words: 'Not a regular expression', isNone: true }
  if (total === 0) return { words: 'No match', isNone: true }
  const all = `${total.toLocaleString()}${hasMore ? '+' : ''}`
  if (selected > 0) return { words: `${selected.toLocaleString()} of ${all}`, isNone: false }
  return { words: total === 1 ? '1 match' : `${all} matches`, isNone: false }
}
