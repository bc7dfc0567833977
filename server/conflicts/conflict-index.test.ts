// The index that is kept up to date: the same findings whatever the way to them, and nothing that stops it.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConflictIndex } from './conflict-index.ts'
import type { ConflictItem } from './subject.ts'

const folder = new URL('../../test/fixtures/conflicts/', import.meta.url)

function textsOf(name: string): string[] {
  const text = readFileSync(new URL(`${name}.md`, folder), 'utf8')
  return text.split('\n').flatMap((line) => /^- \*\*[^*]+\*\*: (.*)$/.exec(line)?.[1] ?? [])
}

const texts = ['hospital', 'smart-home', 'chains'].flatMap(textsOf)
const toItem = (id: string, text: string): ConflictItem => ({ id, text, bodyFrom: 0, key: '', category: 'requirements', headings: [] })
const fingerprints = (index: ConflictIndex): string[] =>
  index
    .all()
    .map((finding) => finding.fingerprint)
    .toSorted()

function wholeOf(items: ReadonlyMap<string, string>): string[] {
  const index = new ConflictIndex()
  index.check({ changed: [...items].map(([id, text]) => toItem(id, text)), removed: [] })
  return fingerprints(index)
}

const edits = fc.array(fc.record({ id: fc.integer({ min: 0, max: 24 }), text: fc.option(fc.integer({ min: 0, max: texts.length - 1 })) }), {
  minLength: 1,
  maxLength: 60,
})

// Many items and many runs: on a busy machine that takes its time.
const timeout = 120_000

describe('an index that is kept', { timeout }, () => {
  it('[CON14] edits one after another find what the whole finds, and tell each change once', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        const index = new ConflictIndex()
        const items = new Map<string, string>()
        const told = new Set<string>()
        for (const { id, text } of steps) {
          const name = `i${id}`
          const content = text === null ? undefined : texts[text]
          if (content === undefined) items.delete(name)
          else items.set(name, content)
          const change = index.check(
            content === undefined ? { changed: [], removed: [name] } : { changed: [toItem(name, content)], removed: [] },
          )
          for (const finding of change.removed) expect(told.delete(finding.fingerprint)).toBe(true)
          for (const finding of change.added) {
            expect(told.has(finding.fingerprint)).toBe(false)
            told.add(finding.fingerprint)
          }
        }
        expect(fingerprints(index)).toEqual(wholeOf(items))
        expect([...told].toSorted()).toEqual(fingerprints(index))
      }),
      { numRuns: 25 },
    )
  })

  it('[CON14] the order of the items is no matter', () => {
    const items = texts.slice(0, 60).map((text, at) => [`i${at}`, text] as const)
    expect(wholeOf(new Map(items.toReversed()))).toEqual(wholeOf(new Map(items)))
  })

  it('[CON14] an item that comes back as it was has the same finding', () => {
    const index = new ConflictIndex()
    const a = toItem('a', 'The lamp shall be red.')
    const first = index.check({ changed: [a, toItem('b', 'The lamp shall be green.')], removed: [] })
    expect(index.check({ changed: [], removed: ['a'] }).removed).toEqual(first.added)
    expect(index.check({ changed: [a], removed: [] }).added).toEqual(first.added)
    expect(index.check({ changed: [a], removed: [] })).toEqual({ added: [], removed: [] })
  })
})

describe('a large spec', { timeout }, () => {
  const parts = ['door', 'gate', 'pump', 'valve', 'lamp', 'crane', 'oven', 'motor', 'sensor', 'mixer']
  const many = Array.from({ length: 600 }, (_, at) =>
    toItem(`i${at}`, `The ${parts[at % 10] ?? ''} of hall ${at} shall be checked by the porter within ${1 + at} hours of its delivery.`),
  )

  it('[CON14] what is compared with an item is bounded, and what clashes with it is found all the same', () => {
    const index = new ConflictIndex()
    index.check({
      changed: [...many.slice(0, 200), toItem('a', 'The beacon of the harbour shall be green.'), ...many.slice(200)],
      removed: [],
    })
    const change = { changed: [toItem('b', 'The beacon of the harbour shall be red.')], removed: [] }
    expect(index.check(change).added.map(({ rule }) => rule)).toEqual(['exclusive-choice'])
    const work = index.checkInSteps({ changed: [toItem('c', 'The oven shall be checked by the porter.')], removed: [] })
    let steps = 0
    while (work.next().done !== true) steps += 1
    expect(steps).toBeLessThan(400)
  })
})

describe('whatever the text', { timeout }, () => {
  const hostile = [
    '',
    ' ',
    '.',
    '((((((((((',
    'shall',
    'shall shall shall not not not',
    'no',
    'only',
    'if',
    'If,',
    'a'.repeat(100_000),
    `${'a '.repeat(50_000)}`,
    `${'((a)'.repeat(20_000)}`,
    `${'not '.repeat(20_000)}`,
    `${', and'.repeat(20_000)}`,
    '1e400 users',
    '-0 users',
    'between 9 and 3 users',
    'at least users',
    '99999999999999999999999999999 items',
    '٣ users',
    'on 2026-02-31',
    `${'1'.repeat(50_000)} users`,
    `${'1,'.repeat(30_000)}1 users`,
    `${'between 1 and '.repeat(5_000)}`,
    `${'31 February '.repeat(5_000)}`,
    'العربية يجب ألا يرسل النظام أكثر من ٥ رسائل',
    'עברית shall not 5 הודעות',
    'Z̷̢̛͉a̴l̵g̶o̷ shall n̸o̴t̶',
    '\uFEFFThe\u00A0lamp\u2003shall\u3000be red',
    '\u202Eshall not\u202C',
    '\uD800 shall \uDFFF',
    '👩‍👩‍👧‍👦 shall 👍 İİİİ',
    '\u0000\u0001',
  ]

  it('[CON16] nothing makes it fail', () => {
    const index = new ConflictIndex()
    index.check({ changed: [...hostile, ...texts].map((text, at) => toItem(`h${at}`, text)), removed: [] })
    expect(index.size).toBe(hostile.length + texts.length)
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => index.check({ changed: [toItem('x', text)], removed: [] }).added.length >= 0,
      ),
      { numRuns: 200 },
    )
  })

  it('[CON16] the work comes in steps, a few for each pair', () => {
    const index = new ConflictIndex()
    index.check({ changed: texts.map((text, at) => toItem(`i${at}`, text)), removed: [] })
    const work = index.checkInSteps({ changed: [toItem('new', 'The hub shall poll the motion sensors every hour.')], removed: [] })
    let steps = 0
    while (work.next().done !== true) steps += 1
    expect(steps).toBeGreaterThan(2)
    expect(steps).toBeLessThan(20 * texts.length)
  })
})
