// Which commands a few letters find, and in what order.

import { describe, expect, it } from 'vitest'
import { fitOf } from './command-filter.ts'

const commands: readonly [title: string, others: string][] = [
  ['Preferences: theme and text', 'settings font size Appearance'],
  ['A project whose name is sixty characters long', 'project Projects'],
  ['Theme: dark', 'colour mode Appearance'],
  ['Export as Markdown', 'download save Document'],
  ['Übersicht', 'heading section'],
]

const found = (typed: string) =>
  commands
    .map(([title, others]) => ({ title, fit: fitOf(typed, title, others) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
    .map(({ title }) => title)

describe('fitOf', () => {
  it.each<[string, string[]]>([
    ['preferences', ['Preferences: theme and text']],
    ['theme', ['Theme: dark', 'Preferences: theme and text']],
    ['dark theme', ['Theme: dark']],
    ['downl', ['Export as Markdown']],
    ['ubersicht', ['Übersicht']],
    ['arkd', ['Export as Markdown']],
    ['no such thing', []],
  ])('[PAGE27] finds by %j %j', (typed, titles) => {
    expect(found(typed)).toEqual(titles)
  })

  it('[PAGE27] finds everything by nothing', () => {
    expect(found(' ')).toHaveLength(commands.length)
  })
})
