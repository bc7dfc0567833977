// What a run of `load:typing` says at its end.

import { cpus, release, totalmem } from 'node:os'
import type { CrowdCounts } from './crowd.ts'
import type { Health } from './generator-health.ts'
import type { Percentiles } from './latency.ts'
import type { TypingOptions } from './typing-options.ts'

/** What the server used in the window. */
interface ServerUse {
  processorMs: number
  /** By the PostgreSQL that the server started itself. */
  databaseMs: number
  residentBytes: number
}

export interface TypingResult {
  options: TypingOptions
  /** In the measured window. */
  counts: CrowdCounts
  windowMs: number
  /** Whether the servers say of each update that they have it; without it `acks` is empty. */
  hasAcks: boolean
  acks: Percentiles
  propagation: Percentiles
  server: ServerUse | undefined
  generator: Health
  /** Processor time of everything but server, its PostgreSQL and the generator in the window, over all cores. */
  elsewhereMs: number | undefined
  refusals: ReadonlyMap<string, number>
  /** Over the whole run, after what was under way had its time to arrive. */
  progress: { sent: number; acked: number; unseen: number; gaps: number }
  check: { clients: number; problems: string[] } | undefined
}

/** Whether every character that was sent was acked, where there are acks, and seen by everybody, and the checking clients agree. */
export function isWhole({ progress, hasAcks, refusals, check }: TypingResult): boolean {
  const isAllAcked = progress.acked === progress.sent || !hasAcks
  const isAllThere = progress.unseen === 0 && progress.gaps === 0 && isAllAcked && refusals.size === 0
  return isAllThere && (check === undefined || check.problems.length === 0)
}

/** The report as lines; when the generator was the bottleneck, that and its own figures only. */
export function formatReport(result: TypingResult): string {
  const figures = result.generator.isFit
    ? measuredLines(result)
    : [line('figures', 'none: the generator could not keep up, so they would be its own. Fewer people, a lower rate, or a faster machine.')]
  return [...headLines(result), ...figures, ...soundnessLines(result)].join('\n')
}

const line = (name: string, text: string): string => `${name.padEnd(12)}${text}`
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const spread = ({ p50Ms, p95Ms, p99Ms, maxMs }: Percentiles): string =>
  `p50 ${p50Ms.toFixed(2)}  p95 ${p95Ms.toFixed(2)}  p99 ${p99Ms.toFixed(2)}  max ${maxMs.toFixed(1)} ms`

function headLines({ options, windowMs, generator, elsewhereMs }: TypingResult): string[] {
  const { door, people, documents, rate, warmup, settings } = options
  const changed = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const seconds = (windowMs / 1000).toFixed(1)
  return [
    line('run', `${people} people in ${documents} document(s) through ${door}, ${rate} characters/s each, ${seconds} s after ${warmup} s`),
    ...(changed.length > 0 ? [line('settings', changed.join(' '))] : []),
    line(
      'machine',
      `${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, ${whole(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}`,
    ),
    line(
      'generator',
      `loop busy ${whole(generator.utilization * 100)} %, late p50 ${generator.delayP50Ms.toFixed(2)} p99 ${generator.delayP99Ms.toFixed(2)} ms`,
    ),
    ...(elsewhereMs === undefined
      ? []
      : [line('elsewhere', `${whole((elsewhereMs * 100) / windowMs)} % of a core used by what is not part of the run`)]),
  ]
}

function measuredLines({ counts, windowMs, hasAcks, acks, propagation, server }: TypingResult): string[] {
  const delivered = `${whole((counts.delivered * 1000) / windowMs)} characters/s (${whole(counts.sent)} sent, ${whole(counts.delivered)} seen)`
  return [
    line('ack', hasAcks ? spread(acks) : 'none'),
    line('propagation', spread(propagation)),
    line('delivered', delivered),
    line('server', server ? serverText(server, counts, windowMs) : 'not measured: give --pid'),
  ]
}

function serverText(server: ServerUse, { delivered }: CrowdCounts, windowMs: number): string {
  const perThousand = ((server.processorMs * 1000) / Math.max(1, delivered)).toFixed(2)
  const share = whole((server.processorMs * 100) / windowMs)
  return `${perThousand} ms CPU per 1,000 delivered (${share} % of a core), PostgreSQL ${whole((server.databaseMs * 100) / windowMs)} %, ${whole(server.residentBytes / 2 ** 20)} MB resident`
}

function soundnessLines({ progress, refusals, check }: TypingResult): string[] {
  const { sent, acked, unseen, gaps } = progress
  return [
    line('whole run', `${whole(sent)} sent, ${whole(acked)} acked, ${whole(unseen)} not seen by somebody, ${gaps} out of order`),
    ...[...refusals].map(([code, count]) => line('refused', `${whole(count)} x ${code}`)),
    ...(check === undefined ? [] : [line('check', checkText(check))]),
  ]
}

function checkText({ clients, problems }: { clients: number; problems: string[] }): string {
  if (problems.length > 0) return problems.join('; ')
  return `${clients} real clients that stayed and one that came at the end hold the same text, with every acked character`
}
