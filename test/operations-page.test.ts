// docs/operations.md against what it describes: metrics, alerts, close codes and commands.

import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createMetrics } from '../server/base/metrics.ts'
import { closeCodes } from '../shared/wire/protocol.ts'

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')
const page = await read('docs/operations.md')

/** First cells of the tables' rows that are code. */
const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name)
const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted()
const ours = /^(?:elenchus|http|database|llm)_/

it('[OPS6] the page of operations has every metric, and none that there is not', () => {
  const { registry } = createMetrics()
  const counted = registry.getMetricsAsArray().map(({ name }) => name)
  expect(sorted(rows.filter((name) => ours.test(name)))).toEqual(sorted(counted.filter((name) => ours.test(name))))
})

it('[OPS6] the page of operations says for every alert what it means and what to do', async () => {
  const alerts = [...(await read('deploy/prometheus/alerts.yml')).matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name)
  expect(alerts.length).toBeGreaterThan(5)
  expect(sorted(rows.filter((name) => /^Elenchus[A-Z]/.test(name)))).toEqual(sorted(alerts))
})

it('[OPS6] the page of operations has every close code under its name', () => {
  const named = [...page.matchAll(/^\| `(\d{4})` \| `(\w+)` \|/gm)].map(([, code, name = '']) => [name, Number(code)] as const)
  expect(Object.fromEntries(named)).toEqual(closeCodes)
})

it('[OPS6] the page of operations names only commands that there are', async () => {
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
  const named = [...page.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
