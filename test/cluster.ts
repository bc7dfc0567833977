// `npm run cluster`: three nodes, one PostgreSQL, one Redis and HAProxy in front, until Ctrl-C.

import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createLog } from '../server/base/log.ts'
import { EmbeddedPostgres } from '../server/store/embedded-postgres.ts'
import { startClusterNodes } from './rigs/cluster-nodes.ts'
import { redisProgram, startRedis } from './rigs/private-redis.ts'

const size = 3
const dataDir = resolve(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../.data/cluster'))
/** Done in reverse at the end. */
const endings: (() => void | Promise<void>)[] = []

// From now on and for good: Ctrl-C comes twice, from the terminal and from npm, and must not end this before what it started.
const signalled = new Promise<NodeJS.Signals>((resolve) => {
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, resolve)
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function run(): Promise<void> {
  if (redisProgram === undefined) throw new Error('it needs redis-server or valkey-server, which is not on PATH')
  await mkdir(dataDir, { recursive: true })
  const postgres = new EmbeddedPostgres({ dataDir, log: createLog('warn') })
  await postgres.start()
  endings.push(() => postgres.stop())
  const redis = await startRedis()
  endings.push(() => redis.stop())
  const port = Number(process.env['PORT'] ?? 8080)
  const cluster = await startClusterNodes({ databaseUrl: postgres.url, redisUrl: redis.url, size, balancer: port })
  endings.push(() => cluster.stop())
  for (const [index, { url, pid }] of cluster.nodes.entries()) say(`node ${index + 1}     ${url} (pid ${pid})`)
  say(`PostgreSQL ${postgres.url}`)
  say(`Redis      ${redis.url} (pid ${redis.pid})`)
  say(
    cluster.balancer
      ? `The cluster is ready at ${cluster.balancer.url}`
      : 'The cluster is ready; without haproxy nobody stands in front of the nodes',
  )
  await signalled
}

try {
  await run()
} catch (error) {
  process.stderr.write(`The cluster cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  for (const end of endings.toReversed()) await end()
}
process.exit()
