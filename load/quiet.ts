// `npm run load:quiet`: the memory that a connection takes on which nothing happens, on one server after another.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { singleNodes, type Contender } from './contenders.ts'
import { machineLine } from './machine-line.ts'
import { residentBytes } from './measured-process.ts'
import { inParallel } from './people.ts'
import { parseSettings } from './setting-argument.ts'
import { parseTypingOptions } from './typing-options.ts'
import type { Stage } from './typing-run.ts'

const usage = `npm run load:quiet -- [options]
  --connections 3000  how many are counted
  --before 1000       how many are there before, so that what a server takes once is not counted
  --documents 20      how many documents they are spread over
  --set NAME=value    a setting of our server; may be repeated`

/** By then what connecting took is given back. */
const settleMs = 8_000
const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '3000' },
    before: { type: 'string', default: '1000' },
    documents: { type: 'string', default: '20' },
    set: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
})
const [counted, before] = [Number(values.connections), Number(values.before)]

async function residentAfter(stage: Stage, first: number, count: number): Promise<number> {
  let lost = 0
  const handlers = { onUpdate: () => undefined, onAnswer: () => undefined, onLost: () => lost++ }
  await inParallel(count, (index) => stage.open(first + index, handlers))
  await sleep(settleMs)
  if (lost > 0) throw new Error(`${lost} connections were closed`)
  return stage.pids.reduce((sum, pid) => sum + (residentBytes(pid) ?? Number.NaN), 0)
}

async function row(contender: Contender): Promise<string> {
  const settings = parseSettings(values.set)
  const options = { ...parseTypingOptions([]), people: counted + before, documents: Number(values.documents), settings }
  const { stage, stop } = await contender.start(options)
  try {
    const few = await residentAfter(stage, 0, before)
    const many = await residentAfter(stage, before, counted)
    const megabytes = (bytes: number): string => Math.round(bytes / 2 ** 20).toString()
    return `| ${contender.name} | ${((many - few) / counted / 1024).toFixed(1)} | ${megabytes(few)} | ${megabytes(many)} |`
  } finally {
    await stop()
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
  process.stdout.write(
    `${machineLine()}\n\n| server | KB a connection | MB with ${before} | MB with ${before + counted} |\n| --- | --- | --- | --- |\n`,
  )
  for (const contender of singleNodes) process.stdout.write(`${await row(contender)}\n`)
  return 0
}

process.exit(await main())
