// `npm run conflicts -- FILE.md [--gold FILE.gold.json] [--json]`: what clashes in a document, and how well that agrees with a list.

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { cleanText } from '../../../shared/spec/plain-text.ts'
import { parseSpec } from '../../../shared/spec/parse-spec.ts'
import { ConflictIndex } from '../conflict-index.ts'
import type { Finding } from '../finding.ts'
import type { ConflictItem } from '../subject.ts'
import { goldSchema, scoreFindings, scoresOf, type Scores } from './scores.ts'

const usage = `usage: npm run conflicts -- FILE.md [--gold FILE.gold.json] [--json]
       npm run conflicts -- --pairs FILE.jsonl [--json]`

/** Input that cannot be read; its message is for whoever typed the command. */
class InputError extends Error {}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parsed<Value>(path: string, text: string, schema: z.ZodType<Value>): Value {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new InputError(`${path} is not what is expected of it. ${usage}`)
  }
}

function itemsOf(markdown: string): { items: ConflictItem[]; refs: Map<string, string> } {
  const refs = new Map<string, string>()
  const items = parseSpec(cleanText(markdown)).items.map((item, at) => {
    // Padded, so that ids sort as the document runs.
    const id = String(at + 1).padStart(6, '0')
    refs.set(id, item.externalId ?? `SPEC-${at + 1}`)
    return { id, text: item.text, bodyFrom: item.bodyFrom, key: item.key, category: item.category, headings: item.headings }
  })
  return { items, refs }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const scoreLine = (scores: Scores): string =>
  `precision ${percent(scores.precision)}, recall ${percent(scores.recall)}, F1 ${scores.f1.toFixed(3)}`

function checkDocument(path: string, goldPath: string | undefined, asJson: boolean): string {
  const { items, refs } = itemsOf(readText(path))
  const gold = goldPath === undefined ? undefined : parsed(goldPath, readText(goldPath), goldSchema)
  const index = new ConflictIndex()
  index.check({ changed: items, removed: [] })
  const findings = index.all().toSorted((x, y) => (x.items.map((item) => item.id).join() < y.items.map((item) => item.id).join() ? -1 : 1))
  const refsOf = (finding: Finding): string[] => finding.items.map((item) => refs.get(item.id) ?? item.id)
  const scores =
    gold === undefined ? undefined : scoreFindings(findings.filter((finding) => finding.kind !== 'redundancy').map(refsOf), gold)
  if (asJson) {
    const shown = findings.map((finding) => ({
      kind: finding.kind,
      domain: finding.domain,
      severity: finding.severity,
      rule: finding.rule,
      items: refsOf(finding),
      why: finding.why,
    }))
    return JSON.stringify({ items: items.length, findings: shown, ...(scores ?? { precision: null, recall: null, f1: null }) })
  }
  const texts = new Map(items.map((item) => [item.id, item.text]))
  const lines = findings.flatMap((finding) => [
    `${finding.kind} (${finding.rule}, ${finding.severity}): ${finding.why}`,
    ...finding.items.map((item) => `  ${refs.get(item.id) ?? item.id}  ${(texts.get(item.id) ?? '').replaceAll('\n', ' ')}`),
  ])
  const conflicts = findings.filter((finding) => finding.kind !== 'redundancy').length
  const summary = `${basename(path)}: ${items.length} items, ${conflicts} conflicts, ${findings.length - conflicts} redundancies`
  return [...lines, summary, ...(scores === undefined ? [] : [scoreLine(scores)])].join('\n')
}

const pairSchema = z.object({ a: z.string(), b: z.string(), label: z.string() })

function isConflict(a: string, b: string): boolean {
  const index = new ConflictIndex('pair')
  const toItem = (id: string, text: string): ConflictItem => ({ id, text, bodyFrom: 0, key: '', category: 'requirements', headings: [] })
  index.check({ changed: [toItem('a', a), toItem('b', b)], removed: [] })
  return index.all().some((finding) => finding.kind !== 'redundancy')
}

function checkPairs(path: string, asJson: boolean): string {
  const lines = readText(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const pairs = lines.map((line) => parsed(path, line, pairSchema))
  const found = pairs.filter((pair) => isConflict(pair.a, pair.b))
  const scores = scoresOf(
    found.filter((pair) => pair.label === 'conflict').length,
    found.length,
    pairs.filter((pair) => pair.label === 'conflict').length,
  )
  return asJson
    ? JSON.stringify({ pairs: pairs.length, found: found.length, ...scores })
    : `${basename(path)}: ${pairs.length} pairs, ${found.length} found to conflict\n${scoreLine(scores)}`
}

function run(): string {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { gold: { type: 'string' }, pairs: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  if (values.pairs !== undefined) return checkPairs(values.pairs, values.json)
  const path = positionals[0]
  if (path === undefined) throw new InputError(usage)
  return checkDocument(path, values.gold, values.json)
}

try {
  process.stdout.write(`${run()}\n`)
} catch (error) {
  // Whatever is wrong with the input is told in a line; 2 is the exit code for a command that could not do its work.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
