// Makes what the Dockerfile makes without a Docker engine: its steps one after another, in folders that stand for the stages.

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import dockerIgnoreModule from '@balena/dockerignore'
import { parse, type CommandEntry } from 'docker-file-parser'

/** The last stage, ready to run. */
export interface Image {
  /** What lies in its working folder. */
  folder: string
  env: Record<string, string>
  command: string[]
  healthCommand: string[]
  remove(): Promise<void>
}

interface Stage {
  folder: string
  env: Record<string, string>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)
// Its types say that the function is under `default`; what Node imports from CommonJS is the function.
const dockerIgnore = dockerIgnoreModule as unknown as (typeof dockerIgnoreModule)['default']

/** Builds it; the context is what git holds, without what `.dockerignore` leaves out. Rejects with the output of a step that fails. */
export async function buildImage(): Promise<Image> {
  const home = await mkdtemp(join(tmpdir(), 'elenchus-image-'))
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  try {
    const context = join(home, 'context')
    await copyContext(context)
    const steps = parse(await readFile(join(root, 'Dockerfile'), 'utf8'), { includeComments: false })
    const stages = new Map<string, Stage>([['context', { folder: context, env: {} }]])
    let stage: Stage = { folder: home, env: {} }
    for (const step of steps) {
      if (step.name === 'FROM') stage = await openStage(step, home, stages)
      else await takeStep(step, stage, stages)
    }
    return { folder: stage.folder, env: stage.env, command: words(steps, 'CMD'), healthCommand: healthWords(steps), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function copyContext(context: string): Promise<void> {
  const ignore = dockerIgnore().add(await readFile(join(root, '.dockerignore'), 'utf8'))
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of stdout.split('\n').filter((name) => name !== '' && !ignore.ignores(name))) {
    await mkdir(dirname(join(context, file)), { recursive: true })
    await cp(join(root, file), join(context, file))
  }
}

async function openStage(step: CommandEntry, home: string, stages: Map<string, Stage>): Promise<Stage> {
  const name = / AS (\w+)$/i.exec(step.raw)?.[1] ?? 'last'
  const stage = { folder: join(home, name), env: {} }
  await mkdir(stage.folder)
  stages.set(name, stage)
  return stage
}

async function takeStep({ name, args, raw }: CommandEntry, stage: Stage, stages: Map<string, Stage>): Promise<void> {
  if (name === 'ENV') Object.assign(stage.env, args)
  if (name === 'RUN') await run('/bin/sh', ['-c', raw.slice('RUN '.length)], { cwd: stage.folder, maxBuffer: 16 * 1024 * 1024 })
  if (name !== 'COPY') return
  if (!Array.isArray(args)) throw new Error(`this step is not understood: ${raw}`)
  const from = args[0]?.startsWith('--from=') ? args.shift()?.slice('--from='.length) : 'context'
  const source = stages.get(from ?? '')
  const target = args.pop()
  if (!source || target === undefined) throw new Error(`this step is not understood: ${raw}`)
  for (const path of args) {
    // `/app` of a stage is its folder; a folder is copied by what lies in it, a file into a target that ends with a slash.
    const origin = path === '/app' ? source.folder : join(source.folder, path)
    const isInto = target.endsWith('/') && path !== '/app'
    await cp(origin, isInto ? join(stage.folder, target, path) : join(stage.folder, target), { recursive: true })
  }
}

function words(steps: CommandEntry[], name: string): string[] {
  const args = steps.findLast((step) => step.name === name)?.args
  if (!Array.isArray(args)) throw new Error(`the Dockerfile has no ${name} in brackets`)
  return args
}

function healthWords(steps: CommandEntry[]): string[] {
  const raw = steps.findLast((step) => step.name === 'HEALTHCHECK')?.raw ?? ''
  return JSON.parse(raw.slice(raw.indexOf('['))) as string[]
}
