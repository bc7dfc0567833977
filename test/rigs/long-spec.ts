// A believable spec of any length, for pictures and for measuring: the same text each time.

const areas = [
  'Payments',
  'Refunds',
  'Disputes',
  'Payouts',
  'Merchants',
  'Fraud checks',
  'Reporting',
  'Webhooks',
  'Access',
  'Operations',
] as const
const topics = ['Scope', 'Behaviour', 'Limits', 'Failures', 'Data kept', 'Open questions'] as const
const subjects = ['The gateway', 'A merchant', 'The ledger', 'An operator', 'The risk service', 'A webhook', 'The nightly report'] as const
const duties = [
  'must answer within 200 ms at the 95th percentile',
  'must keep every attempt for ten years, with the reason of each decision',
  'should say which field was refused, and what would be taken',
  'must not show a card number beyond its last four digits',
  'may be retried with the same key; a second booking must not follow',
  'must go on while the bank is away, and book what waits when it is back',
  'should be readable by a person who has never seen the code',
] as const
const notes = [
  'This holds for test accounts too, which differ in nothing but the money.',
  'Finance asked for it in the second review; the number is theirs.',
  'Nobody knows yet what happens at the change of the day. To be decided with operations.',
] as const

function pick<Value>(values: readonly Value[], turn: number): Value {
  const value = values[turn % values.length]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** Markdown with headings, lists, a table and code, `minChars` long or a little longer. */
export function longSpec(minChars: number): string {
  const parts = ['# Payment gateway\n\nOne interface to five banks. Shops book and refund through it; finance reads what happened.\n']
  let length = 0
  for (let turn = 0; length < minChars; turn++) {
    const part = sectionOf(turn)
    parts.push(part)
    length += part.length
  }
  return parts.join('\n')
}

function sectionOf(turn: number): string {
  const isNewArea = turn % topics.length === 0
  const round = Math.floor(turn / topics.length)
  const heading = isNewArea ? `## ${pick(areas, round)}${round >= areas.length ? ` ${Math.floor(round / areas.length) + 1}` : ''}\n\n` : ''
  const lines = Array.from({ length: 4 }, (_, index) => `- ${pick(subjects, turn + index * 2)} ${pick(duties, turn * 3 + index)}.`)
  const extra =
    turn % 5 === 1
      ? '\n| field | meaning | kept |\n| --- | --- | --- |\n| `amount` | in minor units | yes |\n| `currency` | three letters | yes |\n'
      : turn % 7 === 3
        ? '\n```json\n{ "amount": 1250, "currency": "EUR", "key": "order-81" }\n```\n'
        : ''
  return `${heading}### ${pick(topics, turn)}\n\n${pick(notes, turn)}\n\n${lines.join('\n')}\n${extra}`
}
