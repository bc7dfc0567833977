// `npm run load:peers`: the same crowd, one server after another in one run, and a row for each.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pairsOfNodes, singleNodes, type Contender } from './contenders.ts'
import { parseTypingOptions, type TypingOptions } from './typing-options.ts'
import type { TypingResult } from './typing-report.ts'
import { runTyping } from './typing-run.ts'

const usage = `npm run load:peers -- [--two-nodes] [the options of load:typing but --door, --url and --pid]`

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
  const options = parseTypingOptions(process.argv.slice(2).filter((argument) => argument !== '--two-nodes'))
  const { people, documents, rate, seconds, warmup } = options
  process.stdout.write(
    `${people} people in ${documents} document(s), ${rate} characters/s each, ${seconds} s after ${warmup} s\n\n${head}\n`,
  )
  for (const contender of isOverTwo ? pairsOfNodes : singleNodes)
    process.stdout.write(`${row(contender, await measure(contender, options))}\n`)
  return 0
}

process.exitCode = await main()
