// `npm run check:env`: .env.example lists exactly the settings there are, with their defaults; `-- --write` makes it anew.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listSettings } from '../../server/base/config.ts'

const path = join(import.meta.dirname, '../../.env.example')
const opening = '# Every setting with its default; copy this to .env, which `npm start` reads, and take the # off what you change.'
const entries = listSettings().map(({ name, fallback, help }) => `# ${help}\n# ${name}=${fallback ?? ''}`)
const expected = `${[opening, ...entries].join('\n\n')}\n`

if (process.argv.includes('--write')) {
  writeFileSync(path, expected)
} else if (readFileSync(path, 'utf8') !== expected) {
  process.stderr.write('.env.example does not match the settings of server/base/config.ts: npm run check:env -- --write\n')
  process.exitCode = 1
}
