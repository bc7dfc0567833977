// Wording notices: each family on texts it should mark, and on texts that are near them and clear.

import { describe, expect, it } from 'vitest'
import { isVague } from '../../domain/vague-terms.ts'
import { parseSpec } from '../parse-spec.ts'
import { checkWording } from './check-wording.ts'
import { earsOffer, earsPattern } from './ears.ts'
import type { WordingNotice } from './notice.ts'

const noticesOf = (line: string): readonly (WordingNotice & { words: string })[] =>
  parseSpec(`- ${line}`).items.flatMap((item) =>
    checkWording(item).map((notice) => ({ ...notice, words: item.text.slice(notice.from, notice.to) })),
  )
const marks = (line: string): string[] => noticesOf(line).map(({ rule, words }) => `${rule}: ${words}`)

describe('wording notices', () => {
  it.each([
    ['The search must be fast.', 'vague_term: fast'],
    ['The page is easy to use.', 'vague_term: easy to use'],
    ['The app must look modern.', 'vague_term: modern'],
    ['Some users may export.', 'vague_term: Some'],
    ['Retention: TBD', 'vague_term: TBD'],
    ['The site must be secure.', 'vague_term: secure'],
    ['The system shall encrypt backups where possible.', 'escape_clause: where possible'],
    ['The system shall log out users as far as possible.', 'escape_clause: as far as possible'],
    ['It exports CSV, PDF, etc.', 'open_end: etc.'],
    ['Logs include, including but not limited to, sign-ins.', 'open_end: including but not limited to'],
    ['Session timeout: 30', 'missing_unit: 30'],
    ['The response time must be under 200.', 'missing_unit: under 200'],
    ['Each change must be approved.', 'passive_without_actor: must be approved'],
    ['It must run on Linux.', 'pronoun_without_referent: It'],
    ['They shall be kept for a year.', 'pronoun_without_referent: They'],
    ['The server shall log errors and the client shall show them.', 'two_in_one: shall'],
    ['The key must be split. The shares must be sealed.', 'two_in_one: must'],
    ['The server is always reachable.', 'absolute: always'],
    ['100 % of requests succeed.', 'absolute: 100 %'],
  ])('[WORD1] mark what can be read in more than one way: %s', (line, expected) => {
    expect(marks(line)).toContain(expected)
  })

  it.each([
    'The search must be fast: under 200 ms for 1,000 items.',
    'Tokens are cryptographically secure.',
    'So that I can secure my session, the page offers a sign-out.',
    'A document has at most 50 readers.',
    'Some of the tests run at night.',
    'The server must never log passwords.',
    'The timeout is 30 s.',
    'The page size is 50.',
    'Each change must be approved by an owner.',
    'Data must be encrypted at rest.',
    'It shall be forbidden to delete invoices.',
    'When a page loads, it shall show the list.',
    'A user who must sign in shall see the form.',
    'The server shall log errors and warnings.',
    'An owner may invite editors, and editors may leave.',
    'The tool supports best-of-three, many-to-many and 100 users.',
  ])('[WORD1] let clear words be: %s', (line) => {
    expect(marks(line)).toEqual([])
  })

  it('[WORD2] say what is unclear and what would fix it, at the words themselves', () => {
    const [notice] = noticesOf('**Login:** the page must be `fast`.')
    expect(notice).toMatchObject({
      rule: 'vague_term',
      words: 'fast',
      message: expect.stringMatching(/fast/),
      fix: 'Give a number with its unit.',
    })
  })

  it('[WORD2] leave steps of a scenario, stories and rows in one piece', () => {
    const { items } = parseSpec(
      '### Scenario: Sign in\n- **WHEN** a\n- **THEN** the page SHALL greet. It SHALL stay.\n\n| A | B |\n|--|--|\n| x | it must a and it must b |\n',
    )
    expect(items.flatMap((item) => checkWording(item))).toEqual([])
  })

  it('[WORD3] vague words are one table, for notices, answers and scores alike', () => {
    for (const text of [
      'fast',
      'easy',
      'scalable',
      'secure',
      'modern',
      'some users',
      'and so on, etc.',
      'as needed',
      'user-friendly',
      'TBD',
    ])
      expect([text, isVague(`It is ${text}`)]).toEqual([text, true])
    expect(isVague('It answers within 200 ms')).toBe(false)
  })
})

describe('EARS', () => {
  const first = (line: string) => parseSpec(`- ${line}`).items[0]
  it.each([
    ['The server shall answer.', 'ubiquitous'],
    ['When a user signs in, the server shall answer.', 'when'],
    ['While offline, the editor shall keep edits.', 'while'],
    ['Where SSO is included, the page shall offer it.', 'where'],
    ['If the disk is full, then the server shall refuse writes.', 'if_then'],
    ['While offline, when a key is pressed, the editor shall keep it.', 'complex'],
    ['Export as CSV', null],
    ['The server shall refuse writes if the disk is full.', null],
  ])('[WORD4] patterns are recognised: %s', (line, pattern) => {
    const item = first(line)
    expect(item === undefined ? undefined : earsPattern(item)).toBe(pattern)
  })

  it.each([
    ['The server shall refuse writes if the disk is full.', 'If the disk is full, then the server shall refuse writes.'],
    ['The Editor SHALL keep edits while it is offline', null],
    ['The editor shall keep edits when the line drops.', 'When the line drops, the editor shall keep edits.'],
    ['Export the list as CSV', 'The … shall export the list as CSV.'],
    ['Do not store secrets', null],
    ['Access to records is logged', null],
    ['Check if the tests run', null],
    ['The server shall answer.', null],
  ])('[WORD4] the pattern that is nearly there is offered, where it says the same: %s', (line, offer) => {
    const item = first(line)
    expect(item === undefined ? undefined : earsOffer(item)).toBe(offer)
  })
})
