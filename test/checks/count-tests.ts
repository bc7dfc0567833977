// Sums what vitest's JSON reporter wrote, for `.ci/run`: one line, and a failure when nothing ran, one failed, or one was skipped under CI.

import { existsSync, readFileSync } from 'node:fs'

interface FileResult {
  name: string
  status: string
  assertionResults: { status: string }[]
}

const [path = ''] = process.argv.slice(2)
const results = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { testResults: FileResult[] }).testResults : []
const statuses = results.flatMap((file) => file.assertionResults.map(({ status }) => status))
const count = (...wanted: string[]): number => statuses.filter((status) => wanted.includes(status)).length

const passed = count('passed')
// A file that could not even be loaded has no tests to count, and must not pass for one without faults.
const unloadable = results.filter((file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'))
const failed = count('failed') + unloadable.length
const skipped = statuses.length - passed - count('failed')

for (const file of unloadable) process.stderr.write(`failed as a whole: ${file.name}\n`)
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
const isSkipFailure = Boolean(process.env.CI) && skipped > 0
if (failed > 0 || passed === 0 || isSkipFailure) process.exitCode = 1
