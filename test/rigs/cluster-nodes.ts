// Real server processes on one PostgreSQL and one Redis, behind HAProxy where there is one.

import { randomBytes } from 'node:crypto'
import { findFreePort } from '../../server/store/postgres-cluster.ts'
import { balancerProgram, startBalancer, type Balancer } from './balancer.ts'
import { startFaultyLine, type FaultyLine } from './faulty-line.ts'
import { startRedisLine, type RedisLine } from './redis-line.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface ClusterNodesOptions {
  databaseUrl: string
  redisUrl: string
  size: number
  env?: Record<string, string>
  /** HAProxy in front; a number is its port. Without the program there is none. */
  balancer?: boolean | number
  /** Lets each node reach PostgreSQL and Redis by a line that can be spoiled. */
  hasLines?: boolean
}

/** The lines of one node. */
export interface NodeLines {
  readonly database: FaultyLine
  readonly redis: RedisLine
}

export interface ClusterNodes {
  readonly nodes: readonly ServerProcess[]
  readonly balancer: Balancer | undefined
  /** One of them, by its number from 0. */
  node(index: number): ServerProcess
  /** Its lines; throws where the cluster was started without. */
  linesOf(index: number): NodeLines
  stop(): Promise<void>
}

/** Starts them all at once. */
export async function startClusterNodes(options: ClusterNodesOptions): Promise<ClusterNodes> {
  const { databaseUrl, redisUrl, size, env = {}, balancer: wanted = false, hasLines = false } = options
  const port = wanted === false || balancerProgram === undefined ? undefined : wanted === true ? await findFreePort() : wanted
  const lines = hasLines ? await Promise.all(Array.from({ length: size }, () => linesTo(databaseUrl, redisUrl))) : []
  const shared = {
    AUTH_SECRET: randomBytes(32).toString('hex'),
    ...(port === undefined ? {} : { PUBLIC_URL: `http://127.0.0.1:${port}`, TRUST_PROXY: 'true' }),
    ...env,
  }
  const nodes: ServerProcess[] = []
  let balancer: Balancer | undefined
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()))
    await balancer?.stop()
    await Promise.all(lines.flatMap(({ database, redis }) => [database.close(), redis.close()]))
  }
  try {
    const started = await Promise.allSettled(
      Array.from({ length: size }, (_, index) => {
        const { database, redis } = lines[index] ?? {}
        const addresses = { DATABASE_URL: database?.through(databaseUrl) ?? databaseUrl, REDIS_URL: redis?.through(redisUrl) ?? redisUrl }
        return startServer({ env: { ...shared, ...addresses } })
      }),
    )
    for (const outcome of started) if (outcome.status === 'fulfilled') nodes.push(outcome.value)
    for (const outcome of started) if (outcome.status === 'rejected') throw outcome.reason
    if (port !== undefined) balancer = await startBalancer({ port, nodePorts: nodes.map((node) => node.port) })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    nodes,
    balancer,
    node: (index) => itemAt(nodes, index),
    linesOf: (index) => itemAt(lines, index),
    stop,
  }
}

async function linesTo(databaseUrl: string, redisUrl: string): Promise<NodeLines> {
  const portOf = (url: string): number => Number(new URL(url).port)
  const [database, redis] = await Promise.all([startFaultyLine(portOf(databaseUrl)), startRedisLine(portOf(redisUrl))])
  return { database, redis }
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`the cluster has no number ${index}`)
  return item
}
