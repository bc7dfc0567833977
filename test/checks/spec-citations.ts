// `npm run check:spec`: fails when SPEC.md and the titles of the tests do not answer each other.

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareCitations } from './citations.ts'

const root = join(import.meta.dirname, '../..')
const paths = globSync('{server,client,shared,load,test}/**/*.test.{ts,tsx}', { cwd: root }).filter(
  (path) => !path.includes('node_modules'),
)
const files = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const { rules, citations, problems } = compareCitations(readFileSync(join(root, 'SPEC.md'), 'utf8'), files)

for (const problem of problems) process.stderr.write(`${problem}\n`)
process.stdout.write(`SPEC.md: ${rules} rules, ${citations} citations in ${files.length} test files, ${problems.length} problems\n`)
if (problems.length > 0) process.exitCode = 1
