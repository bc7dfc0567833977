// Sentences of our own that clash, family by family, and others that are nearly the same and do not.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ConflictIndex } from './conflict-index.ts'
import type { Finding } from './finding.ts'
import type { ConflictItem } from './subject.ts'

const toItem = (text: string, at: number): ConflictItem => ({
  id: `i${at}`,
  text,
  bodyFrom: 0,
  key: '',
  category: 'requirements',
  headings: [],
})

function findIn(texts: readonly string[]): Finding[] {
  const index = new ConflictIndex()
  index.check({ changed: texts.map(toItem), removed: [] })
  return index.all()
}

const conflictsOf = (...texts: string[]): string[] =>
  findIn(texts)
    .filter((finding) => finding.kind !== 'redundancy')
    .map((finding) => finding.rule)

const pairSchema = z.strictObject({ a: z.string(), b: z.string(), label: z.enum(['conflict', 'redundancy', 'neutral', 'none']) })

type Pair = readonly [string, string]

/** What is not as it should be: each of `clash` clashes, whichever way round, and none of `fine` does. */
function mistakesIn(clash: readonly Pair[], fine: readonly Pair[]): unknown[] {
  const missed = clash.filter(([a, b]) => conflictsOf(a, b).length !== 1 || conflictsOf(b, a)[0] !== conflictsOf(a, b)[0])
  const invented = fine.map(([a, b]) => [a, b, ...conflictsOf(a, b)]).filter((pair) => pair.length > 2)
  return [...missed, ...invented]
}

describe('pairs that clash, and near misses', () => {
  it('[CON1] numbers are intervals of one attribute', () => {
    const mistakes = mistakesIn(
      [
        ['The search page shall open within 2 seconds.', 'The search page shall open in no less than 5 seconds.'],
        ['A team may have at most 8 members.', 'Each team shall support at least 12 members.'],
        ['Log files shall be kept for 90 days.', 'Log files shall be kept for one year.'],
        ['Passwords must have at least 12 characters.', 'Passwords must be at least 8 characters long.'],
      ],
      [
        ['The search page shall open within 2 seconds.', 'The report page shall open within 9 seconds.'],
        ['The robot shall weigh less than 2 kg.', 'The robot shall weigh less than 2,000 g.'],
        ['Free accounts shall have at most 3 projects.', 'Paid accounts shall have at most 50 projects.'],
        ['The lift shall carry up to 8 persons.', 'The lift shall carry 6 persons.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON2] one deed has one interval', () => {
    const mistakes = mistakesIn(
      [['The stock list shall be printed once per week.', 'The stock list shall be printed every day.']],
      [
        ['The stock list shall be printed once per week.', 'The price list shall be printed every day.'],
        ['The stock list shall be printed weekly.', 'The stock list shall be printed every week.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON3] must and must not', () => {
    const mistakes = mistakesIn(
      [
        ['Waiters shall be able to split a bill.', 'Waiters shall not be allowed to split a bill.'],
        ['Members may trade vouchers.', 'Trading of vouchers between members is prohibited.'],
        ['The camera shall record sound.', 'The camera shall never record sound.'],
        ['The toolbar shall be enabled by default.', 'The toolbar shall be disabled by default.'],
      ],
      [
        ['Waiters shall be able to split a bill.', 'Guests shall not be able to split a bill.'],
        ['The door shall open at night.', 'If there is a fire alarm, the door shall not open at night.'],
        ['The clerk can add a contract.', 'The clerk can delete a contract.'],
        ['Drivers may edit their own tours.', 'Drivers must not edit tours of other drivers.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON4] required and denied', () => {
    const mistakes = mistakesIn(
      [
        ['Discounts require the consent of the manager.', 'Discounts are given without consent.'],
        ['The tablet must run without a network connection.', 'The tablet requires a network connection.'],
        ['Drafts are kept for 30 days without the consent of the author.', 'Drafts are kept with the consent of the author.'],
      ],
      [
        ['The tablet must run without a network connection.', 'The tablet shall connect to a printer.'],
        ['A session must end after 15 minutes without a payment.', 'The customers of the bank must pay within 10 seconds.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON5] one slot, one value', () => {
    const mistakes = mistakesIn(
      [
        ['The backend is written in Java.', 'The system is implemented in Python.'],
        ['Orders shall be stored in PostgreSQL.', 'Orders shall be stored in MongoDB.'],
        ['The stop button shall be red.', 'The stop button shall be blue.'],
        ['The terminal shall run on a Windows computer.', 'The terminal shall run on a Linux computer.'],
      ],
      [
        ['Orders shall be stored in PostgreSQL.', 'Sensor readings shall be stored in MongoDB.'],
        ['The shop accepts payment by PayPal.', 'The shop accepts payment by credit card.'],
        ['The stop button shall be red.', 'The start button shall be green.'],
        ['The report can be exported as PDF.', 'The report can be exported as HTML.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON6] only leaves no room', () => {
    const mistakes = mistakesIn(
      [
        ['Only the treasurer shall have access to the ledger.', 'Trainees shall be able to print the ledger.'],
        ['The portal shall be reachable only through a VPN client.', 'The portal shall be reachable through a browser.'],
        ['All orders shall be checked.', 'Only orders worth more than 500 EUR shall be checked.'],
      ],
      [
        ['Only the treasurer shall have access to the ledger.', 'The treasurer shall be able to print the ledger.'],
        ['Only editors shall publish articles.', 'Readers shall be able to comment on articles.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON7] both must be able to apply', () => {
    const mistakes = mistakesIn(
      [['When a door is open, the heating shall be switched off.', 'The heating shall stay on when a door is open.']],
      [
        ['When nobody is in the office, the lamp shall be switched off.', 'When somebody is in the office, the lamp shall be switched on.'],
        ['If the gate is closed, the robot shall not enter the yard.', 'The robot shall enter the yard through an open gate.'],
        ['Pumps inside the hall shall be off.', 'Pumps outside the hall shall be on.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON8] what may not be, and what is done with it', () => {
    const mistakes = mistakesIn(
      [['The system shall prevent the creation of guest accounts.', 'The system shall suspend guest accounts that are idle.']],
      [['The system shall prevent the creation of guest accounts.', 'The system shall suspend staff accounts that are idle.']],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON9] by itself or by hand', () => {
    const mistakes = mistakesIn(
      [
        ['Seats shall be assigned automatically.', 'Seats shall be assigned manually by the usher.'],
        ['The box shall install patches automatically.', 'Patches shall only be installed after the owner has approved them.'],
      ],
      [['Seats shall be assigned automatically.', 'Invoices shall be checked manually.']],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON10] one time of day', () => {
    const mistakes = mistakesIn(
      [
        ['The canteen shall open at 11:00.', 'The canteen shall open at 12:30.'],
        ['The fair shall start on 2027-04-01.', 'The fair shall start on 2027-05-01.'],
        ['The fair shall start on 3 May.', 'The fair shall start on June 3.'],
        ['The launch is planned for March 2027.', 'The launch is planned for May 2027.'],
        ['The menu shall be published on Monday.', 'The menu shall be published on Friday.'],
      ],
      [
        ['The canteen shall open at 11:00.', 'The library shall open at 12:30.'],
        ['The canteen shall be open on Monday.', 'The canteen shall be open on Friday.'],
        ['The first fair shall start on 3 May.', 'The second fair shall start on 3 June.'],
        ['The fair shall start on 31 February.', 'The fair shall start on 3 May.'],
        ['The fair shall start on 2027-02-31.', 'The fair shall start on 2027-05-01.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON10] at once or later, before or after, with or without what comes first', () => {
    const mistakes = mistakesIn(
      [
        ['New prices apply immediately.', 'New prices apply after the next closing of the shop.'],
        ['The guide shall be paid before the tour starts.', 'The guide shall be paid after the tour has started.'],
        ['Essays are printed after review by an editor.', 'Essays are printed without review.'],
        ['Divers must check the gauge before entering the water.', 'Divers may enter the water without checking the gauge.'],
        ['The bulletin shall be published every Tuesday.', 'The bulletin shall be published every Thursday.'],
        ['Testing shall be completed before deployment.', 'Deployment shall be done before testing.'],
        ['Construction shall start on 2027-05-01.', 'Construction shall be finished by 2027-04-01.'],
      ],
      [
        ['New prices apply immediately.', 'New tariffs are printed after the next closing of the shop.'],
        ['Testing shall be completed before deployment.', 'Deployment shall be done after testing.'],
        ['Construction shall start on 2027-05-01.', 'Construction shall be finished by 2027-09-01.'],
        ['Construction shall start on 2027-05-01.', 'The survey shall be finished by 2027-04-01.'],
        ['The guide may be paid before the tour starts.', 'The guide may be paid after the tour has started.'],
        ['Essays are printed after review by an editor.', 'Letters are printed without review.'],
        ['The bulletin shall be published every Tuesday.', 'The bulletin shall be published once per week.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON3] turns of phrase are put into plain order first', () => {
    const mistakes = mistakesIn(
      [
        ['Under no circumstances shall a guard open the vault.', 'Guards shall be able to open the vault.'],
        ['Nobody but the curator may lend a painting.', 'Visitors may lend a painting.'],
        ['Signing of the contract is optional.', 'The contract must be signed.'],
        ['Parcels must be sealed.', 'The depot accepts unsealed parcels.'],
      ],
      [
        ['Under no circumstances shall a guard open the vault.', 'Guards shall be able to open the gate.'],
        ['Nobody but the curator may lend a painting.', 'The curator may lend a painting.'],
        ['Signing of the contract is mandatory.', 'The contract must be signed.'],
        ['The tablet must run offline.', 'The tablet must run without an internet connection.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON1] numbers in words, of what sets a deed off, and under a negation', () => {
    const mistakes = mistakesIn(
      [
        ['Each bus shall have a single driver.', 'A bus may have several drivers.'],
        ['The race shall start when eight riders are present.', 'The race shall start when three riders are present.'],
        ['Readers may borrow a map at most once.', 'Readers may borrow a map at least twice.'],
        ['The crane shall lift loads of up to 80 kg.', 'The crane shall not lift more than 40 kg.'],
      ],
      [
        ['Each bus shall have a single driver.', 'A bus may have several doors.'],
        ['The race shall start when eight riders are present.', 'The race shall stop when three riders are present.'],
        ['Readers may borrow a map at most once.', 'No reader may borrow a map more than once.'],
        ['The crane shall lift loads of up to 40 kg.', 'The crane shall not lift more than 40 kg.'],
        ['Loads above 900 kg shall be weighed by a clerk.', 'Loads below 20 kg shall be taken without weighing.'],
      ],
    )
    expect(mistakes).toEqual([])
  })

  it('[CON20] numbers that are none, or stand the wrong way round', () => {
    const mistakes = mistakesIn(
      [
        ['The hall shall hold between 90 and 30 guests.', 'The hall shall hold 120 guests.'],
        ['The lift shall stop within -0 seconds.', 'The lift shall stop within no less than 4 seconds.'],
      ],
      [
        ['The hall shall hold between 90 and 30 guests.', 'The hall shall hold 50 guests.'],
        ['The hall shall hold 1e400 guests.', 'The hall shall hold 50 guests.'],
        [`The hall shall hold ${'9'.repeat(400)} guests.`, 'The hall shall hold 50 guests.'],
        ['The offset shall be 0 mm.', 'The offset shall be -0 mm.'],
        ['\u202EThe hall shall hold 50 guests.\u202C', 'القاعة تتسع لخمسين ضيفا 50'],
      ],
    )
    expect(mistakes).toEqual([])
  })
})

describe('lead-ins and budgets', () => {
  const labelled = (id: string, text: string, heading: string): ConflictItem => ({
    id,
    text,
    bodyFrom: 10,
    key: 'database',
    category: 'tech_stack',
    headings: [heading],
  })

  it('[CON11] two values of one lead-in under one heading', () => {
    const index = new ConflictIndex()
    index.check({
      changed: [
        labelled('a', 'Database: PostgreSQL', 'Stack'),
        labelled('b', 'Database: MySQL', 'Stack'),
        labelled('c', 'Database: SQLite', 'Tests'),
      ],
      removed: [],
    })
    expect(index.all().map((finding) => [finding.rule, finding.items.map((item) => item.id)])).toEqual([['same-key', ['a', 'b']]])
  })

  it('[CON11] a cost above the whole budget', () => {
    expect(conflictsOf('The budget is 10,000 EUR.', 'The licence costs 15,000 EUR.')).toEqual(['capacity'])
    expect(conflictsOf('The budget is 10,000 EUR.', 'The licence costs 5,000 EUR.')).toEqual([])
  })

  it('[CON11] more people or time than there is', () => {
    const mistakes = mistakesIn(
      [
        ['The crew has 3 engineers.', 'The migration needs 8 engineers.'],
        ['The rollout shall be completed within 3 months.', 'Testing takes 9 months.'],
        ['Three developers have two months for the work.', 'The project needs 12 person-months.'],
        ['The budget is 12,000 EUR per year.', 'The hosting costs 2,000 EUR per month.'],
      ],
      [
        ['The crew has 8 engineers.', 'The migration needs 3 engineers.'],
        ['The rollout shall be completed within 9 months.', 'Testing takes 6 weeks.'],
        ['The rollout shall be completed within 3 months.', 'Delivery of a chair takes 9 months.'],
        ['Three developers have two months for the work.', 'The project needs 5 person-months.'],
        ['The budget is 12,000 EUR per year.', 'The hosting costs 900 EUR per month.'],
      ],
    )
    expect(mistakes).toEqual([])
  })
})

describe('chains', () => {
  const chain = [
    'Every nurse is allowed to open the drug cabinet.',
    'Anyone who may open the drug cabinet may also refill it.',
    'No nurse may refill the drug cabinet.',
  ]

  it('[CON12] three that clash though no two do', () => {
    expect(findIn(chain).map((finding) => [finding.rule, finding.items.length])).toEqual([['chain', 3]])
    for (const left of chain) expect(conflictsOf(...chain.filter((text) => text !== left))).toEqual([])
  })

  it('[CON12] a chain of more than three, and of what requires what', () => {
    const long = [
      'Every courier is allowed to open the depot.',
      'Anyone who may open the depot may also enter the vault.',
      'Anyone who may enter the vault may also move the safe.',
      'No courier may move the safe.',
    ]
    expect(findIn(long).map((finding) => [finding.rule, finding.items.length])).toEqual([['chain', 4]])
    for (const left of long) expect(conflictsOf(...long.filter((text) => text !== left))).toEqual([])
    const required = [
      'The payroll plugin requires the tax plugin.',
      'The tax plugin requires the audit plugin.',
      'The payroll plugin must not be installed together with the audit plugin.',
    ]
    expect(findIn(required).map((finding) => [finding.rule, finding.items.length])).toEqual([['chain', 3]])
    for (const left of required) expect(conflictsOf(...required.filter((text) => text !== left))).toEqual([])
  })

  it('[CON12] a chain of conditions', () => {
    expect(
      conflictsOf(
        'If the till uses the card reader, it must open a session.',
        'If the till opens a session, it must keep a receipt.',
        'If the till uses the card reader, it shall not keep a receipt.',
      ),
    ).toEqual(['chain'])
    expect(
      conflictsOf(
        'If the till uses the card reader, it must open a session.',
        'If the till opens a session, it must keep a receipt.',
        'If the till is closed, it shall not print a receipt.',
      ),
    ).toEqual([])
  })
})

describe('pairs from many domains', () => {
  it.each([
    ['domains', 0.72],
    ['systems', 0.7],
    ['services', 0.7],
  ])('[CON19] in %s hardly a finding is false, and most of what clashes is found', (name, leastRecall) => {
    const lines = readFileSync(new URL(`../../test/fixtures/conflicts/${name}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
    const pairs = lines.map((line) => pairSchema.parse(JSON.parse(line)))
    const found = pairs.filter(({ a, b }) => conflictsOf(a, b).length > 0)
    const right = found.filter(({ label }) => label === 'conflict').length
    expect(right / found.length).toBeGreaterThan(0.95)
    expect(right / pairs.filter(({ label }) => label === 'conflict').length).toBeGreaterThan(leastRecall)
  })
})

it('[CON12] who acts is no deed, and another thing is not what is forbidden', () => {
  expect(
    conflictsOf(
      'The guard shall not log the signature of each permit.',
      'The lock shall log the picture of each visitor.',
      'The guard must lock the hall.',
    ),
  ).toEqual([])
})

describe('redundancy', () => {
  it('[CON13] the same in other words', () => {
    const findings = findIn([
      'When a table becomes free, the system shall notify the waiter.',
      'The system shall inform the waiter when a table becomes free.',
    ])
    expect(findings.map((finding) => finding.kind)).toEqual(['redundancy'])
  })

  it('[CON13] one word in place of another is something else', () => {
    expect(
      findIn([
        'The clerk shall be able to print the delivery note for the customer.',
        'The clerk shall be able to print the invoice for the customer.',
      ]),
    ).toEqual([])
  })
})

it('[CON15] a finding says what, where and why', () => {
  const text = 'Waiters shall not be allowed to split a bill.'
  const [finding] = findIn(['Waiters shall be able to split a bill.', text])
  expect(finding).toMatchObject({ rule: 'permission', kind: 'contradiction', domain: 'requirement', severity: 'high' })
  expect(finding?.why).toMatch(/^[A-Z].*\.$/)
  expect(finding?.items.map((item) => item.id)).toEqual(['i0', 'i1'])
  const words = finding?.items[1]?.words.map(({ from, to }) => text.slice(from, to))
  expect(words).toEqual(['split'])
})

it('[CON15] numbers are told as they stand in the text', () => {
  const why = (...given: string[]): (string | undefined)[] => findIn(given).map((finding) => finding.why)
  expect(why('Each session shall end after 65 Minutes.', 'Each session shall end after 2 hours.')).toEqual([
    'Two values for one thing: “65 Minutes” in one, “2 hours” in the other.',
  ])
  expect(why('Each team shall have at most 8 senior members.', 'Each team shall support at least 12 senior members.')).toEqual([
    'Two values for one thing: “at most 8 senior members” in one, “at least 12 senior members” in the other.',
  ])
  expect(why('The budget is 10,000 EUR.', 'The licence costs 15,000 EUR.')).toEqual([
    '“15,000 EUR” is more than the whole budget of “10,000 EUR”.',
  ])
  expect(why('Stock lists are printed weekly.', 'Stock lists are printed every day.')).toEqual([
    'The same at two intervals or on two days: “weekly” and “every day”.',
  ])
})

it('[CON15] the words of numbers and intervals', () => {
  const texts = [
    'Each team shall have at most 8 members.',
    'Each team shall support at least 12 members.',
    'Stock lists are printed weekly.',
    'Stock lists are printed every day.',
  ]
  const words = findIn(texts).map((finding) =>
    finding.items.map((item) => item.words.map(({ from, to }) => texts[Number(item.id.slice(1))]?.slice(from, to))),
  )
  expect(words).toEqual([
    [['at most 8'], ['at least 12']],
    [['weekly'], ['every day']],
  ])
})
