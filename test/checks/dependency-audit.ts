// `npm run check:audit`: fails on known faults of severity high in what is shipped; where the registry has no advisories, says so.

import { spawnSync } from 'node:child_process'
import { auditVerdict } from './audit-verdict.ts'

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'], { encoding: 'utf8' })
const { outcome, lines } = auditVerdict(stdout ?? '')
process.stdout.write(`dependency audit: ${lines.join('\n')}\n`)
if (outcome === 'vulnerable') process.exitCode = 1
