// `npm run doctor`: says in plain words what is wrong with an installation and what to do; ends with 1 when something is.

import { readEnvironment } from '../base/config.ts'
import { createLog } from '../base/log.ts'
import { examine } from './examine.ts'
import { tellFindings, wrong, type Finding } from './finding.ts'

async function main(): Promise<Finding[]> {
  const read = readEnvironment()
  if ('config' in read) return examine(read.config, createLog('silent'))
  return read.problems.map((problem) => wrong(`A setting is wrong: ${problem}.`, 'See `npm start -- --help`.'))
}

const findings = await main()
process.stdout.write(`${tellFindings(findings)}\n`)
process.exitCode = findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0
