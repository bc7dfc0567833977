// What the tools of whoever runs a server are: settings, one argument, a database, and a sentence at the end.

import { access } from 'node:fs/promises'
import { readEnvironment, type Config } from '../base/config.ts'
import { createLog, type Log } from '../base/log.ts'
import { EmbeddedPostgres } from '../store/embedded-postgres.ts'
import { findRunningPostgres } from '../store/running-postgres.ts'

export interface ToolContext {
  /** The one argument: a file, an email. */
  argument: string
  config: Config
  log: Log
}

/** Runs a tool that takes one argument; prints what it gives, or one sentence why not, and gives the exit code. */
export async function runTool(usage: string, work: (context: ToolContext) => Promise<string>): Promise<number> {
  const [argument] = process.argv.slice(2)
  if (argument === undefined || argument.startsWith('-')) return say(2, usage)
  const read = readEnvironment()
  if ('problems' in read) return say(2, `These settings are wrong:\n${read.problems.join('\n')}`)
  try {
    process.stdout.write(`${await work({ argument, config: read.config, log: createLog('error') })}\n`)
    return 0
  } catch (error) {
    return say(1, error instanceof Error ? error.message : String(error))
  }
}

function say(code: number, sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return code
}

/** Gives `work` the database of a running server, or starts the embedded one for as long as it takes. */
export async function withExistingDatabase<T>({ config, log }: ToolContext, work: (url: string) => Promise<T>): Promise<T> {
  if (config.DATABASE_URL !== undefined) return work(config.DATABASE_URL)
  const dataDir = config.DATA_DIR
  await access(dataDir).catch(() => {
    throw new Error(`there is no database in ${dataDir}: set DATA_DIR or DATABASE_URL as the server has them`)
  })
  const running = await findRunningPostgres({ dataDir, log })
  return running === undefined ? withEmbedded({ config, log }, work) : work(running)
}

/** Gives `work` the database of a server that does not run; throws when one does. */
export async function withStoppedDatabase<T>({ config, log }: ToolContext, work: (url: string) => Promise<T>): Promise<T> {
  return config.DATABASE_URL === undefined ? withEmbedded({ config, log }, work) : work(config.DATABASE_URL)
}

async function withEmbedded<T>({ config, log }: Pick<ToolContext, 'config' | 'log'>, work: (url: string) => Promise<T>): Promise<T> {
  const embedded = new EmbeddedPostgres({ dataDir: config.DATA_DIR, log })
  await embedded.start()
  try {
    return await work(embedded.url)
  } finally {
    await embedded.stop()
  }
}
