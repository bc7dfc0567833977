// The command as a person runs it.

import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const fixtures = join(root, 'test/fixtures/conflicts')
const given = join(root, '../shared/data/conflicts')

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'server/conflicts/command/conflicts.ts'), ...args],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      },
    )
  })
}

const outputSchema = z.strictObject({
  items: z.number(),
  findings: z.array(
    z.strictObject({
      kind: z.string(),
      domain: z.string(),
      severity: z.string(),
      rule: z.string(),
      items: z.array(z.string()),
      why: z.string(),
    }),
  ),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
})

const scoresOf = async (folder: string, name: string): Promise<z.infer<typeof outputSchema>> => {
  const { code, stdout } = await run(join(folder, `${name}.md`), '--gold', join(folder, `${name}.gold.json`), '--json')
  expect(code).toBe(0)
  return outputSchema.parse(JSON.parse(stdout))
}

// A process each: on a busy machine that takes its time.
const timeout = 120_000

describe('npm run conflicts', { timeout }, () => {
  it.each(['hospital', 'drones', 'school-payments', 'smart-home'])('[CON17] finds what clashes in %s and little else', async (name) => {
    const { f1, precision } = await scoresOf(fixtures, name)
    expect(f1).toBeGreaterThan(0.8)
    expect(precision).toBeGreaterThan(0.9)
  })

  it('[CON12] [CON17] scores groups of three against groups of three', async () => {
    const { f1, findings } = await scoresOf(fixtures, 'chains')
    expect(f1).toBeGreaterThan(0.7)
    expect(findings.every((finding) => finding.items.length === 3)).toBe(true)
  })

  it('[CON17] says in a line what is wrong with its input', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'conflicts-'))
    await writeFile(join(folder, 'bad.json'), '{')
    for (const args of [[join(folder, 'none.md')], [], [join(fixtures, 'chains.md'), '--gold', join(folder, 'bad.json')], ['--nonsense']]) {
      const { code, stdout, stderr } = await run(...args)
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).not.toContain('    at ')
      expect(stderr.length).toBeGreaterThan(5)
    }
  })

  it('[CON17] an empty document has nothing in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'conflicts-'))
    await writeFile(join(folder, 'empty.md'), '')
    const { code, stdout } = await run(join(folder, 'empty.md'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ items: 0, findings: [], precision: null, recall: null, f1: null })
  })

  // Public sets that are not part of the repository.
  if (existsSync(given)) {
    it('[CON17] reaches its figures on the given sets', async () => {
      const [broker, library, three] = await Promise.all(
        ['broker-all', 'library-gold', 'broker-multiway'].map((name) => scoresOf(given, name)),
      )
      expect(((broker?.f1 ?? 0) + (library?.f1 ?? 0)) / 2).toBeGreaterThan(0.85)
      expect(three?.recall).toBeGreaterThanOrEqual(0.75)
    })
  }
})
