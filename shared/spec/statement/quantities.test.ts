// Quantities as people write them, each with the interval it means.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQuantities } from './quantities.ts'
import type { Quantity } from './quantity.ts'
import { readStatement } from './statement.ts'

const interval = ({ min, max, isMinOpen, isMaxOpen }: Quantity): string =>
  `${isMinOpen ? '(' : '['}${Number(min.toPrecision(6))}, ${Number(max.toPrecision(6))}${isMaxOpen ? ')' : ']'}`
/** Each quantity as `interval unit / per`. */
const read = (text: string): string[] =>
  readQuantities(text).map((quantity) =>
    `${interval(quantity)} ${quantity.unit}${quantity.per === null ? '' : ` / ${quantity.per}`}`.trim(),
  )

const day = 86_400

describe('quantities', () => {
  it.each([
    ['within 200 ms', '[-Infinity, 0.2] s'],
    ['under 5 seconds', '[-Infinity, 5) s'],
    ['no more than three attempts', '[-Infinity, 3] attempt'],
    ['not exceed 20 characters', '[-Infinity, 20] character'],
    ['at least 1,000,000 users', '[1000000, Infinity] user'],
    ['a minimum of 10 000 sessions', '[10000, Infinity] session'],
    ['more than 14 consecutive calendar days', `(${14 * day}, Infinity] s`],
    ['30 minutes or more', '[1800, Infinity] s'],
    ['64 KiB or less', '[-Infinity, 65536] B'],
    ['up to 1.5 GB', '[-Infinity, 1500000000] B'],
    ['1,5 hours', '[5400, 5400] s'],
    ['10k concurrent users', '[10000, 10000] user'],
    ['20 million circulations', '[20000000, 20000000] circulation'],
    ['a 500-character limit', '[500, 500] character'],
    ['99.9 % uptime', '[99.9, 99.9] %'],
    ['about 3 m', ''],
    ['between 5 and 10 s', '[5, 10] s'],
    ['from 500 ms to 2 s', '[0.5, 2] s'],
    ['3-5 attempts', '[3, 5] attempt'],
    ['10 ± 2 kg', '[8, 12] kg'],
    ['5 s ± 10 %', '[4.5, 5.5] s'],
    ['$5k', '[5000, 5000] USD'],
    ['at most 30 euros', '[-Infinity, 30] EUR'],
    ['100 requests per second', '[100, 100] request / s'],
    ['6,000 req/min', '[6000, 6000]'],
    ['120 requests per minute', '[2, 2] request / s'],
    ['more than 300 rps', '(300, Infinity] request / s'],
    ['20 checks per user', '[20, 20] check / user'],
    ['two hours', '[7200, 7200] s'],
    ['half an hour', '[1800, 1800] s'],
    ['only one active editor', '[1, 1] editor'],
    ['no later than 17:30', '[-Infinity, 1050] min'],
    ['after 5 pm', '(1020, Infinity] min'],
    ['by 22 July 2026', '[-Infinity, 20656] day'],
    ['before 2026-07-22', '[-Infinity, 20656) day'],
    ['in Q3 2026', '[20635, 20726] day'],
    ['in February 2028', '[21215, 21243] day'],
  ])('[GRAM12] %s', (text, expected) => {
    expect(read(`The limit is ${text}.`)).toEqual(expected === '' ? ['[3, 3]'] : [expected])
  })

  it('[GRAM12] of how often something happens are rates too', () => {
    for (const [text, perDay] of [
      ['daily', 1],
      ['twice a day', 2],
      ['every 5 minutes', 288],
      ['once per week', 1 / 7],
      ['every other day', 0.5],
      ['three times a day', 3],
      ['every hour', 24],
    ] as const) {
      const [quantity] = readQuantities(`It runs ${text}.`)
      expect([text, (quantity?.min ?? 0) * day]).toEqual([text, expect.closeTo(perDay, 6)])
    }
    expect(readQuantities('Each user sees each page every time.')).toEqual([])
  })

  it('[GRAM12] are not what only looks like one', () => {
    for (const text of [
      'Version 2.0.0',
      'TLS 1.3',
      'SHA-256 and AES-256',
      'HTTP 422',
      'a 403 Forbidden answer',
      'Requirement 5',
      'Part 11 § 11.10',
      'the 2nd and 3rd',
      '16:9',
      'call 1-555-123-4567',
      '24/7',
      'x2',
      'one of them',
      'FR-001',
      'node_18',
      '64-bit',
    ])
      expect([text, read(text)]).toEqual([text, []])
  })

  it('[GRAM12] that cannot be are read and say so', () => {
    const problems = (text: string): unknown[] => readQuantities(text).map((quantity) => [interval(quantity), quantity.problem])
    expect(problems('10-5 s')).toEqual([['[5, 10]', 'reversed']])
    expect(problems('by 2026-02-30')).toEqual([['[-Infinity, Infinity]', 'no_such_date']])
    expect(problems('at most 1e400 items')).toEqual([['[-Infinity, Infinity]', 'out_of_range']])
    expect(Object.is(readQuantities('-0 items')[0]?.min, 0)).toBe(true)
  })

  it('[GRAM12] know what they bound, and where they stand', () => {
    const attributes = (text: string): unknown[] =>
      readQuantities(text).map((quantity) => [quantity.attribute, text.slice(quantity.from, quantity.to)])
    expect(attributes('The response time must be under 200 ms.')).toEqual([['response time', 'under 200 ms']])
    expect(attributes('Session timeout: 30 minutes')).toEqual([['Session timeout', '30 minutes']])
    expect(attributes('It holds at least 5 copies and 99.9% uptime.')).toEqual([
      ['copies', 'at least 5 copies'],
      ['uptime', '99.9%'],
    ])
  })

  it('[GRAM12] never break the reader, whatever the text', () => {
    const parts = fc.constantFrom(
      '1',
      '0',
      '-',
      '±',
      '.',
      ',',
      ' ',
      'e',
      '9',
      '%',
      '$',
      ':',
      '/',
      'to',
      'and',
      'at least',
      'per',
      'day',
      's',
      'KB',
      '2026-13-45',
      '😀',
      '\u202e',
      '٣',
      'k',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (units) => {
        const text = units.join('')
        let end = 0
        for (const quantity of readQuantities(text)) {
          expect(quantity.from).toBeLessThan(quantity.to)
          expect(quantity.to).toBeLessThanOrEqual(text.length)
          expect(quantity.min <= quantity.max).toBe(true)
          end = Math.max(end, quantity.to)
        }
        expect(readStatement(text).conditions.every((condition) => condition.to <= text.length)).toBe(true)
      }),
    )
  })
})

describe('statements', () => {
  it.each([
    ['When a user signs in, the system shall greet them.', ['when: a user signs in'], 'the system shall'],
    ['WHILE offline, WHEN a key is pressed, the editor SHALL keep it.', ['while: offline', 'when: a key is pressed'], 'the editor'],
    [
      'If the token is wrong, expired, or revoked, then the server shall refuse.',
      ['if: the token is wrong, expired, or revoked'],
      'the server',
    ],
    ['Where SSO is included, the page shall offer it.', ['where: SSO is included'], 'the page'],
    ['The system shall lock the account after 3 attempts unless an owner is signed in.', ['unless: an owner is signed in'], 'The system'],
    ['Given a user, When they save, Then it is kept.', ['while: a user', 'when: they save'], 'it is kept'],
    ['The server shall answer.', [], 'The server'],
    ['On the page a list is shown.', [], 'On the page'],
  ])('[GRAM13] know when they apply: %s', (text, conditions, main) => {
    const statement = readStatement(text)
    expect(statement.conditions.map((condition) => `${condition.kind}: ${condition.text}`)).toEqual(conditions)
    expect(text.slice(statement.mainFrom)).toMatch(new RegExp(`^${main}`))
    for (const condition of statement.conditions) expect(text.slice(condition.from, condition.to)).toContain(condition.text)
  })

  it('[GRAM13] know who does what to what, and whether not', () => {
    const parts = (text: string): unknown => {
      const { actor, action, object } = readStatement(text).clause
      return [
        actor?.text ?? null,
        action === null ? null : `${action.isNegated ? 'not ' : ''}${action.isPassive ? 'be ' : ''}${action.text}`,
        object?.text ?? null,
      ]
    }
    expect(parts('When it rains, the editor must not delete open documents.')).toEqual(['the editor', 'not delete', 'open documents'])
    expect(parts('Invoices shall be sent by the server.')).toEqual(['Invoices', 'be sent', null])
    expect(parts('Export the list as CSV')).toEqual([null, 'export', 'the list as CSV'])
    expect(parts('The server logs every request.')).toEqual(['The server', 'logs', 'every request'])
  })
})
