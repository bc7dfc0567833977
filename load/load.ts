// `npm run load`: Artillery's scenarios against a running server, or one started for the run, and a report with pictures.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isArtilleryInstalled, runScenario, type ScenarioResult } from './artillery.ts'
import { loadUsage, parseLoadOptions, peopleOfSize, type LoadOptions } from './load-options.ts'
import { formatLoadReport, summarize } from './load-report.ts'
import { startOwnServer } from './own-server.ts'
import { writePeopleFile } from './people-file.ts'

const exitCodes = { kept: 0, notKept: 1, usage: 2 } as const

async function runAll(options: LoadOptions, serverUrl: string): Promise<ScenarioResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'elenchus-load-run-'))
  const peopleFile = join(folder, 'people.csv')
  const results: ScenarioResult[] = []
  try {
    await writePeopleFile({ serverUrl, people: peopleOfSize[options.size], peoplePerDocument: options.peoplePerDocument, path: peopleFile })
    for (const scenario of options.scenarios) {
      const outputFile = join(folder, `${scenario}.json`)
      const result = await runScenario({ scenario, size: options.size, serverUrl, peopleFile, outputFile })
      process.stdout.write(`${summarize(result)}\n`)
      results.push(result)
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${loadUsage}\n`)
    return exitCodes.kept
  }
  let options: LoadOptions
  try {
    options = parseLoadOptions(process.argv.slice(2))
    if (!isArtilleryInstalled()) throw new Error('Artillery is not installed: run npm --prefix load ci')
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${loadUsage}\n`)
    return exitCodes.usage
  }
  const own = options.url === undefined ? await startOwnServer(options.settings) : undefined
  try {
    const results = await runAll(options, own?.url ?? options.url ?? '')
    await mkdir(options.reportFolder, { recursive: true })
    const reportFile = join(options.reportFolder, `${options.size}.html`)
    await writeFile(reportFile, formatLoadReport(options, results))
    process.stdout.write(`report: ${reportFile}\n`)
    return results.every(({ isKept }) => isKept) ? exitCodes.kept : exitCodes.notKept
  } finally {
    await own?.stop()
  }
}

process.exitCode = await main()
