// `npm run load:joins`: how long a new client waits for a document that was edited often, and for one that is large, on one server after another.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as Y from 'yjs'
import { contentKey } from '../shared/spec/plain-text.ts'
import { singleNodes, type Contender, type Started } from './contenders.ts'
import { editedDocument, largeDocument } from './editing-trace.ts'
import { Latency } from './latency.ts'
import { machineLine } from './machine-line.ts'
import { parseSettings } from './setting-argument.ts'
import type { TypingConnection } from './typing-connection.ts'
import { parseTypingOptions } from './typing-options.ts'
import type { Stage } from './typing-run.ts'

const usage = `npm run load:joins -- [options]
  --edits 260000      one-character edits of the first document
  --at-once 50        clients that join it in one moment
  --megabytes 4       size of the second document's text
  --people 150        clients that join that in one moment
  --rounds 20         joins one after another, and so many cold ones in five
  --set NAME=value    a setting of our server; may be repeated`

const settleMs = 3_000
const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))
const ms = (value: number): string => value.toFixed(1)

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '260000' },
    'at-once': { type: 'string', default: '50' },
    megabytes: { type: 'string', default: '4' },
    people: { type: 'string', default: '150' },
    rounds: { type: 'string', default: '20' },
    set: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
})

/** The first half of the seats is in the document that was edited, the second in the large one. */
const perDocument = Math.max(Number(values['at-once']), Number(values.people)) + 1

/** Joins, and gives how long it took until all was there. With `expected` the words are looked at too. */
async function joinOnce(stage: Stage, seat: number, expected: string | undefined): Promise<{ timeMs: number; leave: () => void }> {
  let last: Buffer = Buffer.alloc(0)
  const startMs = performance.now()
  const connection = await stage.open(seat, {
    onUpdate: (update) => {
      // A view of bytes that are used again.
      if (expected !== undefined) last = Buffer.from(update)
    },
    onAnswer: () => undefined,
    onLost: (code, reason) => {
      throw new Error(`a client was closed with ${code} ${reason}`)
    },
  })
  const timeMs = performance.now() - startMs
  // A document of ours has a heading of its own beside what was brought.
  if (expected !== undefined && !textOf(last).includes(expected)) throw new Error('a client did not get the whole text')
  return { timeMs, leave: () => connection.close() }
}

function textOf(update: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getText(contentKey).toJSON()
}

/** Whoever brings the document, and stays. */
async function fill(stage: Stage, seat: number, updates: readonly Uint8Array[]): Promise<TypingConnection> {
  let answered = 0
  const refusals: string[] = []
  const connection = await stage.open(seat, {
    onUpdate: () => undefined,
    onAnswer: (_index, code) => {
      answered++
      if (code !== '') refusals.push(code)
    },
    onLost: (code, reason) => refusals.push(`${code} ${reason}`),
  })
  for (const update of updates) connection.send(update)
  for (let waited = 0; stage.hasAcks && answered < updates.length && refusals.length === 0 && waited < 60_000; waited += 20) await sleep(20)
  if (refusals.length > 0) throw new Error(`the document was refused: ${refusals.join(', ')}`)
  return connection
}

async function atOnce(stage: Stage, firstSeat: number, count: number): Promise<Latency> {
  const times = new Latency()
  const joined = await Promise.all(Array.from({ length: count }, (_, index) => joinOnce(stage, firstSeat + index, undefined)))
  for (const { timeMs, leave } of joined) {
    times.record(timeMs)
    leave()
  }
  return times
}

async function measure({ stage, untilClosed }: Started): Promise<string[]> {
  const edited = editedDocument(Number(values.edits))
  const large = largeDocument(Number(values.megabytes) * 1024 * 1024)
  const holders = [await fill(stage, 0, [edited]), await fill(stage, perDocument, large)]
  await sleep(settleMs)
  const checks = [await joinOnce(stage, 1, textOf(edited)), await joinOnce(stage, perDocument + 1, textOf(Y.mergeUpdates(large)))]
  for (const { leave } of checks) leave()
  const warm = new Latency()
  for (let round = 0; round < Number(values.rounds); round++) {
    const joined = await joinOnce(stage, 1, undefined)
    warm.record(joined.timeMs)
    joined.leave()
  }
  const together = (await atOnce(stage, 1, Number(values['at-once']))).percentiles()
  const crowd = (await atOnce(stage, perDocument + 1, Number(values.people))).percentiles()
  for (const holder of holders) holder.close()
  const cold = new Latency()
  for (let round = 0; untilClosed && round < Number(values.rounds) / 4; round++) {
    await untilClosed()
    const joined = await joinOnce(stage, 1, undefined)
    cold.record(joined.timeMs)
    joined.leave()
  }
  const [warmed, colds] = [warm.percentiles(), cold.percentiles()]
  return [
    `${ms(warmed.p50Ms)} / ${ms(warmed.p95Ms)}`,
    untilClosed ? `${ms(colds.p50Ms)} / ${ms(colds.maxMs)}` : '-',
    `${ms(together.p50Ms)} / ${ms(together.maxMs)}`,
    `${ms(crowd.p50Ms)} / ${ms(crowd.p95Ms)} / ${ms(crowd.maxMs)}`,
  ]
}

async function row(contender: Contender): Promise<string> {
  const settings = { DOCUMENT_IDLE_MS: '500', ...parseSettings(values.set) }
  const options = { ...parseTypingOptions([]), people: perDocument * 2, documents: 2, settings }
  const started = await contender.start(options)
  try {
    return `| ${[contender.name, ...(await measure(started))].join(' | ')} |`
  } finally {
    await started.stop()
  }
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  if (!existsSync(join(import.meta.dirname, 'peers/node_modules'))) {
    process.stderr.write('The peers are not installed: run npm --prefix load/peers ci\n')
    return 2
  }
  process.stdout.write(`${machineLine()}\n\n`)
  process.stdout.write(`| server | ${values.edits} edits, warm p50 / p95 ms | cold p50 / max | ${values['at-once']} at once p50 / max | `)
  process.stdout.write(`${values.people} join ${values.megabytes} MB p50 / p95 / max |\n| --- | --- | --- | --- | --- |\n`)
  for (const contender of singleNodes) process.stdout.write(`${await row(contender)}\n`)
  return 0
}

process.exitCode = await main()
