// A spec of any number of different items, the same each time, for measuring what a large one costs.

const headings = [
  'Goals',
  'Requirements',
  'Tech stack',
  'Scalability',
  'Security',
  'Performance',
  'Testing',
  'Monitoring',
  'Data retention',
  'Availability',
]
const deeds = [
  'weighs',
  'prints',
  'archives',
  'exports',
  'rejects',
  'merges',
  'schedules',
  'translates',
  'refunds',
  'signs',
  'counts',
  'sorts',
]
const things = ['the order', 'an invoice', 'a parcel', 'the roster', 'a contract', 'the ledger', 'a photo', 'the ticket', 'a letter']

const syllables = ['ba', 'de', 'fi', 'go', 'hu', 'ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo', 'zu']

/** A town of its own for each number: what is said of one is not said of another. */
function townOf(number: number): string {
  const digits = (number + syllables.length ** 2).toString(syllables.length)
  const name = Array.from(digits, (digit) => syllables[Number.parseInt(digit, syllables.length)]).join('')
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}m`
}

/** What item `at` of a spec says before its figure. */
export function deedOf(at: number, seed: number): string {
  return `The clerk of ${townOf(at + seed)} ${deeds[at % deeds.length]} ${things[(at * 7 + seed) % things.length]}`
}

/** A spec of so many items that are spread over the categories; every tenth is vague, the others have a figure of 1 to 97 seconds. */
export function madeUpSpec(items: number, seed: number): string {
  const lines = headings.map((heading) => [`## ${heading}`, ''])
  for (let at = 0; at < items; at++) {
    const said = isVague(at) ? 'quickly and easily' : `within ${(at % 97) + 1} s`
    lines[at % headings.length]?.push(`- ${deedOf(at, seed)} ${said}`)
  }
  return `# Spec ${seed}\n\n${lines.map((section) => section.join('\n')).join('\n\n')}\n`
}

/** Whether item `at` has no figure. */
export const isVague = (at: number): boolean => at % 10 === 9
