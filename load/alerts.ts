// `npm run load:alerts`: how soon a contradiction is on every other screen while many type, what finding it costs those who type, and for how long it holds the event loop.

import { parseArgs } from 'node:util'
import { AlertsTypist } from './alerts-typist.ts'
import { Latency } from './latency.ts'
import { processorTimeMs } from './measured-process.ts'
import { deedOf, isVague, madeUpSpec } from './made-up-spec.ts'
import { startOwnServer, type OwnServer } from './own-server.ts'
import { createProjects, signUpPeople, type Person } from './people.ts'

const usage = `npm run load:alerts [-- --items 1000 --people 20 --rate 5 --seconds 60 --rounds 4 --large 10000]

  --items    items of the spec that they type in
  --people   how many type at once
  --rate     letters a second from each
  --seconds  how long they type on the server that looks for conflicts; as long on one that does not
  --rounds   into how many parts that is cut, which take turns
  --large    items of the spec whose analysis is watched for how long it holds the event loop
Exits with 1 when a figure misses its aim.`
const aims = { seenMs: 300, heldMs: 20 }

/** A server and the project of the run on it. */
interface Side {
  server: OwnServer
  people: Person[]
  projectId: string
  acks: Latency
  /** Processor time of the server while they typed, and how long they did, in ms. */
  usedMs: number
  typedMs: number
}

/** Sentences whose last letter makes the conflict, and when that was typed. */
const finishedMs = new Map<string, number>()
const seen = new Latency()
let unseen = 0
/** Of each sentence, who typed it, and the screens that have shown it. */
const writers = new Map<string, number>()
const shown = new Map<string, Set<number>>()

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, durationMs)))

async function request(url: string, { token }: Person, { method = 'GET', markdown }: { method?: string; markdown?: string } = {}) {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(markdown === undefined ? {} : { 'content-type': 'text/markdown' }) },
    ...(markdown === undefined ? {} : { body: markdown }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`)
  return text
}

async function openSide(settings: Record<string, string>, { items, count }: { items: number; count: number }): Promise<Side> {
  const server = await startOwnServer({ WRITES_PER_MINUTE: '100000', ...settings })
  const people = await signUpPeople(server.url, count)
  const [projectId] = await createProjects(server.url, [people])
  const [owner] = people
  if (projectId === undefined || !owner) throw new Error('there is no project')
  await request(`${server.url}/api/projects/${projectId}/spec`, owner, { method: 'PUT', markdown: madeUpSpec(items, 1) })
  return { server, people, projectId, acks: new Latency(), usedMs: 0, typedMs: 0 }
}

/** Items that a sentence can contradict, each once. */
function* contradictable(items: number): Generator<number, never> {
  for (let at = 0; at < items; at++) if (!isVague(at)) yield at
  throw new Error('every item is contradicted already: ask for more items or fewer seconds')
}

function hear(screen: number, texts: readonly string[]): void {
  const nowMs = performance.now()
  for (const text of texts) {
    const startMs = finishedMs.get(text)
    if (startMs === undefined || shown.get(text)?.has(screen)) continue
    shown.get(text)?.add(screen)
    if (screen !== writers.get(text)) seen.record(nowMs - startMs)
  }
}

/** Everybody types sentences that contradict an item each, until the time is up. */
async function typeAll(
  side: Side,
  { seconds, rate, next, isLooking }: { seconds: number; rate: number; next: Iterator<number, never>; isLooking: boolean },
): Promise<void> {
  const { server, people, projectId, acks } = side
  const typists = await Promise.all(
    people.map(({ token }, screen) => AlertsTypist.join({ url: server.url, projectId, token }, (texts) => hear(screen, texts))),
  )
  const [startMs, usedMs] = [performance.now(), processorTimeMs(server.pid) ?? 0]
  const untilMs = startMs + seconds * 1000
  await Promise.all(
    typists.map(async (typist, screen) => {
      // Not all in step.
      await sleep((screen * 1000) / rate / people.length)
      while (performance.now() < untilMs) {
        const at = next.next().value
        const sentence = `${deedOf(at, 1)} within ${(at % 97) + 200} s`
        await typist.beginBehind(`- ${deedOf(at, 1)} within ${(at % 97) + 1} s`, acks)
        let dueMs = performance.now()
        for (const [nth, letter] of Array.from(sentence).entries()) {
          dueMs += 1000 / rate
          await sleep(dueMs - performance.now())
          if (isLooking && nth === sentence.length - 1) {
            writers.set(sentence, screen)
            shown.set(sentence, new Set())
            finishedMs.set(sentence, performance.now())
          }
          await typist.type(letter, acks)
        }
      }
    }),
  )
  side.typedMs += performance.now() - startMs
  side.usedMs += (processorTimeMs(server.pid) ?? 0) - usedMs
  // The last ones may still be on their way.
  await sleep(3_000)
  for (const typist of typists) typist.leave()
}

/** The longest that the event loop was held since the last time, in ms, without the 10 ms in which it is looked at. */
async function heldMs({ url }: OwnServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN) * 1000
  return read('nodejs_eventloop_lag_max_seconds') - 10
}

/** Somebody types in a large spec, and then a line is taken out and put back that much hangs on. */
async function watchLarge({ server, people }: Side, { large, rate }: { large: number; rate: number }): Promise<[string, number][]> {
  const [owner] = people
  if (!owner) throw new Error('nobody is there')
  const [projectId] = await createProjects(server.url, [[owner]])
  const address = `${server.url}/api/projects/${projectId}`
  await heldMs(server)
  await request(`${address}/spec`, owner, { method: 'PUT', markdown: madeUpSpec(large, 1) })
  const put = await heldMs(server)
  await request(`${address}/items?limit=1`, owner)
  const found = await heldMs(server)
  // Until its conflicts were looked for.
  await sleep(30_000)
  const checked = await heldMs(server)
  const typist = await AlertsTypist.join({ url: server.url, projectId: projectId ?? '', token: owner.token }, () => undefined)
  await sleep(1_000)
  const joined = await heldMs(server)
  await typist.beginBehind(`- ${deedOf(0, 1)} within 1 s`, new Latency())
  for (const letter of Array.from(`${deedOf(0, 1)} within 200 s`)) {
    await typist.type(letter, new Latency())
    await sleep(1000 / rate)
  }
  await sleep(2_000)
  const typed = await heldMs(server)
  typist.leave()
  return [
    ['put into the document', put],
    ['found', found],
    ['conflicts looked for', checked],
    ['joined', joined],
    ['typed in, letter by letter', typed],
  ]
}

const row = (name: string, latency: Latency): string => {
  const { count, p50Ms, p95Ms, maxMs } = latency.percentiles()
  return `${name.padEnd(52)} ${String(count).padStart(6)} ${[p50Ms, p95Ms, maxMs].map((ms) => ms.toFixed(1).padStart(8)).join(' ')}\n`
}

function countUnseen(people: number): void {
  for (const screens of shown.values()) {
    unseen += people - screens.size
  }
}

async function main(): Promise<number> {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const
  const { values } = parseArgs({
    options: {
      items: text('1000'),
      people: text('20'),
      rate: text('5'),
      seconds: text('60'),
      rounds: text('4'),
      large: text('10000'),
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const [items, count, rate, seconds, rounds, large] = [
    values.items,
    values.people,
    values.rate,
    values.seconds,
    values.rounds,
    values.large,
  ].map(Number) as [number, number, number, number, number, number]
  const [looking, blind] = [
    await openSide({}, { items, count }),
    await openSide({ ITEM_ANALYSIS_PAUSE_MS: '3600000' }, { items, count }),
  ] as const
  try {
    const next = contradictable(items)
    const blindNext = contradictable(items)
    // Until the spec was analysed and looked through.
    await request(`${looking.server.url}/api/projects/${looking.projectId}/items?limit=1`, looking.people[0] as Person)
    await sleep(5_000)
    for (let round = 0; round < rounds; round++) {
      await typeAll(looking, { seconds: seconds / rounds, rate, next, isLooking: true })
      await typeAll(blind, { seconds: seconds / rounds, rate, next: blindNext, isLooking: false })
    }
    countUnseen(count)
    process.stdout.write(`${`${count} people type in ${items} items`.padEnd(52)}  count   p50 ms   p95 ms   max ms\n`)
    process.stdout.write(row('a conflict on another screen, after the last letter', seen))
    process.stdout.write(row('ack of a letter, with analysis', looking.acks))
    process.stdout.write(row('ack of a letter, without', blind.acks))
    const share = ({ usedMs, typedMs }: Side): string => `${((100 * usedMs) / typedMs).toFixed(0)} %`
    process.stdout.write(`the server used ${share(looking)} of a processor with analysis, ${share(blind)} without\n`)
    process.stdout.write(`${shown.size} conflicts, ${unseen} screens that showed one not or before its last letter\n\n`)
    process.stdout.write(`${large} items: the event loop was held at most, ms`.padEnd(52) + '    with  without\n')
    const withIt = await watchLarge(looking, { large, rate })
    const without = await watchLarge(blind, { large, rate })
    for (const [nth, [what, ms]] of withIt.entries())
      process.stdout.write(`${what.padEnd(52)} ${ms.toFixed(1).padStart(7)} ${(without[nth]?.[1] ?? Number.NaN).toFixed(1).padStart(8)}\n`)
    const isFast = seen.percentiles().p95Ms < aims.seenMs && seen.percentiles().count > 0 && unseen === 0
    return isFast && (withIt.at(-1)?.[1] ?? Infinity) < aims.heldMs ? 0 : 1
  } finally {
    await Promise.all([looking.server.stop(), blind.server.stop()])
  }
}

process.exitCode = await main()
