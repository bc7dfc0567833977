// docs/limits.md against the settings, the error table and SPEC.md.

import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { listSettings } from '../server/base/config.ts'
import { isErrorCode } from '../shared/errors.ts'

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')

const row = /^\| (?<what>[^|]+) \| `(?<setting>[A-Z_]+)` \| (?<amount>[^|]+) \| (?<outcome>[^|]+) \| (?<rule>[A-Z]+\d+) \|$/gm
/** Settings that bound something, by their names. */
const bounding = /_MAX$|_BYTES$|_PER_|_BURST$/

const units: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 * 1024 }

function amountOf(text: string): string {
  const [number = '', unit = ''] = text.split(' ')
  return String(Number(number) * (units[unit] ?? 1))
}

it('[LIM6] the page of limits has every one, with its default, its code and its rule', async () => {
  const rows = [...(await read('docs/limits.md')).matchAll(row)].map(({ groups = {} }) => groups)
  const spec = await read('SPEC.md')
  const defaults = new Map(listSettings().map(({ name, fallback }) => [name, fallback]))
  expect(new Set(rows.map(({ setting }) => setting))).toEqual(new Set([...defaults.keys()].filter((name) => bounding.test(name))))
  for (const { setting = '', amount = '', outcome = '', rule } of rows) {
    expect(amountOf(amount), setting).toBe(defaults.get(setting))
    expect(spec, setting).toContain(`- **${rule}** `)
    for (const [, code] of outcome.matchAll(/`(\w+)`/g)) expect(isErrorCode(code), code).toBe(true)
  }
})
