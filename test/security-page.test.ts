// docs/security.md against SPEC.md: every rule that it names is there.

import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')

it('the threat notes name only rules that there are, and one for every threat', async () => {
  const [page, spec] = await Promise.all([read('docs/security.md'), read('SPEC.md')])
  const rows = [...page.matchAll(/^\| (?!threat|---)(.+) \|$/gm)].map(([, cells = '']) => cells.split(' | '))
  expect(rows.length).toBeGreaterThan(25)
  for (const [threat, , rules = ''] of rows) {
    const named = rules.split(', ')
    expect(named.length, threat).toBeGreaterThan(0)
    for (const rule of named) expect(spec, `${threat}: ${rule}`).toContain(`- **${rule}** `)
  }
})
