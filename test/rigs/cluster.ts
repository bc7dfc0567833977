// The cluster of a test: real nodes on one PostgreSQL database and one Redis of its own.

import { startClusterNodes, type ClusterNodes, type ClusterNodesOptions } from './cluster-nodes.ts'
import { freshDatabase } from './private-postgres.ts'
import { startRedis, type PrivateRedis } from './private-redis.ts'

export interface Cluster extends ClusterNodes {
  readonly redis: PrivateRedis
  readonly databaseUrl: string
}

export type ClusterOptions = Partial<Omit<ClusterNodesOptions, 'databaseUrl' | 'redisUrl'>>

/** Starts it; `stop` leaves nothing behind. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const [database, redis] = await Promise.all([freshDatabase(), startRedis()])
  const nodes = await startClusterNodes({ size: 3, ...options, databaseUrl: database.url, redisUrl: redis.url })
  return {
    ...nodes,
    redis,
    databaseUrl: database.url,
    async stop() {
      await nodes.stop()
      await redis.stop()
      await database.drop()
    },
  }
}
