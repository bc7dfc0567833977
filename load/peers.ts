// `npm run load:peers`: the same crowd, one server after another in one run, and a row for each.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pairsOfNodes, singleNodes, type Contender } from './contenders.ts'
import { machineLine } from './machine-line.ts'
import { parseTypingOptions, type TypingOptions } from './typing-options.ts'
import type { TypingResult } from './typing-report.ts'
import { runTyping } from './typing-run.ts'

const usage = `npm run load:peers -- [options]
  --two-nodes         two nodes of each over one Redis
  --up-to 800         ever larger crowds, 100 people more each time, until 95 in 100 characters take longer than 200 ms
                      or not all is seen; the last row of a server is the one that it did not reach
  and the options of load:typing but --door, --url and --pid`

/** How many more people each crowd of \`--up-to\` has. */
const stepPeople = 100
const maxP95Ms = 200

async function measure(contender: Contender, options: TypingOptions): Promise<TypingResult> {
  const { stage, stop } = await contender.start(options)
  try {
    return await runTyping(stage, options)
  } finally {
    await stop()
  }
}

const head = `| server | an ack means | ack p50 / p95 ms | to every screen p50 / p95 / p99 ms | delivered/s | CPU ms per 1,000 | MB | elsewhere, % of a core | sound |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |`

function row({ name, ack }: Contender, result: TypingResult): string {
  const { acks, propagation, counts, windowMs, server, elsewhereMs, hasAcks, progress, generator } = result
  const ms = (value: number): string => value.toFixed(1)
  const whole = (value: number): string => Math.round(value).toLocaleString('en')
  const sound =
    progress.unseen === 0 && progress.gaps === 0 ? 'all seen' : `${whole(progress.unseen)} not seen, ${progress.gaps} out of order`
  return `| ${[
    name,
    ack,
    hasAcks ? `${ms(acks.p50Ms)} / ${ms(acks.p95Ms)}` : '-',
    `${ms(propagation.p50Ms)} / ${ms(propagation.p95Ms)} / ${ms(propagation.p99Ms)}`,
    whole((counts.delivered * 1000) / windowMs),
    server ? ms((server.processorMs * 1000) / Math.max(1, counts.delivered)) : '-',
    server ? whole(server.residentBytes / 2 ** 20) : '-',
    elsewhereMs === undefined ? '-' : whole((elsewhereMs * 100) / windowMs),
    generator.isFit ? sound : `generator busy ${whole(generator.utilization * 100)} %: its own figures`,
  ].join(' | ')} |`
}

/** Whether everybody saw everything in time, as far as this generator can tell. */
function isReached({ propagation, progress, generator }: TypingResult): boolean {
  return propagation.p95Ms <= maxP95Ms && progress.unseen === 0 && progress.gaps === 0 && generator.isFit
}

async function climb(contender: Contender, options: TypingOptions, upTo: number): Promise<void> {
  for (let { people } = options; people <= upTo; people += stepPeople) {
    const result = await measure(contender, { ...options, people })
    process.stdout.write(`${row({ ...contender, name: `${contender.name}, ${people} people` }, result)}\n`)
    if (!isReached(result)) return
  }
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  if (!existsSync(join(import.meta.dirname, 'peers/node_modules'))) {
    process.stderr.write('The peers are not installed: run npm --prefix load/peers ci\n')
    return 2
  }
  const isOverTwo = process.argv.includes('--two-nodes')
  const upToAt = process.argv.indexOf('--up-to')
  const upTo = upToAt < 0 ? undefined : Number(process.argv[upToAt + 1])
  const own = (_argument: string, index: number, all: string[]): boolean =>
    all[index] !== '--two-nodes' && all[index] !== '--up-to' && all[index - 1] !== '--up-to'
  const options = parseTypingOptions(process.argv.slice(2).filter(own))
  const { people, documents, rate, seconds, warmup } = options
  process.stdout.write(
    `${machineLine()}\n${upTo === undefined ? people : `${people} to ${upTo}`} people in ${documents} document(s), ${rate} characters/s each, ${seconds} s after ${warmup} s\n\n${head}\n`,
  )
  for (const contender of isOverTwo ? pairsOfNodes : singleNodes) {
    if (upTo !== undefined) await climb(contender, options, upTo)
    else process.stdout.write(`${row(contender, await measure(contender, options))}\n`)
  }
  return 0
}

process.exitCode = await main()
