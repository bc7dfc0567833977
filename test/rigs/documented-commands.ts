// The shell commands of a page of documentation, and what it says they print; run for real, in their order.

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** One block of commands, and the block behind it that shows what they print. */
export interface DocumentedStep {
  commands: string
  shown: { kind: 'json' | 'text'; text: string } | undefined
}

const fence = /^```(\w+)\n([\s\S]*?)^```$/gm

/** The `sh` blocks of a page, each with the `json` or `text` block that stands right behind it. */
export async function readDocumentedSteps(path: string): Promise<DocumentedStep[]> {
  const steps: DocumentedStep[] = []
  for (const [, kind, text = ''] of (await readFile(path, 'utf8')).matchAll(fence)) {
    const last = steps.at(-1)
    if (kind === 'sh') steps.push({ commands: text, shown: undefined })
    else if (last && last.shown === undefined && (kind === 'json' || kind === 'text')) last.shown = { kind, text }
  }
  return steps
}

const boundary = '\u001e'

/** Runs all steps in one bash, in a folder of their own; gives what each printed. Rejects when a command fails. */
export async function runDocumentedSteps(steps: readonly DocumentedStep[], env: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'elenchus-commands-'))
  const script = ['set -euo pipefail', ...steps.flatMap(({ commands }) => [commands, `printf '${boundary}'`])].join('\n')
  try {
    const printed = await runBash(script, folder, env)
    return printed.split(boundary).slice(0, -1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runBash(script: string, cwd: string, env: Record<string, string>): Promise<string> {
  // The Node that runs the tests comes first, as it does for `npm run`.
  const path = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`
  return new Promise((resolve, reject) => {
    const child = execFile('bash', ['-s'], { cwd, env: { PATH: path, HOME: cwd, ...env } }, (error, out, err) => {
      if (error) reject(new Error(`a documented command failed (${error.message}):\n${err}\nprinted so far:\n${out}`))
      else resolve(out)
    })
    child.stdin?.end(script)
  })
}

/** What is printed otherwise than shown, in a sentence: text is compared as it is, JSON by what is shown of it; undefined when nothing is. */
export function differenceFrom({ kind, text }: NonNullable<DocumentedStep['shown']>, printed: string): string | undefined {
  if (kind === 'json') return differenceInJson(JSON.parse(text), JSON.parse(printed))
  return text.trim() === printed.trim() ? undefined : `printed ${printed}, shown as ${text}`
}

/** Whether `actual` has everything that `shown` has: the same keys and kinds, in the first element of lists; `…` stands for anything. */
function differenceInJson(shown: unknown, actual: unknown, path = '$'): string | undefined {
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return `${path} is no list`
    return shown.length === 0 ? undefined : differenceInJson(shown[0], actual[0], `${path}[0]`)
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof actual !== 'object' || actual === null) return `${path} is no object`
    for (const [key, value] of Object.entries(shown)) {
      const found = differenceInJson(value, (actual as Record<string, unknown>)[key], `${path}.${key}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  const isPlaceholder = typeof shown === 'string' && shown.endsWith('…')
  if (isPlaceholder ? typeof actual === 'string' : actual === shown) return undefined
  return `${path} is ${JSON.stringify(actual)}, shown as ${JSON.stringify(shown)}`
}
