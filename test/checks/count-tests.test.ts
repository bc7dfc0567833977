// Proves that the count of `.ci/run` fails when it must: nothing ran, a test failed, a file did not load, one was skipped under CI.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'elenchus-count-'))
const report = join(folder, 'tests.json')
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the script over files given as lists of test states, and gives its line and exit code. */
function count(files: string[][], environment: { CI?: string } = { CI: 'true' }): [line: string, code: number | null] {
  const testResults = files.map((states, index) => ({
    name: `file-${index}`,
    status: states.length === 0 || states.includes('failed') ? 'failed' : 'passed',
    assertionResults: states.map((status) => ({ status })),
  }))
  writeFileSync(report, JSON.stringify({ testResults }))
  return run(report, environment)
}

function run(path: string, environment: { CI?: string }): [line: string, code: number | null] {
  const script = join(import.meta.dirname, 'count-tests.ts')
  const { stdout, status } = spawnSync(process.execPath, [script, path], { env: environment, encoding: 'utf8' })
  return [stdout.trimEnd(), status]
}

// Each case starts a process or two, which takes its time on a busy machine.
describe('the count of .ci/run', { timeout: 20_000 }, () => {
  it('passes when all passed', () => {
    expect(count([['passed', 'passed'], ['passed']])).toEqual(['3 passed, 0 failed, 0 skipped', 0])
  })

  it('fails with a failed test, and with a file that did not load', () => {
    expect(count([['passed', 'failed']])).toEqual(['1 passed, 1 failed, 0 skipped', 1])
    expect(count([['passed'], []])).toEqual(['1 passed, 1 failed, 0 skipped', 1])
  })

  it('takes a skipped test for a failure under CI only', () => {
    expect(count([['passed', 'skipped', 'todo']])).toEqual(['1 passed, 0 failed, 2 skipped', 1])
    expect(count([['passed', 'skipped']], {})).toEqual(['1 passed, 0 failed, 1 skipped', 0])
  })

  it('fails when nothing ran', () => {
    expect(count([])).toEqual(['0 passed, 0 failed, 0 skipped', 1])
    expect(run(join(folder, 'not-there.json'), {})).toEqual(['0 passed, 0 failed, 0 skipped', 1])
  })
})
