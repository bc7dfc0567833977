// Three real nodes on one PostgreSQL and one Redis, all of the run's own.

import { randomBytes } from 'node:crypto'
import { freshDatabase } from './private-postgres.ts'
import { startRedis, type PrivateRedis } from './private-redis.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface Cluster {
  readonly nodes: readonly ServerProcess[]
  readonly redis: PrivateRedis
  readonly databaseUrl: string
  /** One of them, by its number from 0. */
  node(index: number): ServerProcess
  stop(): Promise<void>
}

export interface ClusterOptions {
  size?: number
  env?: Record<string, string>
}

/** Starts it; `stop` leaves nothing behind. */
export async function startCluster({ size = 3, env = {} }: ClusterOptions = {}): Promise<Cluster> {
  const [database, redis] = await Promise.all([freshDatabase(), startRedis()])
  const shared = { DATABASE_URL: database.url, REDIS_URL: redis.url, AUTH_SECRET: randomBytes(32).toString('hex'), ...env }
  const nodes = await Promise.all(Array.from({ length: size }, () => startServer({ env: shared })))
  return {
    nodes,
    redis,
    databaseUrl: database.url,
    node(index) {
      const node = nodes[index]
      if (!node) throw new RangeError(`the cluster has no node ${index}`)
      return node
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()))
      await redis.stop()
      await database.drop()
    },
  }
}
