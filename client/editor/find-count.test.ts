// How matches are counted, and said.

import { SearchQuery } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { countMatches, matchWords } from './find-count.ts'

function wordsFor(doc: string, config: ConstructorParameters<typeof SearchQuery>[0], selection?: { anchor: number; head: number }): string {
  const state = EditorState.create({ doc, ...(selection ? { selection } : {}) })
  const query = new SearchQuery(config)
  return matchWords(query, countMatches(query, state)).words
}

describe('the words beside the find field', () => {
  const doc = 'the gateway, The Gateway, the gate'
  it.each<[string, ConstructorParameters<typeof SearchQuery>[0], string]>([
    ['nothing to find', { search: '' }, ''],
    ['all matches', { search: 'gate' }, '3 matches'],
    ['one', { search: 'Gateway', caseSensitive: true }, '1 match'],
    ['whole words', { search: 'gate', wholeWord: true }, '1 match'],
    ['none', { search: 'payment' }, 'No match'],
    ['a broken expression', { search: '(', regexp: true }, 'Not a regular expression'],
  ])('[PAGE26] say %s', (_name, config, words) => {
    expect(wordsFor(doc, config)).toBe(words)
  })

  it('[PAGE26] say which match is selected, and that there are more than were counted', () => {
    expect(wordsFor(doc, { search: 'gateway' }, { anchor: 17, head: 24 })).toBe('2 of 2')
    expect(wordsFor('a'.repeat(1_500), { search: 'a' })).toBe(`${(1_000).toLocaleString()}+ matches`)
  })
})
