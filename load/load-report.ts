// What a run of Artillery's scenarios says at its end: lines for the terminal, and a page with pictures.

import { cpus, release, totalmem } from 'node:os'
import type { Figures, ScenarioResult, Summary } from './artillery.ts'
import { drawChart, type Line } from './chart.ts'
import type { LoadOptions } from './load-options.ts'

/** The latencies that are shown, where a scenario has them. */
const latencies = {
  'http.response_time': 'HTTP answer',
  'document.join_ms': 'join, with the whole text',
  'document.ack_ms': 'ack of a typed word',
  'document.cursor_ms': 'ack of a cursor',
  'interview.ask_ms': 'ack of an asked question',
  'interview.question_ms': 'a question at its end',
  'interview.queued_question_ms': 'one that had to wait',
  'interview.say_ms': 'ack of an answer',
} as const

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const spread = ({ count, p50, p95, p99, max }: Summary): string => `p50 ${p50}  p95 ${p95}  p99 ${p99}  max ${max} ms  (${whole(count)})`

/** A scenario's outcome in a few lines. */
export function summarize({ scenario, whole: figures, slices, isKept, checks }: ScenarioResult): string {
  const { counters, summaries } = figures
  const seconds = (figures.lastMetricAt - figures.firstMetricAt) / 1000
  const requests = counters['http.requests'] ?? 0
  const steadyRate = rateWithEverybody(slices)
  return [
    `${scenario}: ${isKept ? 'kept' : 'NOT KEPT'}, ${whole(counters['vusers.created'] ?? 0)} people, ${whole(requests)} requests (${whole(requests / seconds)}/s), ${failureText(counters)}`,
    ...(steadyRate === undefined ? [] : [`  ${'with everybody at work'.padEnd(26)}${whole(steadyRate)} requests/s`]),
    ...Object.entries(latencies).flatMap(([metric, name]) =>
      summaries[metric] ? [`  ${name.padEnd(26)}${spread(summaries[metric])}`] : [],
    ),
    ...checks.map((check) => `  ${check}`),
  ].join('\n')
}

/** Requests a second while nobody arrived or left; undefined when there was no such time. The mean of a whole run is lower: people come and go in it. */
function rateWithEverybody(slices: readonly Figures[]): number | undefined {
  const steady = slices.filter(({ counters }) => (counters['vusers.created'] ?? 0) === 0 && (counters['vusers.completed'] ?? 0) === 0)
  const busy = steady.filter(({ counters }) => (counters['http.requests'] ?? 0) > 0)
  if (busy.length === 0) return undefined
  const requests = busy.reduce((sum, { counters }) => sum + (counters['http.requests'] ?? 0), 0)
  const durationMs = busy.reduce((sum, { firstMetricAt, lastMetricAt }) => sum + lastMetricAt - firstMetricAt, 0)
  return (requests * 1000) / Math.max(1, durationMs)
}

function failureText(counters: Figures['counters']): string {
  const asked = counters['asked.total'] ?? 0
  const failed = counters['asked.failed'] ?? 0
  const errors = Object.entries(counters).filter(([name]) => name.startsWith('errors.'))
  const names = errors.map(([name, count]) => `${name.slice('errors.'.length)} x ${count}`)
  return `${whole(failed)} of ${whole(asked)} failed${names.length > 0 ? ` (${names.join(', ')})` : ''}`
}

/** The page: one section a scenario, readable without any script or network. */
export function formatLoadReport({ size, url, settings }: LoadOptions, results: readonly ScenarioResult[]): string {
  const changed = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, ${whole(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}, Node ${process.version}`
  const server = url ?? 'one started for the run, with its embedded PostgreSQL'
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Load: ${escape(size)}</title><style>${style}</style></head><body><main>
<h1>Load: ${escape(size)}</h1>
<p>${escape(new Date().toISOString())} on ${escape(machine)}; server: ${escape(server)}${changed.length > 0 ? `; ${escape(changed.join(' '))}` : ''}. The generator ran on the same machine.</p>
${results.map(formatScenario).join('\n')}
</main></body></html>
`
}

function formatScenario(result: ScenarioResult): string {
  const { scenario, slices, whole: figures } = result
  const startMs = figures.firstMetricAt
  const at = (slice: Figures): number => (slice.firstMetricAt - startMs) / 1000
  const rate = (slice: Figures, counter: string): number =>
    ((slice.counters[counter] ?? 0) * 1000) / Math.max(1, slice.lastMetricAt - slice.firstMetricAt)
  const load: Line[] = [
    { name: 'requests/s', points: slices.map((slice) => ({ x: at(slice), y: rate(slice, 'http.requests') })) },
    { name: 'events asked/s', points: slices.map((slice) => ({ x: at(slice), y: rate(slice, 'asked.total') })) },
  ]
  const charts = Object.entries(latencies).flatMap(([metric, name]) => {
    if (!figures.summaries[metric]) return []
    const line = (key: 'p50' | 'p95' | 'p99'): Line => ({
      name: key,
      points: slices.flatMap((slice) => (slice.summaries[metric] ? [{ x: at(slice), y: slice.summaries[metric][key] }] : [])),
    })
    return [drawChart({ title: name, unit: 'ms', lines: [line('p50'), line('p95'), line('p99')] })]
  })
  return `<section><h2>${escape(scenario)} <small class="${result.isKept ? 'kept' : 'broken'}">${result.isKept ? 'thresholds kept' : 'thresholds NOT kept'}</small></h2>
<pre>${escape(summarize(result))}</pre>
<div class="charts">${drawChart({ title: 'load', unit: '/s', lines: load })}${charts.join('')}</div></section>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const style = `body{font:14px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff}main{max-width:1100px;margin:32px auto;padding:0 16px}
pre{background:#f6f8fa;padding:12px;border-radius:6px;overflow:auto}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:16px}
small{font-size:13px;font-weight:500}.kept{color:#1a7f37}.broken{color:#cf222e}svg{width:100%;height:auto}`
