// Proves that the linter's configuration catches what it promises to: seeds one violation of each rule and reads the verdict.

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** One violation a file: the path, what stands in it, the rule that must speak, and a word of what it must say. */
const seeds: [path: string, source: string, rule: string, says: string][] = [
  ['server/store/upward.ts', "import '../http/app.ts'", 'house(ranks)', 'higher rank'],
  ['server/socket/sideways.ts', "import '../http/app.ts'", 'house(ranks)', 'same rank'],
  ['client/net/crossing.ts', "import '../../server/http/app.ts'", 'house(ranks)', 'never server'],
  ['client/net/lazy-crossing.ts', "export const load = () => import('../../server/http/app.ts')", 'house(ranks)', 'never server'],
  [
    'client/net/type-crossing.ts',
    "import type { App } from '../../server/http/app.ts'\nexport type Mine = App",
    'house(ranks)',
    'never server',
  ],
  ['shared/machine.ts', "import { readFileSync } from 'node:fs'\nexport const a = readFileSync", 'house(ranks)', 'no node: module'],
  ['shared/page.ts', 'export const title = () => document.title', 'eslint(no-restricted-globals)', 'document'],
  ['shared/network.ts', "export const get = () => fetch('/')", 'eslint(no-restricted-globals)', 'fetch'],
  [
    'server/documents/tagged.ts',
    'export const find = (sql: (text: TemplateStringsArray) => void) => sql`select 1`',
    'house(sql-in-store)',
    'server/store',
  ],
  [
    'server/documents/called.ts',
    "export const find = (pool: { query(text: string): void }) => pool.query('select 1')",
    'house(sql-in-store)',
    'server/store',
  ],
  ['server/http/barrel.ts', "export { app } from './app.ts'", 'house(no-reexport)', 'barrels'],
  ['server/http/index.ts', 'export const a = 1', 'house(file-names)', 'says nothing'],
  ['server/http/silent.ts', '', 'house(opening-line)', 'first line'],
  ['server/http/cycle-one.ts', "import type { Two } from './cycle-two.ts'\nexport type One = Two[]", 'import(no-cycle)', 'cycle'],
  ['server/http/cycle-two.ts', "import type { One } from './cycle-one.ts'\nexport type Two = One[]", 'import(no-cycle)', 'cycle'],
  ['server/http/CamelCase.ts', 'export const a = 1', 'unicorn(filename-case)', 'kebab'],
  ['server/http/defaulted.ts', 'export default 1', 'import(no-default-export)', 'default'],
  ['server/http/loose.ts', 'export const a: any = 1', 'typescript(no-explicit-any)', 'any'],
  ['server/http/sure.ts', 'export const a = (b?: string) => b!.length', 'typescript(no-non-null-assertion)', 'non-null'],
  ['server/http/floating.ts', 'export function a() {\n  Promise.resolve(1)\n}', 'typescript(no-floating-promises)', 'romise'],
  ['server/http/swallowed.ts', 'export function a() {\n  try {\n    a()\n  } catch {}\n}', 'eslint(no-empty)', 'empty'],
  ['server/http/chatty.ts', 'console.log(1)', 'eslint(no-console)', 'console'],
  ['server/http/environment.ts', 'export const a = process.env.PORT', 'node(no-process-env)', 'process.env'],
  [
    'server/http/value-import.ts',
    "import { App } from './app.ts'\nexport const a = (app: App) => app",
    'typescript(consistent-type-imports)',
    'type',
  ],
  ['server/http/pardoned.ts', '// oxlint-disable-next-line no-console\nexport const a = 1', 'Unused', 'unused oxlint-disable'],
  ['server/http/long.ts', '\n'.repeat(251) + 'export const a = 1', 'eslint(max-lines)', 'lines'],
]

interface Finding {
  filename: string
  code?: string
  message: string
}

const folder = await mkdtemp(join(tmpdir(), 'elenchus-lint-'))
let findings: Finding[] = []

beforeAll(async () => {
  for (const path of ['.oxlintrc.json', 'tsconfig.json', 'test/checks/house-plugin.ts', 'test/checks/ranks.ts']) {
    await cp(join(root, path), join(folder, path))
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeSeed('server/http/app.ts', '// What others import.\nexport const app = 1\nexport interface App {\n  a: 1\n}\n')
  for (const [path, source] of seeds) await writeSeed(path, path.endsWith('silent.ts') ? 'export const a = 1\n' : `// A seed.\n${source}\n`)
  findings = await lint()
}, 60_000)

afterAll(() => rm(folder, { recursive: true }))

async function writeSeed(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), source)
}

function lint(): Promise<Finding[]> {
  return new Promise((resolve, reject) => {
    const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', 'server', 'client', 'shared']
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, output, errors) => {
      // Findings make it exit with 1; only an answer that is not the list is a failure.
      if (!output.startsWith('{')) return reject(new Error(output + errors))
      resolve((JSON.parse(output) as { diagnostics: Finding[] }).diagnostics)
    })
  })
}

describe('the linter', () => {
  it.each(seeds)('%s', (path, _source, rule, says) => {
    const here = findings
      .filter((finding) => finding.filename.endsWith(path))
      .map(({ code, message }) => (code ? `${code}: ${message}` : message))
    expect(
      here
        .filter((line) => line.startsWith(rule))
        .join('\n')
        .toLowerCase(),
      here.join('\n'),
    ).toContain(says.toLowerCase())
  })

  it('has nothing against a clean file', () => {
    expect(findings.filter((finding) => finding.filename.endsWith('server/http/app.ts'))).toEqual([])
  })
})
