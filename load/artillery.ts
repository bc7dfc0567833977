// Runs one scenario in Artillery, a process of its own, and gives what it counted.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocolVersion } from '../shared/wire/protocol.ts'
import type { LoadSize, ScenarioName } from './load-options.ts'
import { peopleFields } from './people-file.ts'

const program = join(import.meta.dirname, 'node_modules/artillery/bin/run')
const scenarios = join(import.meta.dirname, 'scenarios')

/** The figures of one metric over a time, in the unit that its name gives, ms for `response_time`. */
export interface Summary {
  count: number
  min: number
  max: number
  mean: number
  p50: number
  p95: number
  p99: number
}

/** What Artillery counted over a time. */
export interface Figures {
  counters: Record<string, number>
  rates: Record<string, number>
  summaries: Record<string, Summary>
  /** Milliseconds since 1970. */
  firstMetricAt: number
  lastMetricAt: number
}

export interface ScenarioResult {
  scenario: ScenarioName
  whole: Figures
  /** A slice every few seconds, in order. */
  slices: Figures[]
  /** Whether every threshold was kept. */
  isKept: boolean
  /** The lines in which Artillery tells which were. */
  checks: string[]
}

export interface ScenarioRun {
  scenario: ScenarioName
  size: LoadSize
  serverUrl: string
  peopleFile: string
  outputFile: string
}

/** Whether `npm --prefix load ci` has been run. */
export const isArtilleryInstalled = (): boolean => existsSync(program)

/** Runs it to its end. Throws when Artillery itself fails; thresholds that were not kept are a result. */
export async function runScenario(run: ScenarioRun): Promise<ScenarioResult> {
  const { output, code } = await runArtillery(run)
  const checks = output.split('\n').flatMap((line) => (/^(ok|fail): /.test(line) ? [line] : []))
  if (checks.length === 0) throw new Error(`Artillery ended with ${code} and checked nothing:\n${output}`)
  const { aggregate, intermediate } = JSON.parse(await readFile(run.outputFile, 'utf8')) as { aggregate: Figures; intermediate: Figures[] }
  return { scenario: run.scenario, whole: aggregate, slices: intermediate, isKept: code === 0, checks }
}

async function runArtillery({
  scenario,
  size,
  serverUrl,
  peopleFile,
  outputFile,
}: ScenarioRun): Promise<{ output: string; code: number | null }> {
  const overrides = {
    config: {
      target: serverUrl,
      payload: [{ path: peopleFile, fields: peopleFields, order: 'sequence' }],
      variables: { protocol: protocolVersion },
    },
  }
  const args = [
    program,
    'run',
    ...['--config', join(scenarios, 'config.yml')],
    ...['--environment', size],
    ...['--overrides', JSON.stringify(overrides)],
    ...['--output', outputFile],
    join(scenarios, `${scenario}.yml`),
  ]
  // Nothing of a run is told to anybody.
  const env = { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true', FORCE_COLOR: '0' }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { output, code }
}
