// Items of a spec of any size for measuring the conflict check: its words grow with it, as in real ones; the same items each time.

import type { ConflictItem } from '../../server/conflicts/subject.ts'
import { seededRandom } from './seeded-random.ts'

const list = (text: string): readonly string[] => text.split(' ')
const actors = list('clerk driver nurse teacher auditor planner courier guest operator gateway scheduler sensor terminal kiosk vault')
const verbs = list(
  'print store send show check book close open log reject approve export import delete restore count weigh label translate sort merge split rename archive',
)
const kinds = list('daily open paid late foreign signed urgent printed damaged shared public secret new old monthly external')
const things = list(
  'invoice parcel ticket report meter lesson ward recipe contract voucher seat route pump valve badge shelf tariff survey diary permit pallet turbine exam locker refund quota beacon ledger bandage playlist sapling ferry statue',
)
const parts = list('number owner picture history deadline summary address weight colour version currency signature')
const endings = [
  'within # seconds',
  'at least # times a day',
  'for # days',
  'every # minutes',
  'when the supervisor asks for it',
  'if the network is down',
  'by email',
  'without the consent of the manager',
  'in at most # ms',
  '',
]
const modals = ['shall', 'must', 'may', 'should', 'shall not', 'must be able to']

/** `count` items; each word is one of those above, or one of them with a number when the spec is large. */
export function manyItems(count: number, seed = 7): ConflictItem[] {
  const random = seededRandom(seed)
  const one = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? ''
  // Heaps' law: a text of a hundred times the length has about ten times the words.
  const families = Math.max(1, Math.round(Math.sqrt(count / 200)))
  const named = (values: readonly string[]): string => {
    const family = Math.floor(random() ** 2 * families)
    return family === 0 ? one(values) : `${one(values)}${'bcdfghklmnprstvz'[family % 16]}${Math.floor(family / 16) || ''}o`
  }
  return Array.from({ length: count }, (_, at) => {
    const ending = one(endings).replace('#', String(1 + Math.floor(random() * 90)))
    const text = `The ${named(actors)} ${one(modals)} ${one(verbs)} the ${one(parts)} of each ${one(kinds)} ${named(things)} ${ending}`
    return { id: `i${at}`, text: `${text.trim()}.`, bodyFrom: 0, key: '', category: 'requirements', headings: [] }
  })
}
